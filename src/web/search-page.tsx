// Search: the form, what was found, ways to narrow it, help with the query.
import type { Context } from "hono";
import type { Edition, EmptyEdition } from "../editions/edition.ts";
import { savedPks } from "../library/library.ts";
import { links } from "../links.ts";
import type { PaperFileFormat } from "../papers/file-formats.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { asksForLibrary } from "../search/query.ts";
import type { SearchAnswer } from "../search/search.ts";
import type { AlsoAs } from "./also-as.tsx";
import type { PageDeps } from "./deps.ts";
import { FollowHere } from "./follow-here.tsx";
import { HubElement } from "./hub-element.tsx";
import { findPageKeeper } from "./keeper.ts";
import { answerPapers } from "./keeper-view.tsx";
import { answerPage, Page } from "./layout.tsx";
import { answerPapersFile, readFormat, streamPapersFile } from "./papers-file.ts";
import { SearchHelp } from "./search-help.tsx";
import { Narrow } from "./search-narrow.tsx";
import { type PageSearch, readPageSearch, searchAddress } from "./search-request.ts";
import { type FoundPaper, hitsPerPage, Results } from "./search-results.tsx";
import type { Site } from "./site.ts";
import { count } from "./words.ts";

export function searchRoute(deps: PageDeps) {
  const { db, search: engine, site } = deps;
  return async (c: Context) => {
    const search = readPageSearch((name) => c.req.query(name));
    const { documents } = engine.status();
    // Whoever opens this page will type: the tables of suggestions are made by then.
    engine.suggest("", 1);
    const format = readFormat(c);
    if (search.query === "")
      return answerPage(c, <SearchPage {...{ site, search, documents }} latest={await findLatest(deps)} />);
    const { from: _, explained: explain, ...request } = search;
    const limit = format ? hitsInFile : hitsPerPage;
    const mine = await findMine(c, db, search.query);
    if (format && mine.mine) return answerLibraryFile(c, deps, { format, search, mine: mine.mine });
    const answer = engine.search(
      await engine.prepare({ ...request, ...mine, limit, facets: !format, explain: explain && !format }),
    );
    const named = format ? undefined : answer.direct?.id;
    if (named !== undefined) return c.redirect(links.paper(named));
    const found = await findPapersOf(db, answer);
    if (format)
      return answerPapersFile(
        c,
        { db },
        { format, name: search.query, papers: found.map(({ paper }) => paper) },
      );
    const page = <SearchPage {...{ site, search, documents }} result={{ answer, found }} />;
    return answerPapers(c, deps, { papers: found.map(({ paper }) => paper), page });
  };
}

/** All of the reader's own that the query finds, the whole library in the order of the search. */
async function answerLibraryFile(
  c: Context,
  { db, search: engine }: PageDeps,
  { format, search, mine }: { format: PaperFileFormat; search: PageSearch; mine: Set<number> },
) {
  const { from: _, cursor: __, ...request } = search;
  const asked = { ...request, mine, limit: mine.size, idsOnly: true };
  const { hits } = engine.search(await engine.prepare(asked));
  const found = hits.map(({ key }) => key);
  // A search has an end, a library none.
  const pks = search.query.trim().toLowerCase() === "in:library" ? [...new Set([...found, ...mine])] : found;
  c.header("Cache-Control", "private, no-cache");
  return streamPapersFile(c, { db }, { format, name: search.query, pks });
}

/** The reader's own papers, where the query asks for them. */
async function findMine(c: Context, db: PageDeps["db"], query: string): Promise<{ mine?: Set<number> }> {
  const keeper = asksForLibrary(query) ? findPageKeeper(c) : null;
  return keeper === null ? {} : { mine: await savedPks(db, keeper) };
}

/** The form's address is that of the hub's latest papers: its scrapers find ours there. */
async function findLatest({ editions, clock, config }: PageDeps): Promise<Edition | EmptyEdition | null> {
  const options = { now: clock().toISOString(), categories: config.categories };
  const day = await editions.latestDay(options);
  return day === null ? null : editions.get(day, options);
}

/** Results in one file at most; `cursor` leads on. */
const hitsInFile = 200;

async function findPapersOf(db: PageDeps["db"], { hits }: SearchAnswer): Promise<FoundPaper[]> {
  const papers = await findPapersByPk(
    db,
    hits.map((hit) => hit.key),
  );
  return hits.flatMap((hit) => {
    const paper = papers.get(hit.key);
    return paper ? [{ hit, paper }] : [];
  });
}

interface SearchPageProps {
  site: Site;
  search: PageSearch;
  documents: number;
  result?: { answer: SearchAnswer; found: FoundPaper[] };
  latest?: Edition | EmptyEdition | null;
}

function SearchPage({ site, search, documents, result, latest }: SearchPageProps) {
  const { query } = search;
  return (
    <Page
      site={site}
      title={query === "" ? "Search" : `Search: ${query.slice(0, 100)}`}
      path={links.search()}
      current="search"
      unlisted={query !== ""}
      head={<script src={site.assets.searchScript} type="module" />}
      {...(query === "" ? {} : { also: alsoOf(search) })}
    >
      <SearchForm search={search} documents={documents} />
      {result ? (
        <div class="with-notes">
          <Results search={search} {...result} />
          <Narrow search={search} answer={result.answer} />
        </div>
      ) : (
        <SearchHelp open />
      )}
      {latest ? <HubElement site={site} edition={latest} /> : null}
    </Page>
  );
}

/** A feed is of what is newest, whatever the order of the page. */
function alsoOf(search: PageSearch): AlsoAs {
  const { query, mode, sort, asTyped, explained } = search;
  const said = { q: query, ...(mode === "auto" ? {} : { mode }), ...(sort === "relevance" ? {} : { sort }) };
  return {
    json: links.apiV1("search", {
      ...said,
      ...(asTyped ? { asTyped: "true" } : {}),
      ...(explained ? { explain: "true" } : {}),
    }),
    feed: { name: "search", query, title: `Search: ${query.slice(0, 100)}` },
    files: searchAddress(search, { explained: false }),
  };
}

/** The script adds suggestions to the field; without it the form is whole. */
function SearchForm({ search, documents }: Pick<SearchPageProps, "search" | "documents">) {
  const { query, mode, sort } = search;
  return (
    <search>
      <form class="search" action={links.search()}>
        <h1>
          <label for="q">Search {count(documents, "paper")}</label>
        </h1>
        <div class="search-line">
          <input
            id="q"
            name="q"
            type="search"
            value={query}
            maxlength={2_000}
            enterkeyhint="search"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            data-suggest={links.suggest()}
          />
          {mode === "auto" ? null : <input type="hidden" name="mode" value={mode} />}
          {sort === "relevance" ? null : <input type="hidden" name="sort" value={sort} />}
          <button type="submit">Search</button>
        </div>
      </form>
      {query === "" ? null : <FollowHere kind="search" values={[query]} />}
      {query === "" ? null : <SearchHelp />}
    </search>
  );
}
