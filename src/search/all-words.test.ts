import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { AllWords } from "./all-words.ts";
import { MostBeside } from "./most-beside.ts";
import { codeIn } from "./paper-list.ts";
import { makePostings, type Postings } from "./postings.ts";
import { RemovedPapers } from "./removed-papers.ts";
import { impactOf, packFrequencies, packLengths } from "./scoring.ts";
import { TopPapers } from "./top-papers.ts";
import { startWork } from "./work.ts";

const papers = 40_000;
const lengths = Uint32Array.from({ length: papers }, (_, doc) =>
  packLengths(3 + (doc % 9), 40 + (doc % 83), 8),
);
const hashOf = (doc: number, salt: number) => Math.imul(doc + 1, 0x9e3779b1 ^ (salt * 0x85ebca6b)) >>> 8;

/** A word in about one of `every` papers. */
function wordOf({ every, salt }: { every: number; salt: number }): Postings {
  const docs: number[] = [];
  const codes: number[] = [];
  for (let doc = 0; doc < papers; doc++) {
    const hash = hashOf(doc, salt);
    if (hash % every !== 0) continue;
    docs.push(doc);
    codes.push(packFrequencies((hash >>> 5) & 1, (hash >>> 7) & 3, 1));
  }
  return makePostings(Int32Array.from(docs), Uint8Array.from(codes), lengths);
}

interface Asked {
  words: Postings[];
  removed?: RemovedPapers;
  depth: number;
  /** Of so many papers it is looked at what they gain beside their words. */
  reads?: number;
}

/** What the papers gain beside their words: in the title more, and some of them nothing of it. */
const beside = (codes: Uint8Array) => codes.reduce((sum, code) => sum + (code >= 64 ? 0.5 : 0.1), 0);
const bonus = 2;

/** The papers in segments that go on from one another. */
function rank({ words, removed = new RemovedPapers(), depth, reads = Infinity }: Asked, segments = 1) {
  const top = new TopPapers(depth);
  const work = startWork();
  const weights = words.map((_, i) => 1 + i / 3);
  const byWords = (doc: number, codes: Uint8Array) =>
    bonus + weights.reduce((sum, weight, i) => sum + weight * impactOf(codes[i]!, lengths[doc]!), 0);
  const scoreOf = (doc: number, codes: Uint8Array) =>
    byWords(doc, codes) + beside(codes) * (hashOf(doc, 7) % 2);
  const offered = new Set<number>();
  const all = new AllWords({
    weights,
    work,
    depth,
    threshold: () => top.threshold,
    beside: new MostBeside(words.length, (codes) => bonus + beside(codes)),
    bonus,
    pairsSpent: () => offered.size >= reads,
    offer(segment, doc) {
      expect(offered.has(doc * segments + segment)).toBe(false);
      const score = offered.size < reads ? scoreOf : byWords;
      offered.add(doc * segments + segment);
      const codes = Uint8Array.from(words, (word) => codeIn(word, doc));
      top.add({ score: score(doc, codes), segment, doc, key: doc * segments + segment });
      return undefined;
    },
  });
  let count = 0;
  for (let segment = 0; segment < segments; segment++)
    count += all.gather({ segment, words, barred: removed });
  all.finish();
  return { count, offered, top: top.list(), scoreOf, byWords, work };
}

function* holders(words: readonly Postings[]) {
  for (let doc = 0; doc < papers; doc++) {
    const codes = Uint8Array.from(words, (word) => codeIn(word, doc));
    if (!codes.includes(0)) yield { doc, codes };
  }
}

const specs = fc.array(
  fc.record({ every: fc.constantFrom(1, 2, 5, 40, 3000), salt: fc.integer({ min: 1, max: 50 }) }),
  { minLength: 1, maxLength: 12 },
);

describe("AllWords", () => {
  test("counts all and finds the best, as looking at every paper does", () => {
    fc.assert(
      fc.property(
        specs,
        fc.array(fc.integer({ min: 0, max: papers - 1 })),
        fc.integer({ min: 1, max: 30 }),
        (list, gone, depth) => {
          const words = list.map(wordOf);
          const removed = new RemovedPapers(gone);
          const { count, top, scoreOf } = rank({ words, removed, depth });
          const all: { doc: number; score: number }[] = [];
          for (const { doc, codes } of holders(words))
            if (!removed.has(doc)) all.push({ doc, score: scoreOf(doc, codes) });
          expect(count).toBe(all.length);
          const best = all.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, depth);
          expect(top.map(({ doc }) => doc)).toEqual(best.map(({ doc }) => doc));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("finds the best of several segments", () => {
    const words = [wordOf({ every: 40, salt: 3 }), wordOf({ every: 5, salt: 4 })];
    const one = rank({ words, depth: 10 });
    const three = rank({ words, depth: 30 }, 3);
    expect(three.count).toBe(3 * one.count);
    expect(three.top.map(({ doc }) => doc)).toEqual(one.top.flatMap(({ doc }) => [doc, doc, doc]));
    expect(three.offered.size).toBeLessThan(three.count);
  });

  test("looks at few once nothing is gained beside the words, and misses none that still could enter", () => {
    const words = [1, 2].map((every, salt) => wordOf({ every, salt: salt + 1 }));
    const [depth, reads] = [20, 25];
    const all = rank({ words, depth });
    const { offered, top, byWords } = rank({ words, depth, reads });
    expect(offered.size).toBeLessThan(all.offered.size);
    for (const { doc, codes } of holders(words))
      if (!offered.has(doc)) expect(byWords(doc, codes)).toBeLessThanOrEqual(top.at(-1)!.score);
  });

  test("looks closely at few of many", () => {
    const words = [2, 3].map((every, salt) => wordOf({ every, salt: salt + 1 }));
    const { count, offered, work } = rank({ words, depth: 20 });
    expect(count).toBeGreaterThan(5_000);
    expect(offered.size).toBeLessThan(count / 50);
    // Both are common: 32 papers at once.
    expect(work.postings).toBeLessThanOrEqual(papers / 32 + 1);
  });
});
