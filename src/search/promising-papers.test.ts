import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { PromisingPapers } from "./promising-papers.ts";

function gather(bounds: readonly number[]): PromisingPapers {
  const papers = new PromisingPapers();
  bounds.forEach((bound, doc) => {
    papers.add(doc % 3, doc, bound);
  });
  return papers;
}

const listed = (papers: PromisingPapers) => Array.from({ length: papers.count }, (_, i) => papers.doc(i));

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
        const own = listed(papers).map((_, i) => papers.bound(i));
        const best = own.slice(0, papers.sorted);
        expect(best).toEqual([...own].sort((a, b) => b - a).slice(0, papers.sorted));
        for (let i = 0; i < papers.count; i++) {
          expect(papers.bound(i)).toBe(bounds[papers.doc(i)]);
          expect(papers.segment(i)).toBe(papers.doc(i) % 3);
        }
      },
    ),
  );
});

test("drops what is settled", () => {
  const papers = gather([1, 5, 3]);
  papers.sort(3, 0);
  papers.settle(0);
  papers.keep(Number.NEGATIVE_INFINITY);
  papers.sort(3, 0);
  expect(listed(papers)).toEqual([2, 0]);
});
