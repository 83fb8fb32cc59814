import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { findLargest } from "./largest-bounds.ts";
import { boundOf, inTitle } from "./paper-list.ts";
import { makePostings } from "./postings.ts";
import { packLengths } from "./scoring.ts";

/** Short papers among ordinary ones. */
const posting = fc.record({
  code: fc.integer({ min: 1, max: 255 }),
  title: fc.oneof(fc.nat(4), fc.integer({ min: 3, max: 20 })),
  abstract: fc.oneof(fc.nat(40), fc.integer({ min: 25, max: 300 })),
});

test("the most a term can add is that of looking at every paper, of rare and of common terms", () => {
  fc.assert(
    fc.property(fc.array(posting, { minLength: 1, maxLength: 60 }), fc.constantFrom(1, 200), (list, step) => {
      const lengths = new Uint32Array(list.length * step);
      list.forEach(({ title, abstract }, i) => {
        lengths[i * step] = packLengths(title, abstract, 3);
      });
      const docs = Int32Array.from(list, (_, i) => i * step);
      const postings = makePostings(
        docs,
        Uint8Array.from(list, ({ code }) => code),
        lengths,
      );
      const bounds = list.map(({ code }, i) => ({ code, bound: boundOf(code, lengths[i * step]!) }));
      const most = (of: typeof bounds) => Math.max(0, ...of.map(({ bound }) => bound));
      expect(postings.table === null).toBe(step === 200);
      expect(findLargest(postings)).toEqual({
        all: most(bounds),
        untitled: most(bounds.filter(({ code }) => code < inTitle)),
        anyCode: bounds.reduce((any, { code }) => any | code, 0),
      });
    }),
  );
});
