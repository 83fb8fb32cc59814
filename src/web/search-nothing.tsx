// What is said when nothing was found: that it is so, and what to try instead.
import { asksForLibrary } from "../search/query.ts";
import type { SearchAnswer } from "../search/search.ts";
import { type PageSearch, searchAddress, shortQuery, withoutPhrases } from "./search-request.ts";

export function NothingFound({ search, answer }: { search: PageSearch; answer: SearchAnswer }) {
  const { query, mode } = search;
  const { refused, problem } = answer;
  if (refused !== undefined)
    return (
      <div class="prose">
        <h2 class="statement">This cannot be searched.</h2>
        <p>{refused}</p>
      </div>
    );
  const apart = withoutPhrases(query);
  return (
    <div class="prose">
      <h2 class="statement">
        No paper {condition.test(query) ? "answers" : "holds"} “<bdi>{shortQuery(query)}</bdi>”.
      </h2>
      <p>{adviseOn(query, problem === undefined)}</p>
      {apart === null ? null : (
        <p>
          <a href={searchAddress(search, { query: apart })}>Search the words apart</a>
        </p>
      )}
      {mode === "words" ? (
        <p>
          <a href={searchAddress(search, { mode: "auto" })}>Search by meaning too</a>
        </p>
      ) : null}
    </div>
  );
}

const condition = /\w:\S/;

/** `understood`: where it was not, a note says more. */
function adviseOn(query: string, understood: boolean): string {
  if (!/[\p{L}\p{N}]/u.test(query)) return "Signs alone say nothing: a query needs a word.";
  const own = understood && asksForLibrary(query) ? " Only papers you saved were looked at." : "";
  if (!condition.test(query)) return "Try fewer words, or another spelling.";
  return `Try fewer words, another spelling, or fewer conditions.${own}`;
}
