// How the answers spread over years, venues, categories, sources and code: counted over all of them, the largest named.
import type { Answers } from "./answers.ts";
import { forEachBit } from "./bits.ts";
import type { Plan } from "./plan.ts";
import type { Facet } from "./search.ts";
import type { Work } from "./work.ts";

/** Values of one facet that are given. */
export const maxFacetValues = 20;

/** Facets without any value are left out. */
export function countFacets({ segments }: Plan, answers: Answers, work: Work): Facet[] {
  const years = new Map<number, number>();
  const labels = new Map<string, number>();
  segments.forEach(({ columns }, at) => {
    const byYear = new Map<number, number>();
    const byLabel = new Int32Array(columns.labelNames.length);
    const { labelStarts, labelNumbers } = columns;
    forEachBit(answers.setOf(at), (doc) => {
      work.postings++;
      const year = columns.years[doc]!;
      if (year > 0) byYear.set(year, (byYear.get(year) ?? 0) + 1);
      const end = labelStarts[doc + 1]!;
      for (let i = labelStarts[doc]!; i < end; i++) byLabel[labelNumbers[i]!]!++;
    });
    for (const [year, count] of byYear) years.set(year, (years.get(year) ?? 0) + count);
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

/** Newest first. */
function listYears(years: ReadonlyMap<number, number>): Facet["values"] {
  return [...years]
    .sort(([a], [b]) => b - a)
    .slice(0, maxFacetValues)
    .map(([year, count]) => ({ value: String(year), count }));
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
