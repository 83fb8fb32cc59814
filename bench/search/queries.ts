// The queries of the search benchmark: those of the judged sets, and others made of the papers; by seed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openRandom } from "../../src/lib/random.ts";
import type { BenchQuery } from "./engine.ts";
import { type BenchPaper, sentencesOf, shared } from "./papers.ts";

const seed = 20_261_123;
const most = 300;

/** Every kind in turn; at most 300 of each, `long` 100. */
export function makeQueries(real: readonly BenchPaper[]): BenchQuery[] {
  const keywords = readJudged("author-keywords.json");
  const phrases = keywords.filter((text) => text.includes(" "));
  return [
    ...of("keyword", keywords),
    ...of("title", readJudged("title-fragments.json")),
    ...of("summary", readJudged("summaries.json")),
    ...of("long", longTexts(real)),
    ...of(
      "phrase",
      phrases.map((text) => `"${text}"`),
    ),
    ...of(
      "prefix",
      keywords.map((text) => text.slice(0, Math.max(4, text.length - 3))),
    ),
    ...of("typo", keywords.map(misspell)),
  ];
}

function of(kind: string, texts: readonly string[]): BenchQuery[] {
  return texts.slice(0, most).map((text) => ({ kind, text }));
}

function readJudged(name: string): string[] {
  const read = JSON.parse(readFileSync(join(shared, "eval", name), "utf8"));
  const rows: { q: string }[] = read.queries ?? read;
  return rows.map(({ q }) => q);
}

/** Two sentences of an abstract. */
function longTexts(real: readonly BenchPaper[]): string[] {
  const random = openRandom(seed, 1);
  return Array.from({ length: 100 }, () => {
    const sentences = sentencesOf(real[random.below(real.length)]!.abstract);
    const first = random.below(Math.max(1, sentences.length - 1));
    return sentences
      .slice(first, first + 2)
      .join(" ")
      .slice(0, 1_900);
  });
}

/** Two neighbouring letters of the longest word change places. */
function misspell(text: string, i: number): string {
  const longest = text.split(" ").reduce((long, word) => (word.length > long.length ? word : long));
  const at = 1 + openRandom(seed, 2, i).below(Math.max(1, longest.length - 2));
  const wrong = longest.slice(0, at) + (longest[at + 1] ?? "") + longest[at] + longest.slice(at + 2);
  return text.replace(longest, wrong);
}
