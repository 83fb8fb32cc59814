// The engine's plan of a query as the meaning room sees it.
import { listStems } from "../analyzer.ts";
import { postingsOf } from "../match.ts";
import { type FoundPapers, findPapers, indexIn, inTitle } from "../paper-list.ts";
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
        const pairs = Array.from(at, (i) => papers[i]!.pairs);
        const signs = judgeInSegment(plan, segment, { docs, pairs, nearStems });
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
  /** Beside docs: what words that stand together are worth, where that is known. */
  pairs: readonly (number | undefined)[];
  nearStems: NearStems | null;
}

function judgeInSegment(plan: Plan, at: number, part: SegmentPart): WordSigns[] {
  const { docs, pairs, nearStems } = part;
  if (docs.length === 0) return [];
  const { words } = plan;
  const found = words.map(({ postings }) => findPapers(postings[at]!, docs));
  const impacts = found.map(({ codes }) => impactsOf(codes, docs, plan.segments[at]!.lengths));
  const source = sourceOf(plan, at);
  const late =
    nearStems && scoreLate(lateWords(plan, { at, nearStems, impacts }), { source, candidates: docs });
  const bonusOf = openPairs(plan, at, found);
  const allPairs = sumOf(plan.pairs.weights);
  const allWords = sumOf(words.map(({ weight }) => weight)) || 1;
  return Array.from(docs, (doc, i) => {
    let score = 0;
    let held = 0;
    let complete = true;
    for (let w = 0; w < words.length; w++) {
      const { weight } = words[w]!;
      if (found[w]!.codes[i] === 0) complete = false;
      else {
        score += weight * impacts[w]![i]!;
        held += weight;
      }
    }
    return {
      words: Math.max(score, late?.[i] ?? 0),
      coverage: held / allWords,
      complete,
      isTitle: complete && isTitleOf(plan, at, doc),
      pairs: allPairs === 0 ? 0 : (pairs[i] ?? bonusOf(i, doc)) / allPairs,
    };
  });
}

function impactsOf(codes: Uint8Array, docs: Int32Array, lengths: Uint32Array): Float64Array {
  const impacts = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++)
    if (codes[i] !== 0) impacts[i] = impactOf(codes[i]!, lengths[docs[i]!]!);
  return impacts;
}

/** Tells what the pairs of the i-th candidate are worth. */
function openPairs(
  plan: Plan,
  at: number,
  words: readonly FoundPapers[],
): (i: number, doc: number) => number {
  const postings = postingsOf(plan.words, at);
  const reader = new PairReader(plan.pairs, plan.terms, at, postings);
  const codes = new Uint8Array(words.length);
  const found = { indexes: new Int32Array(words.length), titled: new Int32Array(words.length) };
  return (i, doc) => {
    for (let w = 0; w < words.length; w++) {
      const code = words[w]!.codes[i]!;
      codes[w] = code;
      found.indexes[w] = words[w]!.indexes[i]!;
      found.titled[w] = code >= inTitle ? indexIn(postings[w]!.titled, doc) : -1;
    }
    return reader.bonusOf(doc, codes, found);
  };
}

function isTitleOf({ segments, title }: Plan, at: number, doc: number): boolean {
  const segment = segments[at]!;
  if (segment.titleHashOf(doc) !== title.hash) return false;
  return listStems(segment.readPaper(doc).title).join(" ") === title.text;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

interface LateInput {
  at: number;
  nearStems: NearStems;
  /** By word, beside the candidates. */
  impacts: readonly Float64Array[];
}

/** Words that are being typed are judged as they are. */
function lateWords({ words, terms }: Plan, { at, nearStems, impacts }: LateInput): LateWord[] {
  return words.map(({ stems, weight, postings }, w) => {
    const near = nearStems.near(stems[0]!);
    // What the word itself is worth there is known, unless it stands for others too.
    const isKnown = postings[at] === terms.postings(stems[0]!, at);
    return isKnown ? { near: near.slice(1), weight, own: impacts[w]! } : { near, weight };
  });
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
