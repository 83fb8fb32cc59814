// The engine's plan of a query as the meaning room sees it.
import { listStems } from "../analyzer.ts";
import type { Plan } from "../plan.ts";
import { codeIn } from "../postings.ts";
import { PairReader } from "../proximity.ts";
import { impactOf } from "../scoring.ts";
import type { Segment } from "../segment.ts";
import { type LateWord, type PostingsSource, scoreLate } from "./late-interaction.ts";
import type { NearStems } from "./near-stems.ts";
import type { WordSide, WordSigns } from "./word-side.ts";

/** `best` ranks by words: key of each paper, best first. */
export function openWordSide(plan: Plan, best: (limit: number) => number[]): WordSide {
  return {
    stems: plan.pairs.stems.length,
    running: plan.pairs.words.includes(-1),
    best,
    judge(keys, nearStems) {
      const judged = new Array<WordSigns | null>(keys.length).fill(null);
      plan.segments.forEach((segment, at) => {
        const found = docsOf(segment, keys);
        const signs = judgeInSegment(plan, at, { docs: found.docs, nearStems });
        found.at.forEach((i, n) => {
          judged[i] = signs[n]!;
        });
      });
      return judged;
    },
  };
}

/** Docs of the papers that the segment holds, rising, and where they stand among the keys. */
function docsOf(segment: Segment, keys: readonly number[]): { docs: Int32Array; at: number[] } {
  const found = keys
    .map((key, i) => ({ doc: segment.findKey(key), i }))
    .filter(({ doc }) => doc >= 0)
    .sort((a, b) => a.doc - b.doc);
  return { docs: Int32Array.from(found, ({ doc }) => doc), at: found.map(({ i }) => i) };
}

interface SegmentPart {
  /** Rising. */
  docs: Int32Array;
  nearStems: NearStems | null;
}

function judgeInSegment(plan: Plan, at: number, { docs, nearStems }: SegmentPart): WordSigns[] {
  if (docs.length === 0) return [];
  const { words, pairs, segments } = plan;
  const segment = { source: sourceOf(plan, at), candidates: docs };
  const late = nearStems && scoreLate(lateWords(plan, nearStems), segment);
  const reader = new PairReader(pairs, plan.terms, at);
  const allPairs = sumOf(pairs.weights);
  const allWords = sumOf(words.map(({ weight }) => weight)) || 1;
  const codes = new Uint8Array(words.length);
  return Array.from(docs, (doc, i) => {
    const lengths = segments[at]!.lengths[doc]!;
    let score = 0;
    let held = 0;
    words.forEach(({ postings, weight }, w) => {
      const code = codeIn(postings[at]!, doc);
      codes[w] = code;
      if (code === 0) return;
      score += weight * impactOf(code, lengths);
      held += weight;
    });
    const complete = !codes.includes(0);
    return {
      words: Math.max(score, late?.[i] ?? 0),
      coverage: held / allWords,
      complete,
      isTitle: complete && isTitleOf(plan, at, doc),
      pairs: allPairs === 0 ? 0 : reader.bonusOf(doc, codes) / allPairs,
    };
  });
}

function isTitleOf({ segments, title }: Plan, at: number, doc: number): boolean {
  const segment = segments[at]!;
  if (segment.titleHashOf(doc) !== title.hash) return false;
  return listStems(segment.readPaper(doc).title).join(" ") === title.text;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Words that are being typed are judged as they are. */
function lateWords({ words }: Plan, nearStems: NearStems): LateWord[] {
  return words.map(({ stems, weight }) => ({ near: nearStems.near(stems[0]!), weight }));
}

/** A segment of the index as late interaction sees it. */
function sourceOf({ terms, segments }: Plan, at: number): PostingsSource {
  const { lengths } = segments[at]!;
  return {
    postingsOf(stem) {
      const postings = terms.postings(stem, at);
      if (!postings) return null;
      const { docs, codes } = postings;
      return { docs, impact: (i) => impactOf(codes[i]!, lengths[docs[i]!]!) };
    },
  };
}
