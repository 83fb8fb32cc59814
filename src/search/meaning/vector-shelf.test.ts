import { describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { openRandom } from "../../lib/random.ts";
import { addBit, type Bits, noBits } from "../bits.ts";
import { chunkSize, partSize, splitByChunk } from "./shelf-places.ts";
import { VectorShelf } from "./vector-shelf.ts";
import { prepareQuery } from "./vectors.ts";

const dimension = 32;

const entry = (vector: Float32Array | null) => ({ vector, stemLength: 1.5 });

function vectorOf(seed: number): Float32Array {
  const random = openRandom(seed);
  return Float32Array.from({ length: dimension }, () => random.normal());
}

const change = fc.oneof(
  fc.record({ kind: fc.constant("set"), key: fc.nat(30), seed: fc.nat(1000) }),
  fc.record({ kind: fc.constant("remove"), key: fc.nat(30), seed: fc.constant(0) }),
  fc.record({ kind: fc.constant("bare"), key: fc.nat(30), seed: fc.constant(0) }),
);

/** The shelf and what should be on it: key -> seed of its vector, null without one. */
function play(changes: { kind: string; key: number; seed: number }[]) {
  const shelf = new VectorShelf(dimension);
  const expected = new Map<number, number | null>();
  for (const { kind, key, seed } of changes) {
    if (kind === "remove") {
      shelf.remove(key);
      expected.delete(key);
    } else {
      shelf.set(key, entry(kind === "bare" ? null : vectorOf(seed)));
      expected.set(key, kind === "bare" ? null : seed);
    }
  }
  return { shelf, expected };
}

function tableOf(keys: readonly number[]): Bits {
  const table = noBits(Math.max(0, ...keys) + 1);
  for (const key of keys) addBit(table, key);
  return table;
}

describe("the shelf", () => {
  test("holds what was set last, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const { shelf, expected } = play(changes);
        expect(shelf.size).toBe(expected.size);
        const query = prepareQuery(vectorOf(5_000));
        const found = shelf.nearest(query, 100);
        expect(found.map(({ key }) => key).sort((a, b) => a - b)).toEqual(
          [...expected.keys()].sort((a, b) => a - b),
        );
        const keys = found.map(({ key }) => key);
        expect([...shelf.cosines(query, keys)]).toEqual(found.map(({ cosine }) => expect.closeTo(cosine, 6)));
        const places = found.map(({ at }) => at);
        expect(places).toEqual(keys.map((key) => shelf.placeOf(key)));
        expect(shelf.cosinesAt(query, places)).toEqual(shelf.cosines(query, keys));
        for (const [key, seed] of expected) {
          if (seed === null) expect(shelf.cosines(query, [key])[0]).toBe(0);
          else expect(shelf.cosines(prepareQuery(vectorOf(seed)), [key])[0]).toBeCloseTo(1, 2);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a paper that is not there has cosine 0 and no row", () => {
    const { shelf } = play([{ kind: "set", key: 3, seed: 1 }]);
    expect([...shelf.cosines(prepareQuery(vectorOf(1)), [9, 3])]).toEqual([0, expect.closeTo(1, 2)]);
    expect([...shelf.cosinesAt(prepareQuery(vectorOf(1)), [-1])]).toEqual([0]);
    expect([shelf.placeOf(9), shelf.placeOf(3)]).toEqual([-1, 0]);
    expect(shelf.rowOf(9)).toBeNull();
    expect(shelf.rowOf(3)?.length).toBe(dimension);
  });

  test("more are given beside those that are found surely, which stay what they are", () => {
    const shelf = new VectorShelf(dimension);
    for (let key = 0; key < 3_000; key++) shelf.set(key, entry(vectorOf(key)));
    const query = prepareQuery(vectorOf(5_000));
    const few = shelf.nearest(query, 100);
    const found = shelf.nearest(query, { count: 200, surely: 100 });
    expect(found.slice(0, 100)).toEqual(few);
    expect(new Set(found.map(({ key }) => key)).size).toBe(200);
    expect(found.slice(100).every(({ cosine }) => cosine <= few.at(-1)!.cosine)).toBe(true);
    // What was compared beyond the sure ones holds nearly all of the others too.
    const all = new Set(shelf.nearest(query, 1_000).map(({ key }) => key));
    expect(found.filter(({ key }) => all.has(key)).length).toBeGreaterThan(190);
  });

  test("of equally near papers those of the smallest keys are found, however they came", () => {
    const keys = Array.from({ length: 40 }, (_, key) => key);
    const orders = [keys, [...keys].reverse(), [...keys, 3, 0, 17]];
    const table = tableOf(keys);
    for (const filter of [
      undefined,
      { count: 40, has: () => true },
      { count: 40, has: () => true, table: () => table },
    ])
      for (const order of orders) {
        const shelf = new VectorShelf(dimension);
        for (const key of order) shelf.set(key, entry(vectorOf(key % 2)));
        const found = shelf.nearest(prepareQuery(vectorOf(1)), 24, filter).map(({ key }) => key);
        expect(found).toEqual([...keys.filter((key) => key % 2 === 1), 0, 2, 4, 6]);
      }
  });

  test("filters choose among the near", () => {
    const shelf = new VectorShelf(dimension);
    for (let key = 0; key < 50; key++) shelf.set(key, entry(vectorOf(key)));
    const query = prepareQuery(vectorOf(7));
    expect(shelf.nearest(query, 1)[0]!.key).toBe(7);
    const late = { count: 9, has: (key: number) => key > 40 };
    expect(shelf.nearest(query, 3, late).every(({ key }) => key > 40)).toBe(true);
  });

  test("few accepted papers are compared one by one, with the same result", () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60 }),
        fc.uniqueArray(fc.nat(35)),
        fc.integer({ min: 1, max: 8 }),
        (changes, keys, k) => {
          const { shelf } = play(changes);
          const query = prepareQuery(vectorOf(5));
          const has = (key: number) => keys.includes(key);
          const scanned = { count: keys.length, has };
          const table = tableOf(keys);
          const listed = { count: keys.length, has: () => expect.unreachable(), table: () => table };
          const near = shelf.nearest(query, k, scanned);
          const found = shelf.nearest(query, k, listed);
          expect(found.map(({ key }) => key)).toEqual(near.map(({ key }) => key));
          found.forEach(({ cosine }, i) => {
            expect(cosine).toBeCloseTo(near[i]!.cosine, 6);
          });
        },
      ),
    );
  });

  test("more accepted papers than are compared one by one are found by the scan, without asking of any", () => {
    const shelf = new VectorShelf(dimension);
    const papers = 9_000;
    // Three runs of keys, the middle one before the others.
    for (const from of [3_000, 0, 6_000])
      for (let key = from; key < from + 3_000; key++) shelf.set(key, entry(vectorOf(key)));
    for (let key = 5; key < papers; key += 11) shelf.remove(key);
    const keys = Array.from({ length: papers }, (_, key) => key).filter((key) => key % 5 !== 2);
    const query = prepareQuery(vectorOf(70_000));
    const has = (key: number) => key % 5 !== 2 && key >= 0;
    const table = tableOf(keys);
    const found = shelf.nearest(query, 20, {
      count: keys.length,
      has: () => expect.unreachable(),
      table: () => table,
    });
    expect(found.length).toBe(20);
    expect(found.every(({ key }) => has(key) && key % 11 !== 5)).toBe(true);
    // Keys too large for a table: every paper is asked of.
    expect(shelf.nearest(query, 20, { count: keys.length, has, table: () => null })).toEqual(found);
  });

  test("stored chunks make the same shelf", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const { shelf } = play(changes);
        const copy = new VectorShelf(dimension);
        for (const number of shelf.listParts()) copy.addStored(number, shelf.readPart(number));
        const query = prepareQuery(vectorOf(1));
        expect(copy.nearest(query, 50)).toEqual(shelf.nearest(query, 50));
        expect(copy.listChangedParts()).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test("only changed parts are given out", () => {
    const { shelf } = play([{ kind: "set", key: 1, seed: 1 }]);
    expect(shelf.listChangedParts()).toEqual([0]);
    shelf.markWritten(0);
    expect(shelf.listChangedParts()).toEqual([]);
    shelf.remove(1);
    expect(shelf.listChangedParts()).toEqual([0]);
    for (let key = 0; key < partSize; key++) shelf.set(key, entry(null));
    shelf.markWritten(0);
    shelf.markWritten(1);
    shelf.set(partSize, entry(vectorOf(1)));
    expect(shelf.listChangedParts()).toEqual([1]);
    shelf.remove(3);
    expect(shelf.listChangedParts()).toEqual([0, 1]);
    expect(shelf.listParts()).toEqual([0, 1]);
  });

  test("a paper that stands twice in the files counts where it stands last", () => {
    const shelf = new VectorShelf(dimension);
    const rows = new Int8Array(2 * dimension).fill(1);
    rows.fill(-1, dimension);
    shelf.addStored(0, {
      keys: Float64Array.of(4, 4),
      rows,
      factors: Float32Array.of(1 / Math.sqrt(dimension), 1 / Math.sqrt(dimension)),
      stemLengths: Float32Array.of(1, 2),
    });
    expect([shelf.size, shelf.stemLengthOf(4)]).toEqual([1, 2]);
    expect(shelf.nearest(prepareQuery(new Float32Array(dimension).fill(-1)), 5)).toEqual([
      { key: 4, cosine: expect.closeTo(1, 5), at: 1 },
    ]);
  });

  test("parts that do not fit are refused", () => {
    const shelf = new VectorShelf(dimension);
    const part = {
      keys: Float64Array.of(4),
      rows: new Int8Array(dimension),
      factors: new Float32Array(1),
      stemLengths: new Float32Array(1),
    };
    expect(() => shelf.addStored(0, { ...part, factors: new Float32Array(2) })).toThrow("do not fit");
    expect(() => shelf.addStored(1, part)).toThrow("a part lacks");
  });

  test("gaps are closed when papers are replaced again and again", () => {
    const shelf = new VectorShelf(dimension);
    for (let key = 0; key < 10; key++) shelf.set(key, entry(vectorOf(key)));
    for (let round = 0; round < 30_000; round++) shelf.set(0, entry(vectorOf(round % 50)));
    const before = shelf.bytes;
    for (let round = 0; round < 30_000; round++) shelf.set(0, entry(vectorOf(round % 50)));
    expect(shelf.bytes).toBeLessThanOrEqual(before * 1.5);
    expect(shelf.size).toBe(10);
    expect(shelf.nearest(prepareQuery(vectorOf(3)), 1)[0]!.key).toBe(3);
  });

  test("papers change and are found while gaps are closed, some at a time", () => {
    const shelf = new VectorShelf(dimension);
    const expected = new Map<number, number>();
    const set = (key: number, seed: number) => {
      shelf.set(key, entry(vectorOf(seed)));
      expected.set(key, seed);
    };
    const remove = (key: number) => {
      shelf.remove(key);
      expected.delete(key);
    };
    const compare = (seed: number) => {
      const anew = new VectorShelf(dimension);
      for (const [key, own] of expected) anew.set(key, entry(vectorOf(own)));
      const near = (from: VectorShelf) =>
        from.nearest(prepareQuery(vectorOf(seed)), 40).map(({ key, cosine }) => [key, cosine]);
      expect(near(shelf)).toEqual(near(anew));
      expect(shelf.size).toBe(expected.size);
      for (const key of expected.keys()) expect(shelf.rowOf(key)).toEqual(anew.rowOf(key));
    };
    // Those that stay lie before the gaps, so that they are looked at first.
    const removed = chunkSize / 4 + 1;
    for (let key = 0; key < removed + 600; key++) set(key, key % 97);
    for (let key = 0; key < removed; key++) remove(600 + key);
    const random = openRandom(4);
    let changes = 0;
    for (; shelf.rebuilds === 0; changes++) {
      const key = random.below(900);
      if (random.below(3) === 0) remove(key);
      else set(key, random.below(1_000));
      if (changes % 90 === 0) compare(changes);
    }
    // Not at once, and as long as it takes to look at all places.
    expect(changes).toBeGreaterThan(200);
    compare(1);
    for (let i = 0; i < 50; i++) set(random.below(900), i);
    compare(2);
  });
});

test("places are split by chunk, and what is nowhere is left out", () => {
  expect(splitByChunk([chunkSize + 3, 5, -1, 7, 2 * chunkSize], 3)).toEqual([
    { places: [5, 7], at: [1, 3] },
    { places: [3], at: [0] },
    { places: [0], at: [4] },
  ]);
});
