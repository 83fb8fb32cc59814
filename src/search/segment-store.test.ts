import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { IndexDamage } from "./damage.ts";
import { IndexFolder } from "./index-folder.ts";
import { LiveSegment } from "./live-segment.ts";
import { chooseMerge, chooseRest, defaultTuning, type Mergeable, mostMergedBytes } from "./merge-policy.ts";
import { makePostings } from "./postings.ts";
import { RemovedPapers } from "./removed-papers.ts";
import { SegmentStore } from "./segment-store.ts";

function liveWith(keys: number[]): LiveSegment {
  const live = new LiveSegment();
  for (const key of keys)
    live.add({ key, id: `id-${key}`, title: `Token ${key}`, abstract: "", authors: [] });
  return live;
}

function newStore(): SegmentStore {
  return new SegmentStore({ folder: null, tuning: { sealAt: 4, fanIn: 2 }, cacheBytes: 1 << 20 });
}

function stepUntil(store: SegmentStore, done: () => boolean): void {
  for (let steps = 0; !done(); steps++) {
    if (steps > 10_000 || !store.step()) throw new Error("the work ended too soon");
  }
}

describe("SegmentStore", () => {
  test("papers removed while their segment is being sealed or merged stay removed", () => {
    const store = newStore();
    const first = liveWith([1, 2, 3]);
    store.full.push(first);
    store.step();
    first.remove(first.findKey(2));
    stepUntil(store, () => store.finished.length === 1);
    // Its memory is not left to the collector.
    expect(first.postings.records.data.length).toBe(0);
    expect(store.finished[0]!.findKey(2)).toBe(-1);
    expect(store.finished[0]!.removed.count).toBe(1);

    const second = liveWith([4, 5, 6]);
    store.full.push(second);
    stepUntil(store, () => store.finished.length === 2);
    store.step();
    store.finished[1]!.remove(store.finished[1]!.findKey(5));
    stepUntil(store, () => store.finished.length === 1);
    const [merged] = store.finished;
    expect([1, 2, 3, 4, 5, 6].map((key) => merged!.findKey(key) >= 0)).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
    ]);
    // Paper 2 was gone before the merge began and is not in it; paper 5 went during it.
    expect({ size: merged!.size, removed: merged!.removed.count }).toEqual({ size: 5, removed: 1 });
    expect(merged!.countPapers(merged!.findTerm("token"))).toBe(4);
  });

  test("what facets count by is found before a new segment takes its place, and none of its pages is kept", () => {
    const store = newStore();
    for (const keys of [
      [1, 3],
      [2, 4],
    ]) {
      store.full.push(liveWith(keys));
      stepUntil(store, () => store.full.length === 0);
    }
    stepUntil(store, () => store.finished.length === 1);
    const { columns } = store.finished[0]!;
    expect(columns.findGroups!().next()).toEqual({ done: true, value: columns.groups!() });
    expect(store.caches.pages.bytes).toBe(0);
  });

  test("a segment of which nothing is left disappears", () => {
    const store = newStore();
    const live = liveWith([1]);
    store.full.push(live);
    live.remove(live.findKey(1));
    while (store.step());
    expect(store.finished).toEqual([]);
    expect(store.full).toEqual([]);
  });
});

function segmentOf(size: number, removed = 0, longestSection = 700 * size): Mergeable {
  const gone = new RemovedPapers(Array.from({ length: removed }, (_, doc) => doc));
  return { size, removed: gone, longestSection };
}

describe("chooseMerge", () => {
  test("takes as many of one size as are wanted, small ones all alike", () => {
    const segments = [1, 40, 3, 9, 12, 60, 2, 5].map((size) => segmentOf(size));
    expect(chooseMerge(segments.slice(0, 7), defaultTuning)).toEqual([]);
    expect(chooseMerge(segments, defaultTuning)).toEqual(segments);
  });

  test("leaves different sizes apart", () => {
    const segments = [100, 1_000, 10_000, 100_000, 1_000_000].map((size) => segmentOf(size));
    expect(chooseMerge(segments, { ...defaultTuning, fanIn: 2 })).toEqual([]);
    expect(chooseMerge([...segments, segmentOf(900)], { ...defaultTuning, fanIn: 2 })).toHaveLength(2);
  });

  test("lets more full ones come together, because they are written once more at rest", () => {
    const full = Array.from({ length: 24 }, (_, i) => segmentOf(8_192 + i));
    expect(chooseMerge(full.slice(1), defaultTuning)).toEqual([]);
    expect(chooseMerge([segmentOf(8_191), ...full], defaultTuning)).toEqual(full);
  });

  test("writes a segment anew of which a third is gone", () => {
    const worn = segmentOf(100, 40);
    expect(chooseMerge([segmentOf(100, 30), worn], defaultTuning)).toEqual([worn]);
  });
});

test("at rest all become one segment, when those beside the largest have grown", () => {
  const [large, small, tiny] = [40_000, 9_000, 999].map((size) => segmentOf(size));
  expect(chooseRest([])).toEqual([]);
  expect(chooseRest([large!])).toEqual([]);
  expect(chooseRest([large!, small!])).toEqual([]);
  expect(chooseRest([small!, large!, tiny!])).toEqual([]);
  expect(chooseRest([small!, large!, segmentOf(1_000)])).toHaveLength(3);
  expect(chooseRest([tiny!, segmentOf(900)])).toEqual([]);
});

