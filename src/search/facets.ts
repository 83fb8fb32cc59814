// How the answers spread over years, venues, categories, sources and code: counted over all of them, the largest named.
import type { Answers } from "./answers.ts";
import { type Bits, forEachBit } from "./bits.ts";
import type { Plan } from "./plan.ts";
import { latestYear } from "./query-syntax.ts";
import type { RowGroups } from "./row-groups.ts";
import type { Facet } from "./search.ts";
import type { Work } from "./work.ts";

/** Values of one facet that are given. */
export const maxFacetValues = 20;

/** Facets without any value are left out. */
export function countFacets({ segments }: Plan, answers: Answers, work: Work): Facet[] {
  const years = new Int32Array(latestYear + 1);
  const labels = new Map<string, number>();
  segments.forEach(({ columns }, at) => {
    const byLabel = new Int32Array(columns.labelNames.length);
    const { labelStarts, labelNumbers } = columns;
    const add = (doc: number, papers: number) => {
      years[columns.years[doc]!]! += papers;
      const end = labelStarts[doc + 1]!;
      for (let i = labelStarts[doc]!; i < end; i++) byLabel[labelNumbers[i]!]! += papers;
    };
    const groups = columns.groups?.();
    if (groups) work.postings += addGroups(groups, answers.setOf(at), add);
    else
      forEachBit(answers.setOf(at), (doc) => {
        work.postings++;
        add(doc, 1);
      });
    columns.labelNames.forEach((name, i) => {
      if (byLabel[i]! > 0) labels.set(name, (labels.get(name) ?? 0) + byLabel[i]!);
    });
  });
  return [
    { field: "year" as const, values: listYears(years) },
    ...(["venue", "category", "source"] as const).map((field) => ({
      field,
      values: listLabels(labels, field),
    })),
    { field: "code" as const, values: listCode(labels.get("code:yes") ?? 0, answers.total) },
  ].filter(({ values }) => values.length > 0);
}

/** Returns how many papers were counted for it. */
function addGroups(
  { counter, examples }: RowGroups,
  set: Bits,
  add: (doc: number, papers: number) => void,
): number {
  const { counts, counted } = counter.count(set);
  for (let group = 0; group < counts.length; group++) {
    if (counts[group]! > 0) add(examples[group]!, counts[group]!);
  }
  return counted;
}

/** Newest first; 0 is not known. */
function listYears(years: Int32Array): Facet["values"] {
  const values: Facet["values"] = [];
  for (let year = years.length - 1; year > 0 && values.length < maxFacetValues; year--) {
    if (years[year]! > 0) values.push({ value: String(year), count: years[year]! });
  }
  return values;
}

/** Most papers first, equal ones by name. */
function listLabels(labels: ReadonlyMap<string, number>, field: Facet["field"]): Facet["values"] {
  return [...labels]
    .filter(([label]) => label.startsWith(`${field}:`))
    .map(([label, count]) => ({ value: label.slice(field.length + 1), count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, maxFacetValues);
}

function listCode(withCode: number, total: number): Facet["values"] {
  const values = [
    { value: "yes", count: withCode },
    { value: "no", count: total - withCode },
  ];
  return withCode > 0 ? values.filter(({ count }) => count > 0) : [];
}
