// The engine's plan of a query as the meaning room sees it.
import { listStems } from "../analyzer.ts";
import { codeIn, indexIn } from "../paper-list.ts";
import type { Plan } from "../plan.ts";
import { PairReader } from "../proximity.ts";
import { impactOf } from "../scoring.ts";
import { findPlace } from "../segment.ts";
import { type LateWord, type PostingsSource, scoreLate } from "./late-interaction.ts";
import type { NearStems } from "./near-stems.ts";
import type { PlacedPaper, WordSide, WordSigns } from "./word-side.ts";

/** `best` ranks by words, best first. */
export function openWordSide(plan: Plan, best: WordSide["best"]): WordSide {
  return {
    stems: plan.pairs.stems.length,
    running: plan.pairs.words.includes(-1),
    best,
    find: (key) => findPlace(plan.segments, key),
    judge(papers, nearStems) {
      const judged = new Array<WordSigns>(papers.length);
      plan.segments.forEach((_, segment) => {
        const { docs, at } = docsOf(segment, papers);
        const signs = judgeInSegment(plan, segment, { docs, nearStems });
        for (let n = 0; n < at.length; n++) judged[at[n]!] = signs[n]!;
      });
      return judged;
    },
  };
}

/** More papers than are ever judged at once: docs and numbers below it stand side by side in a float. */
const mostJudged = 2 ** 20;

/** Docs of the papers that lie in the segment, rising, and where they stand among the papers. */
function docsOf(segment: number, papers: readonly PlacedPaper[]): { docs: Int32Array; at: Int32Array } {
  const found = new Float64Array(papers.length);
  let count = 0;
  for (let i = 0; i < papers.length; i++) {
    if (papers[i]!.segment === segment) found[count++] = papers[i]!.doc * mostJudged + i;
  }
  // Sorting plain numbers costs a fraction of what a comparing function does.
  const sorted = found.subarray(0, count).sort();
  return {
    docs: Int32Array.from(sorted, (both) => Math.floor(both / mostJudged)),
    at: Int32Array.from(sorted, (both) => both % mostJudged),
  };
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
    let complete = true;
    for (let w = 0; w < words.length; w++) {
      const { postings, weight } = words[w]!;
      const code = codeIn(postings[at]!, doc);
      codes[w] = code;
      if (code === 0) complete = false;
      else {
        score += weight * impactOf(code, lengths);
        held += weight;
      }
    }
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
      const { codes, table } = postings;
      const impact = (i: number, doc: number) => impactOf(codes[i]!, lengths[doc]!);
      if (table === null) return { docs: postings.docs, impact };
      return { docs: null, find: (doc) => indexIn(postings, doc), impact };
    },
  };
}
