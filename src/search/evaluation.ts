// Runs judged sets through the search face: every figure for each mode, and the paired difference to words alone with the
// interval that chance would give it.
import { bootstrapMean, differences, type Interval, meanOf } from "../lib/bootstrap.ts";
import { openRandom } from "../lib/random.ts";
import type { JudgedSet, KeywordSet, KnownItems, ListSet, SimilarSet } from "./judged-sets.ts";
import {
  averagePrecision,
  gainAtFifth,
  recallAt,
  recallOfNonliteral,
  reciprocalRank,
} from "./meaning/evaluate.ts";
import type { PaperText, Search, SearchMode, SearchPart } from "./search.ts";

export interface EvaluationOptions {
  /** Measured beside words alone. */
  mode: SearchMode;
  /** Parts taken away from `mode`. */
  without?: SearchPart[];
  /** From the names of the set to ids of the index; null: not in the collection. */
  idOf(name: string): string | null;
}

export interface Figure {
  measure: string;
  queries: number;
  /** Means from 0 to 1: of words alone (for similar papers: of shared words alone), and of the mode. */
  words: number;
  found: number;
  /** Of the paired differences. */
  difference: Interval;
}

/** Values query by query of one measure; NaN where it says nothing. */
type Measured = Map<string, number[]>;

/** Evaluates one set. `rankTexts` ranks candidates by text; without meaning when `plain`. */
export function evaluateSet(search: Search, set: JudgedSet, options: EvaluationOptions): Figure[] {
  const baseline = measure(search, set, { ...options, mode: "words", without: ["meaning"] });
  const found = measure(search, set, options);
  return [...found].map(([name, values]) => compare(name, baseline.get(name)!, values));
}

const bootstrapSeed = 7;

function compare(name: string, before: readonly number[], after: readonly number[]): Figure {
  const random = openRandom(bootstrapSeed);
  return {
    measure: name,
    queries: after.filter((value) => !Number.isNaN(value)).length,
    words: meanOf(before),
    found: meanOf(after),
    difference: bootstrapMean(differences(before, after), (bound) => random.below(bound)),
  };
}

function measure(search: Search, set: JudgedSet, options: EvaluationOptions): Measured {
  const measured: Measured = new Map();
  const push = (name: string, value: number) => measured.set(name, [...(measured.get(name) ?? []), value]);
  switch (set.kind) {
    case "known-item":
      measureKnownItems(search, set, { ...options, push });
      break;
    case "keywords":
      measureKeywords(search, set, { ...options, push });
      break;
    case "list":
      measureList(search, set, { ...options, push });
      break;
    case "similar":
      measureSimilar(search, set, { ...options, push });
  }
  return measured;
}

interface MeasureOptions extends EvaluationOptions {
  push(name: string, value: number): void;
}

/** Ids of the results, best first. */
function rank(search: Search, query: string, { mode, without }: EvaluationOptions, limit: number): string[] {
  const taken = mode === "words" ? {} : { without: without ?? [] };
  return search.search({ query, limit, mode, ...taken }).hits.map(({ id }) => id);
}

function measureKnownItems(search: Search, { queries }: KnownItems, options: MeasureOptions): void {
  for (const { text, answer } of queries) {
    const ranked = rank(search, text, options, 10);
    const id = options.idOf(answer) ?? "";
    options.push("MRR@10", reciprocalRank(ranked, id, 10));
    options.push("R@10", recallAt(ranked, new Set([id]), 10));
  }
}

/** Results looked at for a keyword before those outside the pool leave: some hundreds of the pool remain. */
const keywordDepth = 5_000;

function measureKeywords(search: Search, { pool, queries }: KeywordSet, options: MeasureOptions): void {
  const ids = (names: readonly string[]) => new Set(names.map((name) => options.idOf(name) ?? name));
  const inPool = ids(pool);
  for (const { text, relevant, nonliteral } of queries) {
    const ranked = rank(search, text, options, keywordDepth).filter((id) => inPool.has(id));
    const judged = { relevant: ids(relevant), nonliteral: ids(nonliteral) };
    options.push("MAP", averagePrecision(ranked, judged.relevant));
    options.push("R@100", recallAt(ranked, judged.relevant, 100));
    options.push("R@100 where the text lacks it", recallOfNonliteral(ranked, judged, 100));
  }
}

const listDepth = 120;

function measureList(search: Search, { text, answers }: ListSet, options: MeasureOptions): void {
  const ranked = rank(search, text, options, listDepth);
  const relevant = new Set(answers.map((name) => options.idOf(name) ?? name));
  options.push(`R@${listDepth} of "${text}"`, recallAt(ranked, relevant, listDepth));
}

/** Relevant from this grade on. */
const relevantGrade = 2;

function measureSimilar(search: Search, { papers, queries }: SimilarSet, options: MeasureOptions): void {
  const textOf = (name: string): PaperText => papers.get(name)!;
  for (const { paper, grades } of queries) {
    const names = [...grades.keys()];
    const order = search.rankPairs(textOf(paper), names.map(textOf), options.without ?? []);
    const ranked = order.map((i) => names[i]!);
    const relevant = new Set(names.filter((name) => grades.get(name)! >= relevantGrade));
    options.push("nDCG%20", gainAtFifth(ranked, grades));
    options.push("MAP", averagePrecision(ranked, relevant));
  }
}
