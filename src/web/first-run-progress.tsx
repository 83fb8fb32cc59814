// How far the first harvest is: what has come, what is at hand, what could not be asked. The page looks again by itself.
import type { HarvestChoice } from "../harvest/harvest-choice-store.ts";
import type { SourceState } from "../harvest/harvest-states.ts";
import { links } from "../links.ts";
import { findCategoryName } from "../papers/category-names.ts";
import { Page, PageHeading } from "./layout.tsx";
import type { Site } from "./site.ts";
import { count, formatNumber } from "./words.ts";

export interface FirstRunProgressProps {
  site: Site;
  states: readonly SourceState[];
  papers: number;
  choice: HarvestChoice;
  /** That are followed. */
  categories: readonly string[];
  sampleHeld: boolean;
}

const secondsBetweenLooks = 5;

/** Every part was asked once, with or without luck. */
function isAsked({ state }: SourceState): boolean {
  return state !== "new" && state !== "asking";
}

export function FirstRunProgress(props: FirstRunProgressProps) {
  const { site, states } = props;
  const isOver = states.every(isAsked);
  // With the script the page changes in place instead, and nobody who listens to it is thrown back to its top.
  const head = isOver ? null : (
    <noscript>
      <meta http-equiv="refresh" content={String(secondsBetweenLooks)} />
    </noscript>
  );
  return (
    <Page site={site} title="The first harvest" unlisted head={head}>
      <div id="progress" data-look-again={isOver ? undefined : String(secondsBetweenLooks)}>
        <Account {...props} isOver={isOver} />
        <PartsTable {...props} />
        <Saved {...props} />
      </div>
    </Page>
  );
}

function Account({ states, papers, sampleHeld, isOver }: FirstRunProgressProps & { isOver: boolean }) {
  const asked = states.filter(isAsked).length;
  const came = states.some(({ succeededAt }) => succeededAt !== null);
  const trouble = states.find(({ state }) => state === "failing" || state === "resting");
  return (
    <>
      <div data-live>
        <PageHeading
          title={titleOf({ isOver, came, isWhole: trouble === undefined })}
          note={`${count(papers, "paper")} here`}
        />
      </div>
      <p class="how-far">
        <progress value={asked} max={states.length} aria-label="Parts asked for" data-live />{" "}
        <span role="status" data-live>
          {formatNumber(asked)} of {count(states.length, "part")}
        </span>
      </p>
      <div class="prose" data-live>
        {trouble && !came ? (
          <p>
            No archive could be asked yet ({withoutStop(trouble.why)}), so Broadsheet goes on with the{" "}
            {count(papers, "paper")} it has and tries again by itself.
          </p>
        ) : null}
        {trouble && came && isOver ? (
          <p>
            Not all has come yet ({withoutStop(trouble.why)}). What is missing is asked for again by itself.
          </p>
        ) : null}
        <p>
          {isOver ? null : "The archives ask for a pause between requests, so this takes some minutes. "}
          <a href={links.front()}>Read the latest edition</a>
          {isOver ? "" : ", which grows meanwhile"}, or see in <a href={links.status()}>the ledger</a> what
          was announced and what has come.
        </p>
        {isOver && came && sampleHeld ? (
          <p>
            The built-in sample is still among them; <code>./broadsheet import --remove-sample</code> takes it
            out.
          </p>
        ) : null}
      </div>
    </>
  );
}

function titleOf({ isOver, came, isWhole }: { isOver: boolean; came: boolean; isWhole: boolean }): string {
  if (!isOver) return "Fetching the last seven days";
  if (!came) return "Going on without the archives";
  return isWhole ? "The last seven days are here" : "The first harvest is done";
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

/** The parts of a category, by the first word of their streams' names. */
const routes = [
  { name: "arxiv-listing", title: "Listing" },
  { name: "arxiv-rss", title: "Feed" },
  { name: "arxiv-oai", title: "Seven days" },
] as const;

function PartsTable({ states, categories }: FirstRunProgressProps) {
  const byName = new Map(states.map((state) => [state.stream, state]));
  const rows = categories.filter((category) => byName.has(`${routes[0].name} ${category}`));
  const inTable = new Set(rows.flatMap((category) => routes.map(({ name }) => `${name} ${category}`)));
  return (
    <table class="facts parts" data-live>
      <caption>What is asked for</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {routes.map(({ title }) => (
            <th scope="col">{title}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((category) => (
          <tr>
            <th scope="row">{findCategoryName(category) ?? category}</th>
            {routes.map(({ name }) => (
              <StateCell state={byName.get(`${name} ${category}`)} />
            ))}
          </tr>
        ))}
        {states
          .filter(({ stream }) => !inTable.has(stream))
          .map((state) => (
            <tr>
              <th scope="row">{partNames[state.stream] ?? state.stream}</th>
              <StateCell state={state} span={routes.length} />
            </tr>
          ))}
      </tbody>
    </table>
  );
}

const partNames: Record<string, string> = {
  "hub daily": "Hugging Face’s daily papers",
  "arxiv-census": "All of arXiv’s new identifiers",
};

const stateWords: Record<SourceState["state"], string> = {
  ok: "here",
  asking: "asking",
  new: "waiting",
  failing: "later",
  resting: "later",
};

/** Why something comes later is said in full where there is room, by the cell's second line. */
function StateCell({ state, span }: { state: SourceState | undefined; span?: number }) {
  if (!state) return <td>not asked</td>;
  if (state.state === "ok" && state.succeededAt === null) return <td colspan={span}>not yet</td>;
  const isLater = state.state === "failing" || state.state === "resting";
  return (
    <td colspan={span}>
      {isLater ? (
        <details>
          <summary>{stateWords[state.state]}</summary>
          {state.why}
        </details>
      ) : (
        stateWords[state.state]
      )}
    </td>
  );
}

/** What was answered, and the way to answer anew. */
function Saved({ choice: { author, zone } }: FirstRunProgressProps) {
  return (
    <div class="prose">
      <p>
        {author !== null ? (
          <>
            Saved: you are <AuthorLink name={author} />.{" "}
          </>
        ) : null}
        {zone !== null ? `Your clock is ${zone.replaceAll("_", " ")}. ` : null}
        <a href={links.startAgain()}>Change what you follow</a>
      </p>
    </div>
  );
}

/** An author id at arXiv leads to arXiv's page of them, a name to ours. */
function AuthorLink({ name }: { name: string }) {
  const isId = /^[a-z-]+(?:_[a-z0-9-]+)+$/i.test(name);
  return <a href={isId ? `https://arxiv.org/a/${encodeURIComponent(name)}` : links.author(name)}>{name}</a>;
}
