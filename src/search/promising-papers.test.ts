import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { PromisingPapers } from "./promising-papers.ts";

function gather(bounds: readonly number[]): PromisingPapers {
  const papers = new PromisingPapers();
  bounds.forEach((bound, doc) => {
    papers.add(doc % 3, doc, bound, doc % 7);
  });
  return papers;
}

const docOf = (papers: PromisingPapers, i: number) => papers.docs[papers.order[i]!]!;
const boundOf = (papers: PromisingPapers, i: number) => papers.bounds[papers.order[i]!]!;
const listed = (papers: PromisingPapers) => Array.from({ length: papers.count }, (_, i) => docOf(papers, i));

test("puts the best first, in order, and drops what is below", () => {
  const bound = fc.integer({ min: 0, max: 50 });
  fc.assert(
    fc.property(
      fc.array(bound, { maxLength: 700 }),
      fc.integer({ min: 1, max: 40 }),
      bound,
      (bounds, wanted, least) => {
        const papers = gather(bounds);
        papers.sort(wanted, least);
        expect(listed(papers).sort((a, b) => a - b)).toEqual(
          bounds.flatMap((own, doc) => (own >= least ? [doc] : [])),
        );
        expect(papers.sorted).toBeGreaterThanOrEqual(Math.min(wanted, papers.count));
        const own = listed(papers).map((_, i) => boundOf(papers, i));
        const best = own.slice(0, papers.sorted);
        expect(best).toEqual([...best].sort((a, b) => b - a));
        const step = (Math.max(0, ...own) - Math.min(50, ...own)) / 1_000;
        for (const other of own.slice(papers.sorted)) expect(other).toBeLessThanOrEqual(best.at(-1)! + step);
        for (let i = 0; i < papers.count; i++) {
          expect(boundOf(papers, i)).toBe(bounds[docOf(papers, i)]);
          expect(papers.segments[papers.order[i]!]).toBe(docOf(papers, i) % 3);
        }
        for (const _ of ["once", "and again"]) papers.dropPairs();
        for (let i = 0; i < papers.count; i++)
          expect(boundOf(papers, i)).toBe(bounds[docOf(papers, i)]! - (docOf(papers, i) % 7));
      },
    ),
  );
});

test("puts few in order of many that promise the same, and every better one", () => {
  const papers = gather(Array.from({ length: 5_000 }, (_, i) => (i % 1_000 === 999 ? 8 + i / 5_000 : 7)));
  papers.sort(20, 0);
  expect(papers.sorted).toBe(40);
  expect(Array.from({ length: 6 }, (_, i) => docOf(papers, i)).slice(0, 5)).toEqual([
    4_999, 3_999, 2_999, 1_999, 999,
  ]);
  expect(new Set(listed(papers)).size).toBe(5_000);
});

test("drops what is settled", () => {
  const papers = gather([1, 5, 3]);
  papers.sort(3, 0);
  papers.bounds[papers.order[0]!] = Number.NEGATIVE_INFINITY;
  papers.keep(Number.NEGATIVE_INFINITY);
  papers.sort(3, 0);
  expect(listed(papers)).toEqual([2, 0]);
});
