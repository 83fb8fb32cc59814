import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { openAcceptedKeys } from "./accepted-keys.ts";
import { addBit, countBits, listBits, noBits } from "./bits.ts";
import { KeyRuns } from "./key-runs.ts";
import type { Segment } from "./segment.ts";

const keys = fc.uniqueArray(
  fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
);

test("tells the keys of accepted papers from all others, small and large ones", () => {
  fc.assert(
    fc.property(keys, keys, fc.array(fc.boolean()), (one, other, drawn) => {
      const segments = [one, other.filter((key) => !one.includes(key))].map(
        (own) =>
          ({
            size: own.length,
            keyRuns: KeyRuns.of(own),
            keyOf: (doc) => own[doc]!,
          }) as Partial<Segment> as Segment,
      );
      const expected = new Set<number>();
      const accepted = segments.map((segment) => {
        const bits = noBits(segment.size);
        for (let doc = 0; doc < segment.size; doc++) {
          if (!drawn[doc % (drawn.length + 1)]) continue;
          addBit(bits, doc);
          expected.add(segment.keyOf(doc));
        }
        return bits;
      });
      const accepts = openAcceptedKeys(segments, accepted);
      expect(accepts.count).toBe(expected.size);
      const asked = [...one, ...other, 301, 2 ** 31, -1];
      for (const key of asked) expect(accepts.has(key)).toBe(expected.has(key));
      const table = accepts.table();
      const isLarge = [...one, ...other].some((key) => key > 2 ** 27);
      expect(table === null).toBe(isLarge);
      if (table) expect([...listBits(table, countBits(table))]).toEqual([...expected].sort((a, b) => a - b));
    }),
  );
});
