import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { allBits, forEachBit } from "./bits.ts";
import { makePostings } from "./postings.ts";
import { RemovedPapers } from "./removed-papers.ts";

const size = 400;
const papers = fc.uniqueArray(fc.nat(size - 1), { maxLength: 60 });

test("removed papers are counted among those of a term, whenever they went and however many hold it", () => {
  const property = fc.property(
    fc.array(papers, { minLength: 1, maxLength: 4 }),
    fc.array(papers, { minLength: 1, maxLength: 3 }),
    (batches, terms) => {
      const removed = new RemovedPapers();
      const gone = new Set<number>();
      for (const batch of batches) {
        for (const doc of batch) {
          removed.add(doc);
          gone.add(doc);
        }
        terms.forEach((held, term) => {
          const docs = Int32Array.from(held).sort();
          // Of so few papers that it is common, and of so many that it is not.
          for (const [kind, of] of [size, 100 * size].entries()) {
            const postings = makePostings(docs, new Uint8Array(docs.length).fill(4), new Uint32Array(of));
            const expected = held.filter((doc) => gone.has(doc)).length;
            expect(removed.countWith(2 * term + kind, () => postings)).toBe(expected);
          }
        });
      }
      const left = allBits(size);
      removed.dropFrom(left);
      const kept: number[] = [];
      forEachBit(left, (doc) => kept.push(doc));
      expect(kept).toEqual(Array.from({ length: size }, (_, doc) => doc).filter((doc) => !gone.has(doc)));
      const rising = [...gone].sort((a, b) => a - b);
      expect(removed.docs()).toEqual(rising);
      expect(removed.count).toBe(gone.size);
      expect(RemovedPapers.decode(removed.encode()).docs()).toEqual(rising);
      expect([0, size - 1, 10 * size].map((doc) => removed.has(doc))).toEqual(
        [0, size - 1, 10 * size].map((doc) => gone.has(doc)),
      );
    },
  );
  fc.assert(property);
});
