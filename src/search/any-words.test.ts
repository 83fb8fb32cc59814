import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { visitAny } from "./any-words.ts";
import { countBits } from "./bits.ts";
import { findAny, visitComplete } from "./match.ts";
import { codeIn } from "./paper-list.ts";
import { makePostings, type Postings } from "./postings.ts";
import { RemovedPapers } from "./removed-papers.ts";
import { impactOf, packFrequencies, packLengths } from "./scoring.ts";
import { TopPapers } from "./top-papers.ts";
import { startWork } from "./work.ts";

const papers = 10_000;
const lengths = Uint32Array.from({ length: papers }, (_, doc) =>
  packLengths(3 + (doc % 9), 40 + (doc % 83), 8),
);

/** A word in about one of `every` papers, by a multiplicative hash of the paper. */
function wordOf({ every, salt }: { every: number; salt: number }): Postings {
  const docs: number[] = [];
  const codes: number[] = [];
  for (let doc = 0; doc < papers; doc++) {
    const hash = Math.imul(doc + 1, 0x9e3779b1 ^ (salt * 0x85ebca6b)) >>> 8;
    if (hash % every !== 0) continue;
    docs.push(doc);
    codes.push(packFrequencies((hash >>> 5) & 1, 1 + ((hash >>> 7) & 3), 0));
  }
  return makePostings(Int32Array.from(docs), Uint8Array.from(codes), lengths);
}

const words = fc.array(
  fc.record({ every: fc.constantFrom(2, 5, 40, 300, 4000), salt: fc.integer({ min: 1, max: 50 }) }),
  { minLength: 1, maxLength: 7 },
);

function scoreOf(list: Postings[], weights: number[], doc: number): number {
  return list.reduce((sum, word, i) => sum + weights[i]! * impactOf(codeIn(word, doc), lengths[doc]!), 0);
}

describe("visitAny", () => {
  test("finds the best papers without scoring them all", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 30 }), (specs, wanted) => {
        const list = specs.map(wordOf);
        const weights = specs.map(({ every }) => Math.log(every));
        const top = new TopPapers(wanted);
        const work = startWork();
        visitAny({
          words: list,
          weights,
          lengths,
          work,
          threshold: () => top.threshold,
          offer: (doc, score) => top.add({ score, segment: 0, doc, key: doc }),
        });
        const all = Array.from(lengths, (_, doc) => scoreOf(list, weights, doc));
        const best = all.filter((score) => score > 0).sort((a, b) => b - a);
        const found = top.list();
        expect(found.length).toBe(Math.min(wanted, best.length));
        found.forEach(({ score, doc }, i) => {
          expect(score).toBeCloseTo(best[i]!, 9);
          expect(score).toBeCloseTo(all[doc]!, 9);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("scores a small part of what holds common words", () => {
    const list = [2, 5, 5, 40, 300].map((every, salt) => wordOf({ every, salt: salt + 1 }));
    const top = new TopPapers(10);
    const work = startWork();
    visitAny({
      words: list,
      weights: [0.7, 1.6, 1.6, 3.7, 5.7],
      lengths,
      work,
      threshold: () => top.threshold,
      offer: (doc, score) => top.add({ score, segment: 0, doc, key: doc }),
    });
    expect(work.scored).toBeLessThan(papers / 10);
  });
});

describe("visitComplete and findAny", () => {
  test("agree with looking at every paper", () => {
    fc.assert(
      fc.property(words, fc.array(fc.integer({ min: 0, max: papers - 1 })), (specs, gone) => {
        const list = specs.map(wordOf);
        const removed = new RemovedPapers(gone);
        const live = Array.from(lengths, (_, doc) => doc).filter((doc) => !removed.has(doc));
        const codesOf = (doc: number) => list.map((word) => codeIn(word, doc));
        const visited: [number, number[]][] = [];
        visitComplete(list, removed, startWork(), (doc, codes) => visited.push([doc, [...codes]]));
        const complete = live.filter((doc) => !codesOf(doc).includes(0));
        expect(visited).toEqual(complete.map((doc) => [doc, codesOf(doc)]));
        const any = Array.from(lengths, (_, doc) => doc).filter((doc) =>
          codesOf(doc).some((code) => code !== 0),
        );
        expect(countBits(findAny(list, papers, startWork()))).toBe(any.length);
      }),
      { numRuns: 40 },
    );
  });
});
