import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { addBit, noBits } from "./bits.ts";
import { GroupCounter } from "./group-counter.ts";

const drawn = fc.array(fc.record({ group: fc.nat(9), isIn: fc.boolean() }), { maxLength: 300 });

test("papers of a set by group, as a walk over all papers counts them, whether few or most are in it", () => {
  fc.assert(
    fc.property(drawn, fc.constantFrom(0, 1, 5), (papers, rest) => {
      const groupOf = Int32Array.from(papers, ({ group }) => group);
      const sizes = new Int32Array(10);
      for (const group of groupOf) sizes[group]!++;
      const counter = new GroupCounter(groupOf, sizes);
      expect([...counter.groupOf]).toEqual([...groupOf]);
      // Twice: nothing of a count is left in the next. All, every fifth, or any.
      for (const shift of [0, 1]) {
        const set = noBits(papers.length);
        const expected = new Array<number>(10).fill(0);
        papers.forEach(({ group, isIn }, paper) => {
          const held = rest === 0 ? isIn : (paper + shift) % rest === 0;
          if (!held) return;
          addBit(set, paper);
          expected[group]!++;
        });
        const held = expected.reduce((sum, count) => sum + count, 0);
        const { counts, counted } = counter.count(set);
        expect([...counts]).toEqual(expected);
        expect(counted).toBe(Math.min(held, papers.length - held));
      }
    }),
  );
});

test("segments of different sizes are counted beside each other", () => {
  const [one, other] = [3, 100_000].map(
    (papers) => new GroupCounter(new Int32Array(papers).fill(1), Int32Array.of(0, papers)),
  );
  const set = noBits(100_000);
  addBit(set, 99_999);
  expect([...other!.count(set).counts]).toEqual([0, 1]);
  expect([...one!.count(Uint32Array.of(0b111)).counts]).toEqual([0, 3]);
  expect([...other!.count(noBits(100_000)).counts]).toEqual([0, 0]);
  expect(new GroupCounter(new Int32Array(0), new Int32Array(0)).count(noBits(0)).counted).toBe(0);
});
