import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { classBounds, classesOf } from "./length-classes.ts";
import { makeTable } from "./paper-table.ts";
import { packLengths } from "./scoring.ts";
import { WalkWindow, windowSize } from "./walk-window.ts";

const papers = 2 * windowSize + 77;
const lengths = Uint32Array.from({ length: papers }, (_, doc) =>
  packLengths(3 + (doc % 9), 40 + (doc % 83), 8),
);
const classes = classesOf(lengths);

const words = fc.array(
  fc.record({ every: fc.integer({ min: 1, max: 90 }), scale: fc.integer({ min: 1, max: 1_000_000 }) }),
  { minLength: 1, maxLength: 5 },
);

/** Papers a given number apart, so that the windows hold unlike many. */
function tableOf(every: number) {
  const docs = Int32Array.from({ length: Math.ceil(papers / every) }, (_, i) => i * every);
  return {
    docs,
    table: makeTable(docs, papers),
    codes: Uint8Array.from(docs, (doc) => 1 + ((doc * 7) % 255)),
  };
}

test("adds up bounds as one by one, in every window", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 0, max: 30_000_000 }), (list, least) => {
      const window = WalkWindow.open(classes);
      const sums = new Float64Array(papers);
      const tables = list.map(({ every }) => tableOf(every));
      tables.forEach(({ docs, codes }, w) => {
        docs.forEach((doc, i) => {
          sums[doc]! += list[w]!.scale * classBounds[(classes[doc]! << 8) | codes[i]!]!;
        });
      });
      for (let base = 0; base < papers; base += windowSize) {
        let held = 0;
        tables.forEach((word, w) => {
          const count = window.addTable(word, base, list[w]!.scale);
          expect(window.countIn(word, base)).toBe(count);
          held += count;
        });
        const own = [...sums.subarray(base, base + windowSize)];
        expect(held).toBe(
          tables.reduce(
            (sum, { docs }) => sum + docs.filter((doc) => doc >= base && doc < base + windowSize).length,
            0,
          ),
        );
        expect([...window.sums.subarray(0, own.length)]).toEqual(own);
        const left = own.flatMap((sum, slot) => (sum > 0 && sum >= least ? [slot] : []));
        if (base % 3 === 0) expect(window.drop(least)).toBe(left.length);
        expect(window.list(least)).toBe(left.length);
        expect([...window.touched.subarray(0, left.length)]).toEqual(left);
        expect([...window.sums].filter((sum) => sum !== 0)).toEqual(left.map((slot) => own[slot]));
        window.sums.fill(0);
      }
    }),
    { numRuns: 25 },
  );
});
