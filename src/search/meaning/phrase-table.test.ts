import { expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { PhraseTable } from "./phrase-table.ts";

test("finds what a map finds, and nothing else", () => {
  const key = fc.oneof(
    fc.nat(40),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fc.nat(9).map((i) => i * 65_536),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, fc.nat(1_000)), { maxLength: 60 }),
      fc.array(key),
      (entries, others) => {
        const table = new PhraseTable(entries);
        const map = new Map(entries);
        for (const asked of [...map.keys(), ...others]) expect(table.get(asked)).toBe(map.get(asked));
      },
    ),
  );
});