describe("segments that would be longer together than their offsets can say", () => {
  const most = { ...defaultTuning, mostBytes: 100 };

  test("of one size only those that fit are merged, the shortest first", () => {
    const same = [30, 20, 90, 10, 25, 60, 40, 50].map((bytes) => segmentOf(100, 0, bytes));
    expect(chooseMerge(same, { ...most, mostBytes: 1_000 })).toEqual(same);
    expect(chooseMerge(same, most).map(({ longestSection }) => longestSection)).toEqual([30, 20, 10, 25]);
    const long = same.map(() => segmentOf(100, 0, 51));
    expect(chooseMerge(long, most)).toEqual([]);
    const short = segmentOf(100, 0, 49);
    expect(chooseMerge([...long, short], most)).toEqual([long[0], short]);
  });

  test("one of which much is gone is written anew however long it is", () => {
    const worn = segmentOf(100, 40, 500);
    expect(chooseMerge([worn], most)).toEqual([worn]);
  });

  test("at rest the longest stay as they are, and the others become one", () => {
    const [largest, large, small] = [
      segmentOf(90_000, 0, 90),
      segmentOf(40_000, 0, 40),
      segmentOf(20_000, 0, 20),
    ];
    expect(chooseRest([large!, largest!, small!], most)).toEqual([large, small]);
    expect(chooseRest([largest!, large!], most)).toEqual([]);
    // Unless told otherwise, what is merged stays well below 32 bits.
    const half = Math.floor(mostMergedBytes / 2);
    expect(chooseRest([segmentOf(9_000, 0, half), segmentOf(9_000, 0, half)])).toHaveLength(2);
    expect(chooseRest([segmentOf(9_000, 0, half), segmentOf(9_000, 0, half + 2)])).toEqual([]);
    expect((mostMergedBytes * 4) / 3).toBeLessThanOrEqual(2 ** 32);
  });

  test("they are searched side by side", () => {
    const store = new SegmentStore({
      folder: null,
      tuning: { sealAt: 4, fanIn: 2, mostBytes: 600 },
      cacheBytes: 1 << 20,
    });
    const keys = Array.from({ length: 64 }, (_, i) => i);
    for (let i = 0; i < keys.length; i += 4) store.full.push(liveWith(keys.slice(i, i + 4)));
    while (store.step() || store.settle());
    expect(store.finished.length).toBeGreaterThan(2);
    expect(store.finished.length).toBeLessThan(16);
    for (const { longestSection } of store.finished) expect(longestSection).toBeLessThanOrEqual(600);
    expect(keys.map((key) => store.finished.some((segment) => segment.findKey(key) >= 0))).toEqual(
      keys.map(() => true),
    );
  });
});

test("what settles is found as before", () => {
  const store = new SegmentStore({ folder: null, tuning: { sealAt: 4, fanIn: 8 }, cacheBytes: 1 << 20 });
  const largeKeys = Array.from({ length: 5_000 }, (_, i) => i + 1);
  for (const keys of [largeKeys, largeKeys.map((key) => key + 5_000)]) {
    store.full.push(liveWith(keys));
    while (store.full.length > 0) store.step();
  }
  expect(store.finished).toHaveLength(2);
  store.finished[0]!.remove(store.finished[0]!.findKey(7));
  for (let steps = 0; store.step() || store.settle(); steps++) expect(steps).toBeLessThan(10_000);
  expect(store.finished).toHaveLength(1);
  expect([6, 7, 8, 9_999].map((key) => store.finished[0]!.findKey(key) >= 0)).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test("what cannot be made leaves no file behind, nor what is broken off", () => {
  const path = mkdtempSync(join(tmpdir(), "segment-store-"));
  const folder = new IndexFolder(path);
  const store = new SegmentStore({ folder, tuning: { sealAt: 4, fanIn: 2 }, cacheBytes: 0 });
  for (const keys of [
    [1, 2, 3],
    [4, 5, 6],
  ]) {
    const before = store.finished.length;
    store.full.push(liveWith(keys));
    stepUntil(store, () => store.finished.length > before);
  }
  const [first] = folder.list();
  const bytes = readFileSync(folder.file(first!));
  bytes[0]! ^= 1;
  writeFileSync(folder.file(first!), bytes);
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(() => stepUntil(store, () => false)).toThrow(IndexDamage);
    expect(folder.list()).toHaveLength(2);
  }
  store.full.push(liveWith([7]));
  store.step();
  expect(folder.list()).toHaveLength(3);
  store.close();
  expect(folder.list()).toHaveLength(2);
  rmSync(path, { recursive: true });
});

test("what queries make of several terms uses up no numbers of segments", () => {
  const store = newStore();
  store.full.push(liveWith([1, 2, 3]));
  stepUntil(store, () => store.finished.length === 1);
  const [segment] = store.finished;
  const serial = store.caches.nextSerial();
  const make = (doc: number) => () =>
    makePostings(Int32Array.of(doc), Uint8Array.of(4), segment!.lengths.slice());
  for (const doc of [0, 1, 2]) expect([...segment!.combine(`made|${doc}`, make(doc)).docs]).toEqual([doc]);
  for (const doc of [0, 1, 2]) expect([...segment!.combine(`made|${doc}`, make(doc)).docs]).toEqual([doc]);
  expect(store.caches.nextSerial()).toBe(serial + 1);
});

test("a set of a segment's papers is found once, and those of another segment are others", () => {
  const store = newStore();
  store.full.push(liveWith([1, 2, 3]));
  stepUntil(store, () => store.finished.length === 1);
  const [segment] = store.finished;
  const finds = { one: 0, other: 0 };
  const one = () => Uint32Array.of(++finds.one);
  expect(segment!.keepSet("even", one)).toBe(segment!.keepSet("even", one));
  expect([...segment!.keepSet("odd", () => Uint32Array.of(++finds.other))]).toEqual([1]);
  expect(finds).toEqual({ one: 1, other: 1 });
  const live = liveWith([4]);
  expect([live.keepSet("even", one), live.keepSet("even", one)]).toEqual([
    Uint32Array.of(2),
    Uint32Array.of(3),
  ]);
});
