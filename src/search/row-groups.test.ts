import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { allBits } from "./bits.ts";
import { runToEnd } from "./in-slices.ts";
import { groupRows } from "./row-groups.ts";

interface Row {
  year: number;
  labels: number[];
}

function groupsOf(rows: readonly Row[]) {
  const labelStarts = new Int32Array(rows.length + 1);
  rows.forEach(({ labels }, i) => {
    labelStarts[i + 1] = labelStarts[i]! + labels.length;
  });
  const labelNumbers = Int32Array.from(rows.flatMap(({ labels }) => labels));
  const years = Int32Array.from(rows, ({ year }) => year);
  return runToEnd(groupRows({ years, labelStarts, labelNumbers }, rows.length));
}

const row = fc.record({
  year: fc.integer({ min: 2020, max: 2022 }),
  labels: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
});

test("two papers are in one group where year and labels are the same, and only there", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const { counter, examples } = groupsOf(rows);
      const { groupOf } = counter;
      const text = rows.map((one) => JSON.stringify([one.year, one.labels]));
      rows.forEach((_, a) => {
        expect(text[examples[groupOf[a]!]!]).toBe(text[a]);
      });
      expect(examples.length).toBe(new Set(text).size);
      const all = counter.count(allBits(rows.length)).counts;
      expect([...all]).toEqual(Array.from(examples, (a) => text.filter((other) => other === text[a]).length));
    }),
  );
});

test("as many groups as papers: the table grows and nothing is lost", () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => ({ year: 2000 + (i % 20), labels: [i] }));
  const { counter, examples } = groupsOf(rows);
  expect(counter.groupOf.every((group, i) => group === i)).toBe(true);
  expect(examples.length).toBe(3_000);
});
