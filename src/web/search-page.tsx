// Search: the form, and the papers that match, best first. The rule over a hit is its match, the best one being full.
import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import type { SearchAnswer, SearchHit } from "../search/search.ts";
import { toLine } from "./cut.ts";
import type { PageDeps } from "./deps.ts";
import { answerPage, Page, SectionHeading } from "./layout.tsx";
import { ShareRule } from "./marks.tsx";
import type { Site } from "./site.ts";
import { HighlightedTitle, Snippet } from "./snippet.tsx";
import { count, formatAuthors, formatNumber } from "./words.ts";

/** Hits a page. */
const hitsPerPage = 20;
/** Longer queries are cut: a title typed in full is the longest honest one. */
const maxQueryChars = 500;
/** Deeper pages are for nobody who reads. */
const maxOffset = 10_000;

export function searchRoute({ db, search, site }: PageDeps) {
  return async (c: Context) => {
    const query = (c.req.query("q") ?? "").trim().slice(0, maxQueryChars).toWellFormed();
    const offset = parseOffset(c.req.query("offset"));
    const { documents } = search.status();
    if (query === "") return answerPage(c, <SearchPage site={site} query="" documents={documents} />);
    const answer = search.search({ query, limit: hitsPerPage, offset });
    const papers = await findPapersByPk(
      db,
      answer.hits.map((hit) => hit.key),
    );
    const found = answer.hits.flatMap((hit) => {
      const paper = papers.get(hit.key);
      return paper ? [{ hit, paper }] : [];
    });
    return answerPage(
      c,
      <SearchPage site={site} query={query} documents={documents} result={{ answer, found, offset }} />,
    );
  };
}

function parseOffset(text: string | undefined): number {
  const offset = /^\d{1,6}$/.test(text ?? "") ? Number(text) : 0;
  return Math.min(offset, maxOffset);
}

interface FoundPaper {
  hit: SearchHit;
  paper: Paper;
}

interface Result {
  answer: SearchAnswer;
  found: FoundPaper[];
  offset: number;
}

function SearchPage({
  site,
  query,
  documents,
  result,
}: {
  site: Site;
  query: string;
  documents: number;
  result?: Result;
}) {
  return (
    <Page
      site={site}
      title={query === "" ? "Search" : `Search: ${query.slice(0, 100)}`}
      path={links.search()}
      current="search"
      unlisted={query !== ""}
    >
      <SearchForm query={query} documents={documents} />
      <div class="with-notes">
        {result ? <Results query={query} {...result} /> : <div />}
        <WaysToSearch />
      </div>
    </Page>
  );
}

function SearchForm({ query, documents }: { query: string; documents: number }) {
  return (
    <search>
      <form class="search" action={links.search()}>
        <h1>
          <label for="q">Search {count(documents, "paper")}</label>
        </h1>
        <div>
          <input
            id="q"
            name="q"
            type="search"
            value={query}
            maxlength={maxQueryChars}
            enterkeyhint="search"
          />
          <button type="submit">Search</button>
        </div>
      </form>
    </search>
  );
}

const ways = [
  { query: "token position", does: "both words, anywhere in title, abstract or authors" },
  { query: '"token position"', does: "the words together, in this order" },
  { query: "retrieval yann lecun", does: "a subject and an author" },
];

function WaysToSearch() {
  return (
    <aside class="notes ways" aria-labelledby="ways">
      <h2 id="ways">Ways to search</h2>
      <table>
        <tbody>
          {ways.map(({ query, does }) => (
            <tr>
              <th scope="row">
                <a href={links.search(query)}>{query}</a>
              </th>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>Word forms count as one (“model”, “models”). A title typed as it stands finds its paper first.</p>
    </aside>
  );
}

function Results({ query, answer, found, offset }: Result & { query: string }) {
  if (answer.total === 0) return <NothingFound query={query} refused={answer.refused} />;
  return (
    <section class="hits">
      <SectionHeading title={resultTitle(answer, query)} note={resultNote(answer, offset, found.length)} />
      {found.map(({ hit, paper }, i) => (
        <Hit hit={hit} paper={paper} place={offset + i + 1} best={found[0]!.hit.score} />
      ))}
      <HitPager query={query} offset={offset} total={answer.total} />
    </section>
  );
}

function resultTitle({ total }: SearchAnswer, query: string): Child {
  return (
    <>
      {count(total, "paper")} for “<bdi>{query}</bdi>”
    </>
  );
}

/** "29 hold all the words; found in 3 ms" */
function resultNote({ tookMs, total, complete }: SearchAnswer, offset: number, shown: number): string {
  const parts = [];
  if (offset > 0) parts.push(`${formatNumber(offset + 1)} to ${formatNumber(offset + shown)}`);
  if (complete < total) parts.push(`${formatNumber(complete)} with all the words`);
  parts.push(`found in ${tookMs < 1 ? "less than 1" : Math.round(tookMs)} ms`);
  return parts.join("; ");
}

/** The best hit's rule is as long as that of a share of 8 %. */
const fullMatch = 0.08;

function Hit({ hit, paper, place, best }: FoundPaper & { place: number; best: number }) {
  return (
    <article class="paper hit">
      <ShareRule share={best > 0 ? (hit.score / best) * fullMatch : 0} />
      <p class="margin">
        <span class="rank">{place}</span>
        <span>{paper.year ?? "undated"}</span>
      </p>
      <hgroup>
        <h3 class="headline" dir="auto">
          <a href={links.paper(paper.id)}>
            <HighlightedTitle paper={paper} matched={hit.matched} />
          </a>
        </h3>
        <p class="by">
          {[formatAuthors(paper.authors, 3), toLine(paper.venue ?? "", 80)].filter(Boolean).join(" · ") ||
            "Authors not held"}
        </p>
      </hgroup>
      <Snippet paper={paper} matched={hit.matched} />
    </article>
  );
}

function HitPager({ query, offset, total }: { query: string; offset: number; total: number }) {
  const next = offset + hitsPerPage;
  const address = (at: number) => (at > 0 ? `${links.search(query)}&offset=${at}` : links.search(query));
  return (
    <nav class="actions" aria-label="Pages of results">
      {offset > 0 ? (
        <a href={address(Math.max(0, offset - hitsPerPage))} rel="prev">
          Previous {hitsPerPage}
        </a>
      ) : null}
      {next < total && next <= maxOffset ? (
        <a href={address(next)} rel="next">
          Next {Math.min(hitsPerPage, total - next)}
        </a>
      ) : null}
    </nav>
  );
}

function NothingFound({ query, refused }: { query: string; refused: string | undefined }) {
  return (
    <div class="prose">
      <h2 class="statement">
        {refused ? (
          "This cannot be searched."
        ) : (
          <>
            No paper holds “<bdi>{query}</bdi>”.
          </>
        )}
      </h2>
      <p>
        {refused ?? "Try fewer words, or another spelling; without quotation marks words may stand apart."}
      </p>
    </div>
  );
}
