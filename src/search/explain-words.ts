// What the words of a query are worth in one paper, field by field, and what they gain by standing together: the parts that
// ranking.ts adds up, told apart for explanations.
import { listStems } from "./analyzer.ts";
import type { RawTerm } from "./hit-terms.ts";
import { postingsOf } from "./match.ts";
import { codeIn } from "./paper-list.ts";
import type { Plan } from "./plan.ts";
import { PairReader } from "./proximity.ts";
import {
  fieldCount,
  fieldPartsOf,
  fields,
  fieldWeights,
  frequencyOf,
  impactOf,
  maxFrequencies,
} from "./scoring.ts";
import type { RankedPaper } from "./top-papers.ts";

type Place = Pick<RankedPaper, "segment" | "doc">;

/** A term a field that holds a word of the query; BM25F saturates over all fields, so each has its part of what they are worth together. */
export function wordTerms({ segment, doc }: Place, { words, segments }: Plan, scale = 1): RawTerm[] {
  const lengths = segments[segment]!.lengths[doc]!;
  const sums = fields.map(() => ({ value: 0, points: 0, said: [] as string[] }));
  for (const { postings, weight, text } of words) {
    const code = codeIn(postings[segment]!, doc);
    const worth = weight * impactOf(code, lengths) * scale;
    const parts = fieldPartsOf(code, lengths);
    for (let field = 0; field < fieldCount; field++) {
      const frequency = frequencyOf(code, field);
      if (frequency === 0) continue;
      const sum = sums[field]!;
      sum.value += frequency;
      sum.points += worth * parts[field]!;
      sum.said.push(`${text} ${frequency}${frequency === maxFrequencies[field] ? " or more" : ""}`);
    }
  }
  return sums.flatMap(({ value, points, said }, field) =>
    value === 0
      ? []
      : [{ name: fields[field]!, value, said: said.join(", "), weight: weightOf(field, scale), points }],
  );
}

function weightOf(field: number, scale: number): string {
  const own = `${fieldWeights[field]} each, by BM25F`;
  return scale === 1 ? own : `${own}, × ${scale.toLocaleString("en-US", { maximumSignificantDigits: 3 })}`;
}

/** What it gains by holding all the words, and by being the very title; 0 where it does not. */
export function completeBonusOf({ segment, doc }: Place, plan: Plan): { complete: number; exact: number } {
  const { words, bonuses, title, segments } = plan;
  const codes = words.map(({ postings }) => codeIn(postings[segment]!, doc));
  if (codes.length === 0 || codes.includes(0)) return { complete: 0, exact: 0 };
  const isTitle =
    codes.every((code) => code >= 64) &&
    segments[segment]!.titleHashOf(doc) === title.hash &&
    listStems(segments[segment]!.readPaper(doc).title).join(" ") === title.text;
  return { complete: bonuses.complete, exact: isTitle ? bonuses.title : 0 };
}

/** What neighbours of the query that stand together in it are worth, and the part of the most they could be. */
export function pairBonusOf(
  { segment, doc }: Place,
  plan: Plan,
): { points: number; share: number; most: number } {
  const { pairs, terms, words } = plan;
  const codes = Uint8Array.from(words, ({ postings }) => codeIn(postings[segment]!, doc));
  const most = pairs.weights.reduce((sum, weight) => sum + weight, 0);
  const points = new PairReader(pairs, terms, segment, postingsOf(words, segment)).bonusOf(doc, codes);
  return { points, share: most === 0 ? 0 : points / most, most };
}
