import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { openRandom } from "../../lib/random.ts";
import { addBit, noBits } from "../bits.ts";
import { makeSignTables } from "./sign-tables.ts";
import { factorOf, VectorSegment } from "./vector-segment.ts";
import { candidatesFor, cosinesAt, nearestVectors, prepareQuery } from "./vectors.ts";

const dimension = 32;
const all = { candidates: Number.MAX_SAFE_INTEGER };

function randomVector(seed: number, d = dimension): Float32Array {
  const random = openRandom(seed, d);
  return Float32Array.from({ length: d }, () => random.normal());
}

function segmentsOf(vectors: (Float32Array | null)[], parts: number): VectorSegment[] {
  const segments = Array.from({ length: parts }, () => new VectorSegment(dimension));
  for (const [i, vector] of vectors.entries()) segments[i % parts]!.append(vector);
  return segments;
}

/** Cosine of the rows of bytes, by the definition. */
function naiveCosine(segment: VectorSegment, place: number, query: Int8Array): number {
  const row = segment.rowAt(place);
  const product = row.reduce((sum, value, i) => sum + value * query[i]!, 0);
  return product * Math.fround(factorOf(row)) * factorOf(query);
}

/** The sum of the entries that the signs of a vector choose. */
function naiveEstimate(tables: Uint8Array, vector: ArrayLike<number>): number {
  let sum = 0;
  for (let g = 0; g < vector.length / 4; g++) {
    let entry = 0;
    for (let i = 0; i < 4; i++) if (vector[g * 4 + i]! > 0) entry |= 1 << i;
    sum += tables[g * 16 + entry]!;
  }
  return sum;
}

