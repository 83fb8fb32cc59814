import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { visitComplete } from "./complete-papers.ts";
import { countHolders } from "./holders.ts";
import { codeIn } from "./paper-list.ts";
import type { Plan } from "./plan.ts";
import { makePostings, type Postings } from "./postings.ts";
import { RemovedPapers } from "./removed-papers.ts";
import { impactOf, packFrequencies, packLengths } from "./scoring.ts";
import { TopPapers } from "./top-papers.ts";
import { startWork } from "./work.ts";

const papers = 20_000;
const lengths = Uint32Array.from({ length: papers }, (_, doc) =>
  packLengths(4 + (doc % 9), 60 + (doc % 90), 8),
);
const hashOf = (doc: number, salt: number) => Math.imul(doc + 1, 0x9e3779b1 ^ (salt * 0x85ebca6b)) >>> 8;

/** A word in about one of `every` papers, of these in one of `titled` titles. */
function wordOf({ every, titled, salt }: { every: number; titled: number; salt: number }): Postings {
  const docs: number[] = [];
  const codes: number[] = [];
  for (let doc = 0; doc < papers; doc++) {
    const hash = hashOf(doc, salt);
    if (hash % every !== 0) continue;
    docs.push(doc);
    codes.push(packFrequencies(Number((hash >>> 5) % titled === 0), 1 + ((hash >>> 9) & 1), 0));
  }
  return makePostings(Int32Array.from(docs), Uint8Array.from(codes), lengths);
}

function planOf(words: readonly Postings[], counts: boolean): Plan {
  const weights = words.map((_, i) => 1 + i / 3);
  const pairs = {
    stems: words.map((_, i) => String(i)),
    weights: weights.slice(1),
    words: words.map((_, i) => i),
  };
  return {
    words: weights.map((weight) => ({ weight })),
    pairs,
    bonuses: { complete: 5 },
    counts,
  } as unknown as Plan;
}

/** Words in the title stand together in half of all papers. */
function rank(words: readonly Postings[], removed: RemovedPapers, depth: number, counts = true) {
  const plan = planOf(words, counts);
  const top = new TopPapers(depth);
  const work = startWork();
  const scoreOf = (doc: number) => {
    const codes = words.map((word) => codeIn(word, doc));
    let score = 5;
    plan.words.forEach(({ weight }, i) => {
      score += weight * impactOf(codes[i]!, lengths[doc]!);
    });
    plan.pairs.weights.forEach((weight, i) => {
      if (codes[i]! >= 64 && codes[i + 1]! >= 64 && hashOf(doc, 99) % 2 === 0) score += weight;
    });
    return score;
  };
  let offered = 0;
  const count = visitComplete(
    {
      plan,
      work,
      depth,
      threshold: () => top.threshold,
      pairsSpent: () => false,
      offer(segment, doc, { titled }) {
        offered++;
        if (titled) expect(words.every((word) => codeIn(word, doc) >= 64)).toBe(true);
        top.add({ score: scoreOf(doc), segment, doc, key: doc });
        return undefined;
      },
    },
    [{ segment: 0, words, barred: removed }],
  );
  return { count, offered, top: top.list(), work, scoreOf };
}

const specs = fc.array(
  fc.record({
    every: fc.constantFrom(1, 2, 5, 90),
    titled: fc.constantFrom(1, 3, 20),
    salt: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 1, maxLength: 11 },
);

describe("visitComplete", () => {
  test("counts all and finds the best, whether or not titles decide", () => {
    fc.assert(
      fc.property(
        specs,
        fc.array(fc.integer({ min: 0, max: papers - 1 })),
        fc.integer({ min: 1, max: 30 }),
        (list, gone, depth) => {
          const words = list.map(wordOf);
          const removed = new RemovedPapers(gone);
          const { count, top, scoreOf } = rank(words, removed, depth);
          const all: { key: number; score: number }[] = [];
          for (let doc = 0; doc < papers; doc++)
            if (!removed.has(doc) && words.every((word) => codeIn(word, doc) > 0))
              all.push({ key: doc, score: scoreOf(doc) });
          expect(count).toEqual({ papers: all.length, exact: true });
          const uncounted = rank(words, removed, depth, false);
          expect(uncounted.top).toEqual(top);
          expect(uncounted.count.papers).toBeLessThanOrEqual(all.length);
          expect(countHolders(words, removed, startWork())).toBe(all.length);
          const best = all.sort((a, b) => b.score - a.score || a.key - b.key).slice(0, depth);
          expect(top.map(({ key }) => key)).toEqual(best.map(({ key }) => key));
        },
      ),
      { numRuns: 25 },
    );
  });

  test("only counts the others where enough titles hold the words side by side", () => {
    const words = [2, 3].map((every, salt) => wordOf({ every, titled: 6, salt: salt + 1 }));
    const { count, offered, work } = rank(words, new RemovedPapers(), 20);
    expect(count.papers).toBeGreaterThan(2_000);
    expect(offered).toBeLessThan(100);
    const titled = words.reduce((sum, word) => sum + word.titled.docs.length, 0);
    expect(work.postings).toBeLessThanOrEqual(titled + papers / 32 + 1);
    const uncounted = rank(words, new RemovedPapers(), 20, false);
    expect(uncounted.work.postings).toBeLessThanOrEqual(titled);
    expect(uncounted.count.exact).toBe(false);
    expect(uncounted.count.papers).toBeLessThan(count.papers);
  });
});
