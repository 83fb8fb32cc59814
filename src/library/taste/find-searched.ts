// Which of the day's papers each followed search finds: the search engine itself is asked, so that a followed search means what
// it means on the search page.
import type { Search } from "../../search/search.ts";

/** Papers of one day that a search may find; more say nothing of the reader. */
const mostFound = 200;

/** Pks of the candidates that hold all the words and meet all conditions, by query. Each query once, whoever follows it. */
export function findSearched(
  search: Pick<Search, "search">,
  queries: Iterable<string>,
  candidates: ReadonlySet<number>,
): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  if (candidates.size === 0) return found;
  for (const query of new Set(queries)) {
    const answer = search.search({
      query: `(${query}) in:library`,
      mine: candidates,
      limit: mostFound,
      mode: "words",
      sort: "newest",
      asTyped: true,
    });
    // Those that hold all the words come first, whatever the sort.
    const whole = answer.problem || answer.refused ? [] : answer.hits.slice(0, answer.complete);
    found.set(query, new Set(whole.map(({ key }) => key)));
  }
  return found;
}
