import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fc } from "../../../test/support/properties.ts";
import { openRandom } from "../../lib/random.ts";
import { DiskRows, keptRows, type RowStore } from "./row-store.ts";
import { openShelf, saveShelf } from "./vector-files.ts";
import { VectorSegment } from "./vector-segment.ts";
import { VectorShelf } from "./vector-shelf.ts";
import { cosinesAt, nearestVectors, prepareQuery } from "./vectors.ts";

const dimension = 32;
const root = mkdtempSync(join(tmpdir(), "broadsheet-rows-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const openRows = () => new DiskRows(join(root, "made", "here"), dimension);

function vectorOf(seed: number): Float32Array {
  const random = openRandom(seed);
  return Float32Array.from({ length: dimension }, () => random.normal());
}

/** Reads counted, to see that a scan fetches its candidates only. */
class CountedRows implements RowStore {
  readonly inner = openRows();
  fetched = 0;

  append(rows: Int8Array): void {
    this.inner.append(rows);
  }

  read(places: ArrayLike<number>, to: Int8Array): void {
    this.fetched += places.length;
    this.inner.read(places, to);
  }
}

test("rows on disk come back, in any order and however often", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      (batches, wanted) => {
        const store = openRows();
        const all: number[] = [];
        for (const count of batches) {
          const rows = Int8Array.from({ length: count * dimension }, (_, i) => (all.length + i * 7) % 251);
          store.append(rows);
          all.push(...rows);
        }
        const places = wanted.map((n) => n % (all.length / dimension));
        const to = new Int8Array(places.length * dimension);
        store.read(places, to);
        const expected = places.flatMap((place) => all.slice(place * dimension, (place + 1) * dimension));
        expect([...to]).toEqual(expected);
        const kept = new Int8Array(to.length);
        keptRows(Int8Array.from(all), dimension).read(places, kept);
        expect([...kept]).toEqual(expected);
      },
    ),
    { numRuns: 30 },
  );
});

test("the file has no name, so that nothing is left of it, and says where it ends", () => {
  const store = openRows();
  store.append(new Int8Array(dimension));
  expect(readdirSync(join(root, "made", "here"))).toEqual([]);
  expect(() => store.read([1], new Int8Array(dimension))).toThrow(RangeError);
});

describe("a segment with its rows on disk", () => {
  test("answers as one with its rows in memory, while it grows", () => {
    const store = new CountedRows();
    const [kept, onDisk] = [new VectorSegment(dimension), new VectorSegment(dimension, 0, store)];
    const source = new VectorSegment(dimension);
    for (let i = 0; i < 3_100; i++) source.append(i % 11 === 5 ? null : vectorOf(i));
    const { rows, factors } = source.stored();
    for (const segment of [kept, onDisk]) {
      for (let i = 0; i < 900; i++) segment.append(i % 11 === 5 ? null : vectorOf(i));
      // More than are fetched at once, and more than there was room for.
      segment.appendStored({ rows: rows.slice(900 * dimension), factors: factors.slice(900) });
    }
    for (let seed = 9_000; seed < 9_010; seed++) {
      const query = prepareQuery(vectorOf(seed));
      store.fetched = 0;
      const found = nearestVectors([onDisk], query, 20, { candidates: 100 });
      expect(found).toEqual(nearestVectors([kept], query, 20, { candidates: 100 }));
      expect(store.fetched).toBeLessThan(400);
      const places = Array.from({ length: 1_500 }, (_, i) => (i * 7_919) % 3_100);
      expect(cosinesAt(onDisk, query, places)).toEqual(cosinesAt(kept, query, places));
    }
    expect(onDisk.stored().factors).toEqual(kept.stored().factors);
    expect([...onDisk.stored(890, 2_950).rows]).toEqual([...kept.stored(890, 2_950).rows]);
    expect([...onDisk.rowAt(1_024)]).toEqual([...kept.rowAt(1_024)]);
  });
});

test("a shelf with its rows on disk is written and read as any other", async () => {
  const [kept, onDisk] = [new VectorShelf(dimension), new VectorShelf(dimension, 0, openRows)];
  for (const shelf of [kept, onDisk]) {
    for (let key = 0; key < 4_000; key++) {
      const vector = key % 9 === 4 ? null : vectorOf(key);
      shelf.set(key, { vector, stemLength: key });
    }
    shelf.remove(17);
    shelf.set(20, { vector: vectorOf(6_000), stemLength: 2 });
  }
  const folder = join(root, "vectors");
  await saveShelf(folder, onDisk, { modelId: "m", dimension, changeNumber: 5 });
  const [plain, again] = [openShelf(folder), openShelf(folder, openRows)].map((outcome) =>
    "opened" in outcome ? outcome.opened.shelf : null,
  );
  const query = prepareQuery(vectorOf(5_000));
  const expected = kept.nearest(query, 50);
  for (const shelf of [onDisk, plain!, again!]) {
    expect(shelf.nearest(query, 50)).toEqual(expected);
    expect([...shelf.rowOf(20)!]).toEqual([...kept.rowOf(20)!]);
    expect([shelf.rowOf(17), shelf.stemLengthOf(20)]).toEqual([null, 2]);
  }
  expect(again!.bytes).toBeLessThan(plain!.bytes);
});
