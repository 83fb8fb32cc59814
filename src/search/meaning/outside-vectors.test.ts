import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testFolder } from "../../../test/support/world-files.ts";
import { openRandom } from "../../lib/random.ts";
import type { OutsideChange } from "../search.ts";
import { OutsideVectors } from "./outside-vectors.ts";
import { prepareQuery } from "./vectors.ts";

function randomVector(key: number, components: number): Float32Array {
  const random = openRandom(key);
  const values = Float32Array.from({ length: components }, () => random.normal());
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

const change = (key: number, components = 40, text = `text ${key}`): OutsideChange => ({
  changeNumber: key + 1,
  key,
  paper: { text, vector: randomVector(key, components) },
});
const changes = (count: number, components = 40) =>
  Array.from({ length: count }, (_, key) => change(key, components));

function openTest({ folder = testFolder(), name = "m", readOnly = false } = {}) {
  return { folder, vectors: new OutsideVectors({ folder, name, readOnly }) };
}

test.each([1, 40, 1_536, 4_096])(
  "finds the nearest of vectors of %i components, as they are",
  (components) => {
    const { vectors } = openTest();
    vectors.apply(changes(50, components));
    const shelf = vectors.find(50)!;
    for (const key of [0, 31, 49]) {
      const query = vectors.fit(randomVector(key, components))!;
      const [nearest] = shelf.nearest(prepareQuery(query), components === 1 ? 50 : 1);
      expect(nearest!.cosine).toBeCloseTo(1, 2);
      if (components > 1) expect(nearest!.key).toBe(key);
    }
    expect(vectors.fit(new Float32Array(components + 1))).toBeNull();
  },
);

test("serves when nearly all papers have theirs", () => {
  const { vectors } = openTest();
  expect(vectors.find(0)).toBeNull();
  vectors.apply(changes(97));
  expect(vectors.find(100)).toBeNull();
  vectors.apply([change(97)]);
  expect(vectors.find(100)).not.toBeNull();
});

test("asks only for what changed, keeps what did not, forgets what is gone", () => {
  const { vectors } = openTest();
  vectors.apply(changes(2));
  expect([vectors.lacks(0, "text 0"), vectors.lacks(0, "other"), vectors.lacks(9, "text 9")]).toEqual([
    false,
    true,
    true,
  ]);
  vectors.apply([{ changeNumber: 3, key: 0, paper: { text: "text 0" } }]);
  vectors.apply([{ changeNumber: 4, key: 1, paper: null }]);
  expect([vectors.papers, vectors.changeNumber]).toEqual([1, 4]);
  vectors.apply([{ changeNumber: 5, key: 7, paper: { text: "not taken", vector: null } }]);
  expect(vectors.lacks(7, "not taken")).toBe(false);
  vectors.apply(changes(2));
  expect([vectors.papers, vectors.changeNumber]).toEqual([2, 5]);
  expect(() => vectors.apply([{ ...change(9, 41), changeNumber: 9 }])).toThrow(RangeError);
});

test("goes on where it stopped; of another model it starts anew; a reader writes nothing", async () => {
  const { folder, vectors } = openTest();
  vectors.apply(changes(30));
  await vectors.save();
  const again = openTest({ folder }).vectors;
  expect([again.changeNumber, again.papers, again.lacks(3, "text 3")]).toEqual([30, 30, false]);
  expect(again.find(30)!.nearest(prepareQuery(again.fit(randomVector(3, 40))!), 1)[0]!.key).toBe(3);
  const reader = openTest({ folder, readOnly: true }).vectors;
  reader.apply([change(30)]);
  await reader.save();
  expect(openTest({ folder }).vectors.changeNumber).toBe(30);
  const other = openTest({ folder, name: "n" }).vectors;
  expect([other.changeNumber, other.papers, other.damage]).toEqual([0, 0, null]);
  other.apply(changes(5, 64));
  await other.save();
  expect(openTest({ folder }).vectors.papers).toBe(0);
  expect(readdirSync(folder).filter((name) => name.endsWith(".bin"))).toHaveLength(1);
});

test("followed anew, no text is asked for twice", () => {
  const { vectors } = openTest();
  vectors.apply(changes(3));
  vectors.restart();
  expect([vectors.changeNumber, vectors.lacks(2, "text 2")]).toEqual([0, false]);
});

test("names damaged files and starts anew", async () => {
  const { folder, vectors } = openTest();
  vectors.apply(changes(30));
  await vectors.save();
  expect(vectors.verify()).toBeNull();
  const file = readdirSync(folder).find((name) => name.endsWith(".bin"))!;
  writeFileSync(join(folder, file), "nothing");
  const opened = openTest({ folder }).vectors;
  expect([opened.damage, opened.papers]).toEqual([`${file} is missing or damaged`, 0]);
  expect(vectors.verify()).toBe(`${file} is missing or damaged`);
  expect([vectors.changeNumber, vectors.papers]).toEqual([0, 0]);
  vectors.apply(changes(30));
  await vectors.save();
  expect(openTest({ folder }).vectors.papers).toBe(30);
});
