import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { addBit, addRange, type Bits, countBits, hasBit, listBits, noBits } from "./bits.ts";
import { KeyRuns } from "./key-runs.ts";

/** Keys by place; null: the place is left out. */
const runs = fc
  .array(fc.record({ first: fc.nat(400), length: fc.integer({ min: 1, max: 70 }), free: fc.boolean() }), {
    maxLength: 8,
  })
  .map((drawn) => {
    const known = new Set<number>();
    return drawn.flatMap(({ first, length, free }) =>
      Array.from({ length }, (_, i) => {
        const key = first + i;
        if ((free && i % 3 === 1) || known.has(key)) return null;
        known.add(key);
        return key;
      }),
    );
  });

const drawnBits = fc.array(fc.boolean(), { minLength: 1, maxLength: 600 });

function bitsOf(size: number, has: (place: number) => boolean): Bits {
  const bits = noBits(size);
  for (let place = 0; place < size; place++) if (has(place)) addBit(bits, place);
  return bits;
}

function openRuns(keys: readonly (number | null)[]): KeyRuns {
  const opened = new KeyRuns();
  keys.forEach((key, place) => {
    if (key !== null) opened.add(place, key);
  });
  return opened;
}

test("places whose keys are in a set, as a walk over the keys finds them", () => {
  fc.assert(
    fc.property(runs, drawnBits, (keys, drawn) => {
      const wanted = bitsOf(drawn.length, (key) => drawn[key]!);
      const places = noBits(keys.length);
      openRuns(keys).addPlaces(wanted, places, keys.length);
      keys.forEach((key, place) => {
        if (key !== null) expect(hasBit(places, place)).toBe(drawn[key] ?? false);
      });
    }),
  );
});

test("keys of a set of places, as a walk over the places finds them", () => {
  fc.assert(
    fc.property(runs, drawnBits, (given, drawn) => {
      const keys = given.filter((key) => key !== null);
      const places = bitsOf(keys.length, (place) => drawn[place % drawn.length]!);
      const opened = KeyRuns.of(keys);
      expect(opened.largest).toBe(Math.max(-1, ...keys));
      const found = noBits(opened.largest + 1);
      opened.addKeys(places, found, keys.length);
      const expected = keys.filter((_, place) => hasBit(places, place)).sort((a, b) => a - b);
      expect([...listBits(found, countBits(found))]).toEqual(expected);
    }),
  );
});

test("keys beyond 2^31 make runs too", () => {
  const opened = KeyRuns.of([2 ** 32 - 2, 2 ** 32 - 1, 7]);
  expect(opened.largest).toBe(2 ** 32 - 1);
  const places = noBits(3);
  opened.addPlaces(
    bitsOf(8, (key) => key === 7),
    places,
    3,
  );
  expect([...listBits(places, 1)]).toEqual([2]);
});

test("a range of one set is added to another from any bit to any bit; what lies behind an end is left out", () => {
  const range = fc.record({ from: drawnBits, to: fc.nat(200), at: fc.nat(620), count: fc.nat(300) });
  fc.assert(
    fc.property(drawnBits, range, (before, { from, to, at, count }) => {
      const bits = bitsOf(before.length, (place) => before[place]!);
      addRange(bits, to, { from: bitsOf(from.length, (place) => from[place]!), at, count });
      const end = 32 * bits.length;
      const expected = Array.from({ length: end }, (_, place) => {
        const i = place - to;
        return (before[place] ?? false) || (i >= 0 && i < count && (from[at + i] ?? false));
      });
      expect(Array.from({ length: end }, (_, place) => hasBit(bits, place))).toEqual(expected);
    }),
  );
});
