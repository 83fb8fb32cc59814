import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { openRandom } from "../lib/random.ts";
import { countLong } from "./bit-count.ts";
import { countBits, countInWord } from "./bits.ts";

test("sets of any length have as many bits as their words, one after another", () => {
  const shape = fc.record({
    length: fc.integer({ min: 0, max: 40_000 }),
    seed: fc.integer(),
    share: fc.nat(3),
  });
  fc.assert(
    fc.property(shape, ({ length, seed, share }) => {
      const random = openRandom(seed);
      const bits = Uint32Array.from({ length }, () =>
        random.below(4) <= share ? 2 * random.below(2 ** 31) + (share % 2) : 0,
      );
      const expected = bits.reduce((sum, word) => sum + countInWord(word), 0);
      expect(countBits(bits)).toBe(expected);
      expect(countLong(bits)).toBe(expected);
      expect(countLong(bits.subarray(length >> 1))).toBe(
        countBits(bits) - countBits(bits.slice(0, length >> 1)),
      );
    }),
    { numRuns: 40 },
  );
  expect(countLong(new Uint32Array(16_385).fill(0xffffffff))).toBe(16_385 * 32);
});
