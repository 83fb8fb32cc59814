// What was learned of a reader, to be seen: the words for and against with their weights, and the papers that say most.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import type { FeatureReader } from "./taste/features.ts";
import { loadTastes } from "./tastes.ts";

export interface TasteFacts {
  positives: number;
  negatives: number;
  /** The heaviest words, for and against. */
  for: { stem: string; weight: number }[];
  against: { stem: string; weight: number }[];
  /** Those whose word counts most; `veto` silences one. */
  papers: { kind: string; title: string; weight: number; veto: string }[];
}

const mostWords = 25;
/** Less than this is shown as nothing. */
const leastWeight = 0.0005;
const mostPapers = 20;

/** Null when nothing was learned. */
export async function describeTaste(
  db: Db,
  keeper: string,
  context: { reader: FeatureReader; now: Instant },
): Promise<TasteFacts | null> {
  const learned = (await loadTastes(db, [keeper], context)).get(keeper)?.learned;
  if (!learned) return null;
  const { stems, weights } = learned.words;
  const words = Array.from(stems, (number, i) => ({
    stem: context.reader.stems[number]!,
    weight: weights[i]!,
  }));
  words.sort((a, b) => b.weight - a.weight);
  const examples = [...learned.examples].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    positives: examples.filter(({ kind }) => kind !== "less" && kind !== "hide").length,
    negatives: examples.filter(({ kind }) => kind === "less" || kind === "hide").length,
    for: words.filter(({ weight }) => weight >= leastWeight).slice(0, mostWords),
    against: words
      .filter(({ weight }) => weight <= -leastWeight)
      .slice(-mostWords)
      .toReversed(),
    papers: examples.slice(0, mostPapers).map(({ kind, pk, title, weight }) => ({
      kind,
      title,
      weight,
      veto: `like:${pk ?? title}`,
    })),
  };
}
