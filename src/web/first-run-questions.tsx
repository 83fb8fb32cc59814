// The three questions of the first page: fields to follow, the owner's name, their clock.
import { links } from "../links.ts";
import { type Category, categoryGroups, findCategoryName } from "../papers/category-names.ts";
import type { PageDeps } from "./deps.ts";
import { Field, PostForm, SelectField, SubmitButton } from "./forms.tsx";
import { Page, PageHeading } from "./layout.tsx";
import { zoneOptions } from "./zone-options.ts";

export interface FirstAnswers {
  fields: readonly string[];
  /** Empty: not told. */
  author: string;
  zone: string;
  /** True: nobody chose the zone yet; the browser may know better. */
  zoneGuessed: boolean;
}

export interface FirstProblems {
  fields?: string;
  author?: string;
  zone?: string;
}

interface QuestionsProps {
  deps: PageDeps;
  answers: FirstAnswers;
  problems: FirstProblems;
}

export function QuestionsPage({ deps, answers, problems }: QuestionsProps) {
  const { site, config } = deps;
  return (
    <Page site={site} title="What do you follow?" unlisted>
      <PageHeading
        title="What do you follow?"
        note="Choose fields; Broadsheet fetches their last seven days, then every new one."
      />
      <PostForm action={links.start()}>
        {config.harvest.categoriesGiven ? (
          <p>The setting BROADSHEET_CATEGORIES says: {config.categories.join(", ")}.</p>
        ) : (
          <FieldsChoice chosen={answers.fields} error={problems.fields} />
        )}
        <Field
          name="author"
          label="Your name, if you like"
          value={answers.author}
          autocomplete="name"
          maxlength={200}
          hint="As it stands on your papers, or your author id at arXiv. It is kept here, as the first author you follow, and goes nowhere."
          {...(problems.author ? { error: problems.author } : {})}
        />
        <ZoneChoice answers={answers} error={problems.zone} />
        <SubmitButton>Fetch the last seven days</SubmitButton>
      </PostForm>
      <div class="prose">
        <p>
          From then on this program asks {archiveNames(config.harvest.sources)} by itself, with the pauses
          they want, for as long as it runs; <code>BROADSHEET_HARVEST=off</code> ends that. Until you choose,
          it asks nobody. Or bring files of your own: <code>./broadsheet import FILE…</code>
        </p>
      </div>
    </Page>
  );
}

const archives: Record<string, string> = {
  arxiv: "arXiv",
  hub: "Hugging Face’s daily papers",
  biorxiv: "bioRxiv",
  medrxiv: "medRxiv",
  acl: "the ACL Anthology",
  feeds: "your feeds",
};

function archiveNames(sources: readonly string[]): string {
  const names = sources.map((source) => archives[source] ?? source);
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}

/** Ticks by group; the groups with a tick are open. Categories of the settings that have no name here come last. */
function FieldsChoice({ chosen, error }: { chosen: readonly string[]; error?: string | undefined }) {
  const others = chosen.filter((id) => findCategoryName(id) === null).map((id) => ({ id, name: id }));
  const groups =
    others.length > 0 ? [...categoryGroups, { name: "Others", categories: others }] : categoryGroups;
  return (
    <fieldset class="fields" id="fields" aria-describedby={error ? "fields-error" : undefined}>
      <legend>Fields</legend>
      {error ? (
        <p class="error" id="fields-error">
          <strong>Not taken:</strong> {error}
        </p>
      ) : null}
      {groups.map(({ name, categories }) => (
        <FieldsGroup name={name} categories={categories} chosen={chosen} />
      ))}
    </fieldset>
  );
}

interface FieldsGroupProps {
  name: string;
  categories: readonly Category[];
  chosen: readonly string[];
}

function FieldsGroup({ name, categories, chosen }: FieldsGroupProps) {
  const ticked = categories.filter(({ id }) => chosen.includes(id)).length;
  return (
    <details open={ticked > 0}>
      <summary>
        {name} <small>{ticked > 0 ? `${ticked} of ${categories.length}` : categories.length}</small>
      </summary>
      <ul class="ticks">
        {categories.map((category) => (
          <li>
            <label>
              <input
                type="checkbox"
                name="field"
                value={category.id}
                checked={chosen.includes(category.id)}
              />
              <span>
                {category.name} <small>{category.id}</small>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Without the script the list stands open, on this machine's own zone; the script takes the browser's and folds it away. */
function ZoneChoice({ answers, error }: { answers: FirstAnswers; error?: string | undefined }) {
  const { zone, zoneGuessed } = answers;
  return (
    <details class="zone" open data-guess={zoneGuessed ? "yes" : undefined}>
      <summary>
        Your clock: <span data-zone>{zone.replaceAll("_", " ")}</span>
      </summary>
      <SelectField
        name="zone"
        label="Time zone"
        value={zone}
        options={zoneOptions(zone)}
        hint="The daily letter keeps to it."
        {...(error ? { error } : {})}
      />
    </details>
  );
}
