import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visitAll } from "./all-words.ts";
import { MostBeside } from "./most-beside.ts";
import { codeIn, makePostings, type Postings } from "./postings.ts";
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
}

/** What the papers gain beside their words: in the title more, and one paper of 100 is the very title. */
const beside = (codes: Uint8Array) => codes.reduce((sum, code) => sum + (code >= 64 ? 0.5 : 0.1), 0);
const titleBonus = (doc: number) => (doc % 100 === 0 ? 3 : 0);

function rank({ words, removed = new RemovedPapers(), depth }: Asked) {
  const top = new TopPapers(depth);
  const work = startWork();
  const weights = words.map((_, i) => 1 + i / 3);
  const scoreOf = (doc: number, codes: Uint8Array) =>
    weights.reduce((sum, weight, i) => sum + weight * impactOf(codes[i]!, lengths[doc]!), 0) +
    beside(codes) * (hashOf(doc, 7) % 2) +
    (codes.every((code) => code >= 64) ? titleBonus(doc) : 0);
  let offered = 0;
  const count = visitAll({
    words,
    weights,
    barred: removed,
    work,
    depth,
    threshold: () => top.threshold,
    beside: new MostBeside(words.length, beside),
    titleBonus,
    offer(doc, codes) {
      offered++;
      top.add({ score: scoreOf(doc, codes), segment: 0, doc, key: doc });
    },
  });
  return { count, offered, top: top.list(), scoreOf, work };
}

const specs = fc.array(
  fc.record({ every: fc.constantFrom(1, 2, 5, 40, 3000), salt: fc.integer({ min: 1, max: 50 }) }),
  { minLength: 1, maxLength: 12 },
);

describe("visitAll", () => {
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
          for (let doc = 0; doc < papers; doc++) {
            const codes = Uint8Array.from(words, (word) => codeIn(word, doc));
            if (!codes.includes(0) && !removed.has(doc)) all.push({ doc, score: scoreOf(doc, codes) });
          }
          expect(count).toBe(all.length);
          const best = all.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, depth);
          expect(top.map(({ doc }) => doc)).toEqual(best.map(({ doc }) => doc));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("looks closely at few of many", () => {
    const words = [2, 3].map((every, salt) => wordOf({ every, salt: salt + 1 }));
    const { count, offered, work } = rank({ words, depth: 20 });
    expect(count).toBeGreaterThan(5_000);
    expect(offered).toBeLessThan(count / 20);
    expect(work.postings).toBeLessThanOrEqual(2 * words[1]!.docs.length);
  });
});
