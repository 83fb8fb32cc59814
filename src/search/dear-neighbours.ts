// Stop words whose neighbours are not looked at, because reading them would cost too much.
import type { QueryTerms } from "./query-terms.ts";

/** Which of the stems that are no words of the query, hence stop words or left out, cost too much to be looked at. */
export function findDear(stems: readonly string[], terms: QueryTerms): (stem: string) => boolean {
  if (stems.length === 0) return () => false;
  const different = [...new Set(stems)].filter((stem) => stem !== "");
  const rising = different.sort((a, b) => terms.get(a).held - terms.get(b).held);
  const dear = new Set(rising.filter((stem) => !terms.budget.take("neighbours", terms.get(stem).held)));
  return (stem) => dear.has(stem);
}
