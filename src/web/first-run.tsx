// The first page, for the owner at this machine: which fields to follow; then how far their first harvest is.
import { type Context, Hono } from "hono";
import { isHarvestOn, saveHarvestChoice } from "../harvest/harvest-choice-store.ts";
import { listSourceStates } from "../harvest/harvest-states.ts";
import { links } from "../links.ts";
import { countPapers } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";
import { answerProblem } from "./error-page.tsx";
import { FirstRunProgress } from "./first-run-progress.tsx";
import { guardForm, readForm } from "./form-body.ts";
import { Field, PostForm, SubmitButton } from "./forms.tsx";
import { answerPage, Page, PageHeading } from "./layout.tsx";
import { keepPrivate } from "./private-page.ts";
import { isOwner } from "./visitor.ts";

const mostCategories = 40;
/** "cond-mat.mes-hall" and some room. */
const longestCategory = 40;

/** Only for the owner; anybody else is told so. */
export function firstRunRoutes(deps: PageDeps): Hono {
  const routes = new Hono();
  const path = links.start();
  const refuse = (c: Context) => answerProblem(c, deps.site, ownersOnly, 403);
  routes.get(path, async (c) => {
    keepPrivate(c);
    if (!isOwner(c, deps.config)) return refuse(c);
    if (await isHarvestOn(deps.db, deps.config.harvest.enabled)) return answerProgress(c, deps);
    return answerPage(c, <QuestionsPage deps={deps} fields={deps.config.categories.join(" ")} />);
  });
  routes.post(path, guardForm(deps), async (c) => {
    if (!isOwner(c, deps.config)) return refuse(c);
    const fields = (await readForm(c))?.get("fields") ?? "";
    const read = deps.config.harvest.categoriesGiven ? deps.config.categories : readFields(fields);
    if ("problem" in read)
      return answerPage(c, <QuestionsPage deps={deps} fields={fields} problem={read.problem} />, 400);
    await follow(deps, read);
    return c.redirect(path, 303);
  });
  return routes;
}

const ownersOnly = {
  title: "This page is for the owner of this Broadsheet.",
  remedy: "It answers only on the machine it runs on, while it is served to no other.",
};

/** "cs.CL, hep-th" → categories, or what is wrong with them. */
export function readFields(text: string): string[] | { problem: string } {
  const fields = [...new Set(text.split(/[\s,;+]+/).filter(Boolean))];
  const odd = fields.find(
    (field) =>
      field.length > longestCategory || !/^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?$/.test(field),
  );
  if (odd !== undefined)
    return { problem: `“${odd.slice(0, 40)}” is no category; one is written like cs.CL or hep-th.` };
  if (fields.length === 0) return { problem: "Name one at least, such as cs.CL." };
  if (fields.length > mostCategories) return { problem: `These are more than ${mostCategories}.` };
  return fields;
}

/** The running program follows them from now on: everything that reads the settings shares this list. */
async function follow({ db, config }: PageDeps, categories: readonly string[]): Promise<void> {
  const chosen = [...categories];
  await saveHarvestChoice(db, { enabled: true, categories: chosen });
  config.categories.splice(0, Infinity, ...chosen);
}

async function answerProgress(c: Context, deps: PageDeps) {
  const { db, clock, config } = deps;
  const settings = { categories: config.categories, ...config.harvest };
  const states = await listSourceStates({ db, clock, settings });
  const papers = await countPapers(db);
  return answerPage(c, <FirstRunProgress site={deps.site} states={states} papers={papers} />);
}

function QuestionsPage({ deps, fields, problem }: { deps: PageDeps; fields: string; problem?: string }) {
  const { site, config } = deps;
  return (
    <Page site={site} title="What do you follow?" unlisted>
      <PageHeading
        title="What do you follow?"
        note="one question, and Broadsheet fetches the last seven days"
      />
      <PostForm action={links.start()}>
        {config.harvest.categoriesGiven ? (
          <p>The settings say: {config.categories.join(", ")}.</p>
        ) : (
          <Field
            name="fields"
            label="arXiv categories"
            value={fields}
            required
            maxlength={600}
            hint={
              <>
                Separated by commas or blanks. All of them are listed at{" "}
                <a href="https://arxiv.org/category_taxonomy">arxiv.org</a>.
              </>
            }
            {...(problem ? { error: problem } : {})}
          />
        )}
        <SubmitButton>Follow these</SubmitButton>
      </PostForm>
      <div class="prose">
        <p>
          From then on this program asks {config.harvest.sources.join(" and ")} by itself, politely, for as
          long as it runs. <code>BROADSHEET_HARVEST=off</code> ends that. Until you choose, it asks nobody.
        </p>
      </div>
    </Page>
  );
}
