// What the page's benchmark asks for: addresses of results, by kind, every one different.

import { readRealPapers } from "./papers.ts";
import { makeQueries } from "./queries.ts";

/** Kinds that are asked by their second page. */
export const secondPages = "page 2";
const suggestions = "suggest";

const shortestTyped = 3;
const longestTyped = 14;

/** Up to `each` addresses of a kind, and others beside them that nothing is measured with. */
export function makePagePaths(each: number): { kinds: Map<string, string[]>; warming: string[] } {
  const real = readRealPapers();
  const asked = Map.groupBy(makeQueries(real), ({ kind }) => kind);
  const texts = (kind: string) => asked.get(kind)!.map(({ text }) => text);
  const keywords = texts("keyword");
  const venues = largestVenues(real.map(({ venue }) => venue));
  const kinds = new Map(
    Object.entries({
      keyword: keywords.map((text) => pageOf(text)),
      title: texts("title").map((text) => pageOf(text)),
      phrase: texts("phrase").map((text) => pageOf(text)),
      summary: texts("summary").map((text) => pageOf(text)),
      "year:": keywords.map((text, i) => pageOf(`${text} year:${2018 + (i % 8)}`)),
      "venue:": keywords.map((text, i) => pageOf(`${text} venue:"${venues[i % venues.length]}"`)),
      newest: keywords.map((text) => pageOf(text, "&sort=newest")),
      [secondPages]: keywords.map((text) => pageOf(text)),
      [suggestions]: keywords.map((text, i) => suggestionsOf(text, i)),
    }).map(([kind, paths]) => [kind, paths.slice(0, each)]),
  );
  return { kinds, warming: [...texts("typo"), ...texts("prefix")].map((text) => pageOf(text)) };
}

function pageOf(query: string, more = ""): string {
  return `/papers?q=${encodeURIComponent(query)}${more}`;
}

/** What a reader has typed of it so far. */
function suggestionsOf(text: string, i: number): string {
  const typed = text.slice(0, shortestTyped + (i % (longestTyped - shortestTyped)));
  return `/search/suggest?q=${encodeURIComponent(typed)}`;
}

function largestVenues(names: readonly string[]): string[] {
  const papers = Map.groupBy(names, (name) => name);
  return [...papers]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, 8)
    .map(([name]) => name);
}
