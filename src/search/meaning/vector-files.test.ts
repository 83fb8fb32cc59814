import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRandom } from "../../lib/random.ts";
import { partSize } from "./shelf-places.ts";
import { openShelf, saveShelf } from "./vector-files.ts";
import { VectorShelf } from "./vector-shelf.ts";
import { prepareQuery } from "./vectors.ts";

const dimension = 32;
const newFolder = () => mkdtempSync(join(tmpdir(), "broadsheet-vectors-"));
const state = (changeNumber: number, modelId = "m1") => ({ modelId, dimension, changeNumber });

const entry = (vector: Float32Array | null) => ({ vector, stemLength: 1.5 });

function vectorOf(seed: number): Float32Array {
  const random = openRandom(seed);
  return Float32Array.from({ length: dimension }, () => random.normal());
}

function shelfOf(count: number): VectorShelf {
  const shelf = new VectorShelf(dimension);
  for (let key = 0; key < count; key++) shelf.set(key, entry(key % 9 === 4 ? null : vectorOf(key)));
  return shelf;
}

const chunkFiles = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".bin"));

describe("vectors on disk", () => {
  test("come back as they were, removed papers too", async () => {
    const folder = newFolder();
    const shelf = shelfOf(60);
    shelf.remove(7);
    await saveShelf(folder, shelf, state(60));
    const outcome = openShelf(folder);
    if (!("opened" in outcome)) throw new Error("not opened");
    const { opened } = outcome;
    expect({ ...opened, shelf: 0 }).toEqual({ ...state(60), shelf: 0 });
    const query = prepareQuery(vectorOf(500));
    expect(opened.shelf.nearest(query, 60)).toEqual(shelf.nearest(query, 60));
    expect(opened.shelf.has(7)).toBe(false);
  });

  test("unchanged parts are not written again, older files go", async () => {
    const folder = newFolder();
    const shelf = new VectorShelf(dimension);
    const bare = vectorOf(1);
    for (let key = 0; key < partSize + 5; key++) shelf.set(key, entry(key < 20 ? bare : null));
    await saveShelf(folder, shelf, state(1));
    expect(chunkFiles(folder).sort()).toEqual(["vectors-0-1-m1.bin", "vectors-1-1-m1.bin"]);
    shelf.set(partSize + 9, entry(vectorOf(2)));
    await saveShelf(folder, shelf, state(2));
    expect(chunkFiles(folder).sort()).toEqual(["vectors-0-1-m1.bin", "vectors-1-2-m1.bin"]);
    const outcome = openShelf(folder);
    expect("opened" in outcome && outcome.opened.shelf.size).toBe(partSize + 6);
  });

  test("another model writes everything anew", async () => {
    const folder = newFolder();
    const shelf = shelfOf(5);
    await saveShelf(folder, shelf, state(5));
    await saveShelf(folder, shelf, state(5, "m2"));
    const outcome = openShelf(folder);
    expect("opened" in outcome && [outcome.opened.modelId, outcome.opened.shelf.size]).toEqual(["m2", 5]);
  });

  test("papers that change while the files are written are right once the changes since are applied again", async () => {
    const folder = newFolder();
    const shelf = new VectorShelf(dimension);
    for (let key = 0; key < 2 * partSize; key++)
      shelf.set(key, entry(key % 100 === 0 ? vectorOf(key) : null));
    const saving = saveShelf(folder, shelf, state(1));
    const since = (target: VectorShelf) => {
      target.set(0, entry(vectorOf(77)));
      target.remove(partSize + 100);
      target.set(3 * partSize, entry(vectorOf(78)));
    };
    since(shelf);
    await saving;
    const outcome = openShelf(folder);
    if (!("opened" in outcome)) throw new Error("not opened");
    since(outcome.opened.shelf);
    const query = prepareQuery(vectorOf(77));
    const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
    expect(outcome.opened.shelf.size).toBe(shelf.size);
    expect(
      outcome.opened.shelf
        .nearest(query, 300)
        .filter(({ cosine }) => cosine !== 0)
        .sort(byKey),
    ).toEqual(
      shelf
        .nearest(query, 300)
        .filter(({ cosine }) => cosine !== 0)
        .sort(byKey),
    );
  });

  test("gaps closed while the files are written: they are written again", async () => {
    const folder = newFolder();
    const shelf = new VectorShelf(dimension);
    for (let key = 0; key < 2 * partSize + 1; key++) shelf.set(key, entry(null));
    const saving = saveShelf(folder, shelf, state(1));
    for (let round = 0; round < 17_000; round++) shelf.set(5, entry(vectorOf(5)));
    expect(shelf.rebuilds).toBe(1);
    await saving;
    const outcome = openShelf(folder);
    expect("opened" in outcome && outcome.opened.shelf.size).toBe(shelf.size);
  });

  test("what was written before a save failed is written again by the next", async () => {
    const folder = newFolder();
    const shelf = new VectorShelf(dimension);
    for (let key = 0; key < 2 * partSize; key++) shelf.set(key, entry(null));
    await saveShelf(folder, shelf, state(1));
    shelf.remove(5);
    shelf.remove(partSize + 5);
    const inTheWay = join(folder, "vectors-1-2-m1.bin.part");
    mkdirSync(inTheWay);
    await expect(saveShelf(folder, shelf, state(2))).rejects.toThrow();
    rmSync(inTheWay, { recursive: true });
    await saveShelf(folder, shelf, state(3));
    const outcome = openShelf(folder);
    if (!("opened" in outcome)) throw new Error("not opened");
    expect([5, partSize + 5].map((key) => outcome.opened.shelf.has(key))).toEqual([false, false]);
  });

  test("no folder, no manifest: missing", () => {
    expect(openShelf(join(newFolder(), "none"))).toEqual({ missing: true });
  });

  test("damage is named, wherever it is", async () => {
    const folder = newFolder();
    await saveShelf(folder, shelfOf(5), state(5));
    const file = join(folder, "vectors-0-5-m1.bin");
    const whole = readFileSync(file);
    for (const at of [0, 9, 50, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] = damaged[at]! ^ 4;
      writeFileSync(file, damaged);
      expect(openShelf(folder)).toEqual({ damage: "vectors-0-5-m1.bin is missing or damaged" });
    }
    rmSync(file);
    expect(openShelf(folder)).toEqual({ damage: "vectors-0-5-m1.bin is missing or damaged" });
    const manifest = join(folder, "vectors.json");
    writeFileSync(manifest, "{");
    expect(openShelf(folder)).toEqual({ damage: "vectors.json is damaged" });
    writeFileSync(manifest, '{"format":9}');
    expect(openShelf(folder)).toEqual({ damage: "vectors.json is of another version" });
  });

  test("a save over a damaged manifest mends it", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "vectors.json"), "{");
    await saveShelf(folder, shelfOf(3), state(3));
    expect("opened" in openShelf(folder)).toBe(true);
  });
});
