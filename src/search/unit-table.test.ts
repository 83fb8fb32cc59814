import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { buildUnit } from "./unit.ts";
import { emptyHash, isExtra, mixHash, placeInUnit, UnitTable } from "./unit-table.ts";

function find(table: UnitTable, raw: string): number {
  const codes = Uint16Array.from({ length: raw.length + 2 }, (_, i) =>
    i === 0 ? 120 : raw.charCodeAt(i - 1),
  );
  let hash = emptyHash;
  for (let i = 0; i < raw.length; i++) hash = mixHash(hash, raw.charCodeAt(i));
  return table.find(codes, 1, raw.length + 1, hash);
}

/** What the table says that a unit stands for: stems in order, and other spellings with their places. */
function said(table: UnitTable, number: number) {
  const term = table.terms.data[number]!;
  if (term >= 0) return { stems: [table.stems[term]!], extras: [] };
  const start = ~term + 1;
  const count = table.several.data[start - 1]!;
  const all = Array.from({ length: count }, (_, i) => {
    const [stem, noted] = [table.several.data[start + 2 * i]!, table.several.data[start + 2 * i + 1]!];
    return { stem: table.stems[stem]!, at: placeInUnit(noted), isExtra: isExtra(noted) };
  });
  const stems = all.filter((one) => !one.isExtra);
  expect(stems.map(({ at }) => at)).toEqual(stems.map((_, i) => i));
  const extras = all.filter((one) => one.isExtra).map(({ stem, at }) => ({ stem, at }));
  return { stems: stems.map(({ stem }) => stem), extras };
}

const part = fc.constantFrom(
  "token",
  "level",
  "LongBench",
  "A²",
  "naïve",
  "representation",
  "x",
  "3.5",
  "𝐀",
  "LLMs",
);
const written = fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join("-").slice(0, 64));

test("a unit has one number, and the table says of it what buildUnit says", () => {
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 20 }), (raws) => {
      const table = new UnitTable();
      const numbers = new Map(raws.map((raw) => [raw, find(table, raw)]));
      expect(table.length).toBe(numbers.size);
      expect(new Set(numbers.values()).size).toBe(numbers.size);
      for (const [raw, number] of numbers) {
        expect(find(table, raw)).toBe(number);
        const { stems, extras, count } = buildUnit(raw);
        const sorted = extras.map(({ stem, at }) => ({ stem, at })).sort((a, b) => a.at - b.at);
        expect(said(table, number)).toEqual({ stems, extras: sorted });
        expect(table.countAt(number)).toBe(count);
        expect(table.unitAt(number)).toEqual(buildUnit(raw));
        const own = [...stems, ...extras.map(({ stem }) => stem)].map((stem) => table.findStem(stem));
        const held = [...table.stems.keys()].filter((stem) => table.holdsAny(number, new Set([-1, stem])));
        expect(held).toEqual([...new Set(own)].sort((a, b) => a - b));
      }
    }),
  );
});

test("units are told apart by what stands behind their beginning", () => {
  const table = new UnitTable();
  const long = ["a-very-long-unit-of-many-parts", "a-very-long-unit-of-many-pasts", "a-very-long-unit"];
  const numbers = long.map((raw) => find(table, raw));
  expect(new Set(numbers).size).toBe(3);
  expect(long.map((raw) => find(table, raw))).toEqual(numbers);
  expect(numbers.map((number) => table.unitAt(number).raw)).toEqual(long);
});

test("a unit of signs that each stand for several words takes all their places", () => {
  const table = new UnitTable();
  const raw = "\ufdfa".repeat(64);
  const { count } = buildUnit(raw);
  expect(count).toBeGreaterThan(2 * 64);
  expect(table.countAt(find(table, raw))).toBe(count);
  expect(table.unitAt(find(table, raw)).raw).toBe(raw);
});
