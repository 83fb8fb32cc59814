import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { KeyPlaces } from "./key-places.ts";

const key = fc.oneof(fc.nat(40), fc.integer({ min: 500, max: 1_030 }), fc.constant(2 ** 40 + 7));
const step = fc.record({ key, place: fc.option(fc.nat(2 ** 31 - 3)) });

test("says of every key what a Map says, whatever was set and taken away before", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const places = new KeyPlaces();
      const expected = new Map<number, number>();
      for (const { key, place } of steps) {
        if (place === null) {
          places.delete(key);
          expected.delete(key);
        } else {
          places.set(key, place);
          expected.set(key, place);
        }
        expect(places.size).toBe(expected.size);
      }
      for (const { key } of [...steps, { key: 41 }, { key: 9_999 }])
        expect(places.get(key)).toBe(expected.get(key) ?? -1);
    }),
  );
});
