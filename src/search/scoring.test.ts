import { describe, expect, test } from "vitest";
import {
  fieldPartsOf,
  frequencyOf,
  impactOf,
  inverseDocumentFrequency,
  packFrequencies,
  packLength,
  packLengths,
} from "./scoring.ts";

/** BM25F by hand: field weights 6, 1, 3; length shares .5, .6, .3; pivots 10, 165, 12; saturation 1.4. */
function byHand(frequencies: number[], lengths: number[]): number {
  const sum =
    (6 * frequencies[0]!) / (0.5 + (0.5 * lengths[0]!) / 10) +
    frequencies[1]! / (0.4 + (0.6 * lengths[1]!) / 165) +
    (3 * frequencies[2]!) / (0.7 + (0.3 * lengths[2]!) / 12);
  return sum / (1.4 + sum);
}

describe("impactOf", () => {
  test.each([
    [
      [1, 0, 0],
      [10, 0, 0],
    ],
    [
      [0, 1, 0],
      [10, 120, 0],
    ],
    [
      [2, 5, 1],
      [7, 99, 12],
    ],
    [
      [0, 0, 3],
      [127, 127, 127],
    ],
  ])("frequencies %j in lengths %j", (frequencies, lengths) => {
    const code = packFrequencies(frequencies[0]!, frequencies[1]!, frequencies[2]!);
    const packed = packLengths(lengths[0]!, lengths[1]!, lengths[2]!);
    expect(impactOf(code, packed)).toBeCloseTo(byHand(frequencies, lengths), 6);
  });

  test("golden numbers", () => {
    const ordinary = packLengths(10, 110, 12);
    expect(impactOf(packFrequencies(1, 0, 0), ordinary)).toBeCloseTo(6 / 7.4, 6);
    // An abstract of two thirds of the pivot: 0.4 + 0.6 * 2 / 3 = 0.8.
    expect(impactOf(packFrequencies(0, 1, 0), ordinary)).toBeCloseTo(1.25 / 2.65, 6);
    expect(impactOf(packFrequencies(0, 0, 1), ordinary)).toBeCloseTo(3 / 4.4, 6);
    expect(impactOf(0, ordinary)).toBe(0);
  });

  test("grows with every frequency and falls with the length", () => {
    const short = packLengths(5, 80, 4);
    for (let frequency = 1; frequency < 15; frequency++) {
      expect(impactOf(packFrequencies(0, frequency + 1, 0), short)).toBeGreaterThan(
        impactOf(packFrequencies(0, frequency, 0), short),
      );
    }
    expect(impactOf(64, packLengths(5, 0, 0))).toBeGreaterThan(impactOf(64, packLengths(6, 0, 0)));
  });
});

describe("packing", () => {
  test("frequencies saturate by field", () => {
    const code = packFrequencies(9, 99, 9);
    expect([0, 1, 2].map((field) => frequencyOf(code, field))).toEqual([3, 15, 3]);
    expect([0, 1, 2].map((field) => frequencyOf(packFrequencies(1, 0, 2), field))).toEqual([1, 0, 2]);
  });

  test("lengths are exact below 128, then within a sixteenth of an octave, and never fall", () => {
    expect([0, 1, 64, 127].map(packLength)).toEqual([0, 1, 64, 127]);
    let before = 0;
    for (let length = 0; length < 30_000; length += 7) {
      const packed = packLength(length);
      expect(packed).toBeGreaterThanOrEqual(before);
      expect(packed).toBeLessThan(256);
      before = packed;
    }
  });
});

describe("inverseDocumentFrequency", () => {
  test("is above 0 even for a term in every paper, and falls with its papers", () => {
    expect(inverseDocumentFrequency(100, 100)).toBeGreaterThan(0);
    expect(inverseDocumentFrequency(1, 100)).toBeGreaterThan(inverseDocumentFrequency(2, 100));
    expect(inverseDocumentFrequency(10, 1000)).toBeCloseTo(Math.log(1 + 990.5 / 10.5), 10);
  });
});

test("parts of the fields are in proportion to what they bring, and add up to one where there is any", () => {
  const lengths = packLengths(10, 165, 12);
  expect(fieldPartsOf(packFrequencies(1, 0, 0), lengths)).toEqual([1, 0, 0]);
  const [title, abstract, authors] = fieldPartsOf(packFrequencies(1, 6, 2), lengths);
  expect([title, abstract, authors].map((part) => Math.round(part * 18))).toEqual([6, 6, 6]);
  expect(fieldPartsOf(0, lengths)).toEqual([0, 0, 0]);
});