describe("nearest vectors", () => {
  const shape = fc.record({
    count: fc.integer({ min: 0, max: 90 }),
    parts: fc.integer({ min: 1, max: 4 }),
    k: fc.integer({ min: 1, max: 20 }),
    seed: fc.integer(),
    without: fc.nat(9),
  });

  test("when every document is a candidate they are those of a naive scan", () => {
    fc.assert(
      fc.property(shape, ({ count, parts, k, seed, without }) => {
        const vectors = Array.from({ length: count }, (_, i) =>
          i % 10 === without ? null : randomVector(seed + i),
        );
        const segments = segmentsOf(vectors, parts);
        const query = prepareQuery(randomVector(seed - 1));
        const expected = segments
          .flatMap((held, segment) =>
            Array.from({ length: held.size }, (_, place) => ({
              segment,
              place,
              cosine: naiveCosine(held, place, query.bytes),
            })),
          )
          .sort((a, b) => b.cosine - a.cosine || a.segment - b.segment || a.place - b.place)
          .slice(0, k);
        const found = nearestVectors(segments, query, k, all);
        expect(found.map(({ cosine }) => cosine)).toEqual(
          expected.map(({ cosine }) => expect.closeTo(cosine, 5)),
        );
        expect(found.length).toBe(Math.min(k, count));
      }),
      { numRuns: 60 },
    );
  });

  test("the signs lead to nearly all of them: 3,000 clustered vectors, a tenth as candidates", () => {
    const segment = new VectorSegment(256);
    for (let i = 0; i < 3_000; i++) {
      const centre = randomVector(i % 40, 256);
      const own = randomVector(10_000 + i, 256);
      segment.append(centre.map((value, c) => value + 0.8 * own[c]!));
    }
    let found = 0;
    for (let q = 0; q < 20; q++) {
      const query = prepareQuery(
        randomVector(q, 256).map((value, c) => value + randomVector(777 + q, 256)[c]!),
      );
      const exact = new Set(nearestVectors([segment], query, 20, all).map(({ place }) => place));
      const quick = nearestVectors([segment], query, 20, { candidates: 300 });
      found += quick.filter(({ place }) => exact.has(place)).length;
    }
    expect(found / 400).toBeGreaterThan(0.98);
  });

  test("few candidates are those of the largest estimates, also where the first of many documents tell nothing of the others", () => {
    const scattered = fc.record({
      count: fc.integer({ min: 1, max: 700 }),
      parts: fc.integer({ min: 1, max: 3 }),
      candidates: fc.integer({ min: 1, max: 120 }),
      seed: fc.integer(),
      order: fc.constantFrom("any", "rising", "falling"),
    });
    fc.assert(
      fc.property(scattered, ({ count, parts, candidates, seed, order }) => {
        const query = prepareQuery(randomVector(seed - 1));
        const tables = makeSignTables(query.bytes);
        const vectors = Array.from({ length: count }, (_, i) => randomVector(seed + i));
        const estimate = (vector: ArrayLike<number>) => naiveEstimate(tables, vector);
        if (order !== "any") vectors.sort((a, b) => estimate(a) - estimate(b));
        if (order === "falling") vectors.reverse();
        const segments = segmentsOf(vectors, parts);
        const documents = segments.flatMap((held, segment) =>
          Array.from({ length: held.size }, (_, place) => ({
            segment,
            place,
            own: estimate(held.rowAt(place)),
          })),
        );
        const least = documents.map(({ own }) => own).sort((a, b) => b - a)[candidates - 1] ?? 0;
        const found = nearestVectors(segments, query, count, { candidates });
        const expected = documents.filter(({ own }) => own >= least);
        const where = (list: { segment: number; place: number }[]) =>
          list.map(({ segment, place }) => `${segment}:${place}`).sort();
        expect(where(found)).toEqual(where(expected));
      }),
      { numRuns: 60 },
    );
  });

  test("the same documents are found however they lie, and whatever was removed beside them", () => {
    const vectors = Array.from({ length: 900 }, (_, i) => randomVector(i));
    const order = vectors.map((_, i) => (i * 7) % 900);
    const query = prepareQuery(randomVector(77_777));
    // Few candidates: which they are is told by estimates.
    const near = { candidates: 60 };
    const whole = nearestVectors(segmentsOf(vectors, 1), query, 40, near).map(({ place }) => place);
    const spread = new VectorSegment(dimension);
    const gone: number[] = [];
    for (const [i, own] of order.entries()) {
      if (i % 5 === 0) gone.push(spread.append(randomVector(10_000 + i)));
      spread.append(vectors[own]!);
    }
    const places = order.map((own, i) => [i + Math.floor(i / 5) + 1, own] as const);
    const ownOf = new Map(places);
    const found = nearestVectors([spread], query, 40, { ...near, gone: () => gone });
    expect(found.map(({ place }) => ownOf.get(place))).toEqual(whole);
  });

  test("cosines are near those of the vectors as given", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const [a, b] = [randomVector(seed), randomVector(seed + 1)];
        const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
        const [found] = nearestVectors(segmentsOf([b], 1), prepareQuery(a), 1);
        expect(found!.cosine).toBeCloseTo(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), 1);
      }),
    );
  });

  test("what is not accepted is passed over, the next ones stand in", () => {
    const vectors = Array.from({ length: 40 }, (_, i) => randomVector(i));
    const segments = segmentsOf(vectors, 2);
    const query = prepareQuery(randomVector(99));
    const even = (segment: number) => {
      const places = noBits(segments[segment]!.size);
      for (let place = 0; place < segments[segment]!.size; place += 2) addBit(places, place);
      return places;
    };
    const found = nearestVectors(segments, query, 5, { ...all, accepts: even });
    const expected = nearestVectors(segments, query, 40, all)
      .filter(({ place }) => place % 2 === 0)
      .slice(0, 5);
    expect(found).toEqual(expected);
    expect(nearestVectors(segments, query, 5, { accepts: () => noBits(40) })).toEqual([]);
  });

  test("whatever is accepted, few candidates are those of the largest estimates among it", () => {
    const drawn = fc.record({
      count: fc.integer({ min: 1, max: 300 }),
      accepted: fc.uniqueArray(fc.nat(299)),
      candidates: fc.integer({ min: 1, max: 60 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(drawn, ({ count, accepted, candidates, seed }) => {
        const query = prepareQuery(randomVector(seed - 1));
        const tables = makeSignTables(query.bytes);
        const [segment] = segmentsOf(
          Array.from({ length: count }, (_, i) => randomVector(seed + i)),
          1,
        );
        const places = noBits(count);
        const held = accepted.filter((place) => place < count);
        for (const place of held) addBit(places, place);
        const own = (place: number) => naiveEstimate(tables, segment!.rowAt(place));
        const least = held.map(own).sort((a, b) => b - a)[candidates - 1] ?? 0;
        const found = nearestVectors([segment!], query, count, { candidates, accepts: () => places });
        const expected = held.filter((place) => own(place) >= least).sort((a, b) => a - b);
        expect(found.map(({ place }) => place).sort((a, b) => a - b)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test("a query of zeros, no segments, none wanted: nothing", () => {
    const segments = segmentsOf([randomVector(1)], 1);
    expect(nearestVectors(segments, prepareQuery(new Float32Array(dimension)), 5)).toEqual([]);
    expect(nearestVectors([], prepareQuery(randomVector(1)), 5)).toEqual([]);
    expect(nearestVectors(segments, prepareQuery(randomVector(1)), 0)).toEqual([]);
    expect(nearestVectors([new VectorSegment(dimension)], prepareQuery(randomVector(1)), 5)).toEqual([]);
  });

  test("equal vectors keep the order of their places", () => {
    const same = randomVector(4);
    const found = nearestVectors(segmentsOf([same, same, same, same], 2), prepareQuery(same), 4);
    expect(found.map(({ segment, place }) => [segment, place])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    for (const { cosine } of found) expect(cosine).toBeCloseTo(1, 5);
  });

  test("cosines at given places, more of them than the segment has room for at once", () => {
    const segment = segmentsOf([randomVector(1), null, randomVector(3)], 1)[0]!;
    const query = prepareQuery(randomVector(5));
    const places = Array.from({ length: 3_000 }, (_, i) => i % 3);
    const found = cosinesAt(segment, query, places);
    expect(found.length).toBe(3_000);
    for (const i of [0, 1, 2, 2_999])
      expect(found[i]!).toBeCloseTo(naiveCosine(segment, places[i]!, query.bytes), 5);
    expect(found[1]).toBe(0);
  });

  test("more wanted, more documents: more candidates", () => {
    expect(candidatesFor(20, 1_000)).toBe(800);
    expect(candidatesFor(500, 1_000)).toBe(4_000);
    expect(candidatesFor(20, 1_000_000)).toBe(5_000);
    expect(candidatesFor(20, 4_000_000)).toBe(10_000);
  });
});

describe("a segment", () => {
  test("grows and keeps what it holds", () => {
    const segment = new VectorSegment(dimension);
    const vectors = Array.from({ length: 2_500 }, (_, i) => randomVector(i));
    for (const [i, vector] of vectors.entries()) expect(segment.append(vector)).toBe(i);
    for (const i of [0, 1_023, 1_024, 2_499]) {
      const [found] = nearestVectors([segment], prepareQuery(vectors[i]!), 1);
      expect(found!.place).toBe(i);
    }
  });

  test("a document without a vector is near nothing, also where a search has left its figures before the memory grew", () => {
    const segment = new VectorSegment(dimension);
    for (let i = 0; i < 1_024; i++) segment.append(randomVector(i));
    nearestVectors([segment], prepareQuery(randomVector(3)), 1_024);
    while (segment.size < 2_048) segment.append(null);
    expect([...segment.stored().factors.subarray(1_024)].every((factor) => factor === 0)).toBe(true);
    expect([...segment.stored().rows.subarray(1_024 * dimension)].every((byte) => byte === 0)).toBe(true);
  });

  test("signs are the same whether documents come one by one or together, at any place of a block", () => {
    const vectors = Array.from({ length: 1_300 }, (_, i) => randomVector(i));
    const single = segmentsOf(vectors, 1)[0]!;
    const { rows, factors } = single.stored();
    const together = new VectorSegment(dimension);
    for (const [from, to] of [
      [0, 5],
      [5, 21],
      [21, 1_300],
    ] as const)
      together.appendStored({
        rows: rows.slice(from * dimension, to * dimension),
        factors: factors.slice(from, to),
      });
    for (let seed = 5_000; seed < 5_010; seed++) {
      const query = prepareQuery(randomVector(seed));
      // Few candidates: which they are is told by the signs alone.
      const found = nearestVectors([together], query, 20, { candidates: 20 });
      expect(found).toEqual(nearestVectors([single], query, 20, { candidates: 20 }));
    }
  });

  test("stored and taken up again it answers the same", () => {
    const segment = segmentsOf(
      Array.from({ length: 50 }, (_, i) => (i === 7 ? null : randomVector(i))),
      1,
    )[0]!;
    const { rows, factors } = segment.stored();
    const copy = new VectorSegment(dimension);
    copy.appendStored({ rows: rows.slice(), factors: factors.slice() });
    const query = prepareQuery(randomVector(1_000));
    expect(nearestVectors([copy], query, 50)).toEqual(nearestVectors([segment], query, 50));
    expect(() => copy.appendStored({ rows: new Int8Array(5), factors: new Float32Array(1) })).toThrow(
      RangeError,
    );
  });
});

describe("sign tables", () => {
  test("the entries a document chooses rise with the product of query and signs", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const query = randomVector(seed);
        const tables = makeSignTables(query);
        const span = query.reduce((sum, value) => sum + Math.abs(value), 0);
        const widest = Math.max(
          ...Array.from({ length: 8 }, (_, g) =>
            query.subarray(g * 4, g * 4 + 4).reduce((s, v) => s + 2 * Math.abs(v), 0),
          ),
        );
        const signs = randomVector(seed + 1).map((value) => (value > 0 ? 1 : -1));
        let estimate = 0;
        for (let g = 0; g < dimension / 4; g++) {
          let entry = 0;
          for (let i = 0; i < 4; i++) if (signs[g * 4 + i] === 1) entry |= 1 << i;
          estimate += tables[g * 16 + entry]!;
        }
        const product = query.reduce((sum, value, i) => sum + value * signs[i]!, 0);
        // Each of the eight groups is off by at most half a step.
        expect(Math.abs((estimate * widest) / 63 - span - product)).toBeLessThanOrEqual((4.01 * widest) / 63);
      }),
    );
  });

  test("no entry is above 63; a query of zeros has only zeros", () => {
    expect(Math.max(...makeSignTables(randomVector(3)))).toBe(63);
    expect(Math.max(...makeSignTables(new Float32Array(dimension)))).toBe(0);
  });
});
