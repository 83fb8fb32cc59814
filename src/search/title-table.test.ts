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

test("is made piece by piece and finds the same meanwhile", () => {
  const hashes = Uint32Array.from({ length: 200_000 }, (_, i) => Math.imul(i % 70_000, 2_654_435_761) >>> 0);
  const table = new TitleTable(hashes);
  for (let i = 0; i < 12; i++) expect(table.find(hashes[5]!)).toEqual([5, 70_005, 140_005]);
  expect(table.find(hashes[69_999]!)).toEqual([69_999, 139_999]);
});
