import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { TitleTable } from "./title-table.ts";

const hash = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1));

test("finds the papers of a hash, as looking at all does", () => {
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 300 }), hash, (list, other) => {
      const table = new TitleTable(Uint32Array.from(list));
      for (const wanted of [...list, other]) {
        const all = list.flatMap((own, doc) => (own === wanted ? [doc] : []));
        expect(table.find(wanted)).toEqual(all);
      }
    }),
  );
});
