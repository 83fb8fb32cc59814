// Search: the form, ways to search, and what was found.
import type { Context } from "hono";
import { links } from "../links.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";
import { answerPage, Page } from "./layout.tsx";
import { hitsPerPage, maxOffset, Results, type SearchResult } from "./search-results.tsx";
import type { Site } from "./site.ts";
import { count } from "./words.ts";

/** Longer queries are cut: a title typed in full is the longest honest one. */
const maxQueryChars = 500;

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

function SearchPage({
  site,
  query,
  documents,
  result,
}: {
  site: Site;
  query: string;
  documents: number;
  result?: SearchResult;
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
