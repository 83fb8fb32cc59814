// Beside the results: how they spread over years, venues, categories, sources and code, each a link that narrows; the order;
// what ranks. Links alone, so that nothing needs a script.
import type { Child } from "hono/jsx";
import type { Facet, SearchAnswer, SearchMode, SearchSort } from "../search/search.ts";
import { toLine } from "./cut.ts";
import {
  addCondition,
  formatCondition,
  type PageSearch,
  removeCondition,
  searchAddress,
} from "./search-request.ts";
import { formatNumber } from "./words.ts";

/** Values of a facet that stand there at once; the others open. */
const shownValues = 6;
const facetTitles: Record<Facet["field"], string> = {
  year: "Year",
  venue: "Venue",
  category: "Category",
  source: "Source",
  code: "Held",
};
const sortNames: Record<SearchSort, string> = {
  relevance: "best match",
  newest: "newest first",
  votes: "most votes",
  trending: "talked of lately",
};
const modeNames: Record<SearchMode, string> = {
  auto: "words and meaning",
  words: "words alone",
  meaning: "meaning alone",
};

export function Narrow({ search, answer }: { search: PageSearch; answer: SearchAnswer }) {
  // What was searched is what is narrowed.
  const query = answer.corrected?.query ?? search.query;
  if (answer.refused !== undefined) return <div />;
  return (
    <aside class="notes narrow" aria-labelledby="narrow">
      <h2 id="narrow">Narrow</h2>
      {(answer.facets ?? []).map((facet) => (
        <FacetList search={{ ...search, query }} facet={facet} />
      ))}
      <Choice
        title="Order"
        names={sortNames}
        chosen={answer.sort}
        address={(sort) => searchAddress(search, { sort })}
      />
      <Choice
        title="Ranked by"
        names={modeNames}
        chosen={search.mode}
        address={(mode) => searchAddress(search, { mode })}
      />
    </aside>
  );
}

function FacetList({ search, facet: { field, values } }: { search: PageSearch; facet: Facet }) {
  const rows = values.map((value) => <FacetRow {...{ search, field, ...value }} />);
  const rest = rows.slice(shownValues);
  return (
    <>
      <h3>{facetTitles[field]}</h3>
      <ul class="facet">{rows.slice(0, shownValues)}</ul>
      {rest.length > 0 ? (
        <details>
          <summary>{rest.length} more</summary>
          <ul class="facet">{rest}</ul>
        </details>
      ) : null}
    </>
  );
}

function FacetRow({
  search,
  field,
  value,
  count,
}: {
  search: PageSearch;
  field: Facet["field"];
  value: string;
  count: number;
}) {
  const condition = formatCondition(field, value);
  const without = removeCondition(search.query, condition);
  const query = without ?? addCondition(search.query, condition);
  const name = field === "code" ? (value === "yes" ? "with code" : "without code") : toLine(value, 60);
  return (
    <li>
      <a href={searchAddress(search, { query })} rel="nofollow">
        {without === null ? name : <b>{name}, all again</b>}
      </a>
      <span>{formatNumber(count)}</span>
    </li>
  );
}

function Choice<Name extends string>({
  title,
  names,
  chosen,
  address,
}: {
  title: string;
  names: Record<Name, string>;
  chosen: Name;
  address: (name: Name) => string;
}) {
  const rows: Child[] = (Object.keys(names) as Name[]).map((name) => (
    <li>
      <a href={address(name)} rel="nofollow" aria-current={name === chosen ? "true" : undefined}>
        {names[name]}
      </a>
    </li>
  ));
  return (
    <>
      <h3>{title}</h3>
      <ul class="facet">{rows}</ul>
    </>
  );
}
