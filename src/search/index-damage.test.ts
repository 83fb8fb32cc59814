import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../lib/errors.ts";
import { openSearch } from "./open-search.ts";
import type { SearchChange } from "./search.ts";
import { SearchIndex } from "./search-index.ts";

const root = mkdtempSync(join(tmpdir(), "search-damage-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Enough papers for several pages of every kind. */
const changes: SearchChange[] = Array.from({ length: 400 }, (_, i) => ({
  changeNumber: i + 1,
  key: i + 1,
  document: {
    key: i + 1,
    id: `2401.${String(i).padStart(5, "0")}`,
    title: `Paper ${i} on token ${i % 7}`,
    abstract: `Word${i} and word${i * 3} of the position `.repeat(5),
    authors: [`Author ${i % 50}`],
  },
}));
const whole = join(root, "whole");

beforeAll(async () => {
  await using index = new SearchIndex({ folder: whole, readOnly: false });
  index.apply(changes);
  index.apply([{ changeNumber: 401, key: 7, document: null }]);
  await index.flush();
  index.apply([{ changeNumber: 402, key: 8, document: null }]);
});

let copies = 0;
function copyOfWhole(): string {
  const folder = join(root, `copy-${copies++}`);
  mkdirSync(folder);
  for (const name of readdirSync(whole)) copyFileSync(join(whole, name), join(folder, name));
  return folder;
}

const filesOf = (folder: string, ending: string) =>
  readdirSync(folder).filter((name) => name.endsWith(ending));

/** Opens, reads everything, and expects the damage to be named and mended by following anew. */
async function expectMended(folder: string, named: string): Promise<void> {
  await using index = new SearchIndex({ folder, readOnly: false });
  index.verify();
  expect(index.status()).toMatchObject({ documents: 0, changeNumber: 0 });
  expect(index.status().damage).toContain(named);
  index.apply(changes);
  await index.flush();
  expect(index.status()).toMatchObject({ documents: 400, changeNumber: 400, damage: null });
  await using again = new SearchIndex({ folder, readOnly: true });
  expect(again.search({ query: "token", limit: 5 }).total).toBe(400);
  expect(again.verify()).toBeNull();
}

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at]! ^= 0x10;
  writeFileSync(file, bytes);
}

describe("damaged files", () => {
  test("the whole index is sound", async () => {
    await using index = new SearchIndex({ folder: copyOfWhole(), readOnly: false });
    expect(index.verify()).toBeNull();
    expect(index.status()).toMatchObject({ documents: 398, changeNumber: 402, damage: null });
  });

  test("any flipped byte of a segment is found, wherever it is", async () => {
    const [name] = filesOf(whole, ".seg");
    const { length } = readFileSync(join(whole, name!));
    for (let part = 0; part < 23; part++) {
      const folder = copyOfWhole();
      flipByte(join(folder, name!), Math.floor(((length - 1) * part) / 22));
      await using index = new SearchIndex({ folder, readOnly: true });
      expect(index.verify() ?? `byte of part ${part} not found`).toContain(name);
      expect(index.changeNumber).toBe(0);
    }
  });

  test("damage found while the files are written is still told when they are", async () => {
    const folder = copyOfWhole();
    const [name] = filesOf(folder, ".seg");
    flipByte(join(folder, name!), 100);
    await using index = new SearchIndex({ folder, readOnly: false });
    index.apply([{ changeNumber: 403, key: 9, document: null }]);
    const flushing = index.flush();
    // The files' names are chosen by now; nothing is on the disk before the next turn.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    index.verify();
    await flushing;
    expect(index.status()).toMatchObject({ documents: 0, changeNumber: 0 });
    expect(index.status().damage).toContain(name);
    expect(index.unwritten).toBe(0);
  });

  test("a cut segment", async () => {
    const folder = copyOfWhole();
    const [name] = filesOf(folder, ".seg");
    truncateSync(join(folder, name!), 1000);
    await expectMended(folder, name!);
  });

  test("a missing segment", async () => {
    const folder = copyOfWhole();
    const [name] = filesOf(folder, ".seg");
    rmSync(join(folder, name!));
    await expectMended(folder, `${name} is missing`);
  });

  test("a damaged list of removed papers", async () => {
    const folder = copyOfWhole();
    const [name] = filesOf(folder, ".gone");
    flipByte(join(folder, name!), 1);
    await expectMended(folder, name!);
  });

  test("a damaged manifest", async () => {
    const folder = copyOfWhole();
    flipByte(join(folder, "manifest.json"), 60);
    await expectMended(folder, "manifest.json");
  });

  test("a manifest that is no JSON, or that of another version", async () => {
    const folder = copyOfWhole();
    writeFileSync(join(folder, "manifest.json"), "{");
    await expectMended(folder, "manifest.json is not readable");
  });

  test("a missing manifest", async () => {
    const folder = copyOfWhole();
    rmSync(join(folder, "manifest.json"));
    await expectMended(folder, "manifest.json is missing");
  });

  test("files left over from a broken-off build are cleaned away", async () => {
    const folder = copyOfWhole();
    writeFileSync(join(folder, "segment-900.seg"), "half");
    writeFileSync(join(folder, "manifest.json.new"), "half");
    await using index = new SearchIndex({ folder, readOnly: false });
    expect(index.status().damage).toBeNull();
    index.apply([{ changeNumber: 403, key: 9, document: null }]);
    await index.flush();
    expect(readdirSync(folder)).not.toContain("segment-900.seg");
    expect(readdirSync(folder)).not.toContain("manifest.json.new");
  });

  test("damage met while searching empties the index; changes that do not start again are left alone", async () => {
    const folder = copyOfWhole();
    await using index = new SearchIndex({ folder, readOnly: false });
    for (const name of filesOf(folder, ".seg")) {
      const { length } = readFileSync(join(folder, name));
      // Everything but the tables at the end, which are in memory already.
      writeFileSync(join(folder, name), new Uint8Array(length));
    }
    expect(() => index.search({ query: "token", limit: 5 })).toThrow(AppError);
    expect(index.status()).toMatchObject({ documents: 0, changeNumber: 0 });
    expect(index.status().damage).toContain(".seg");
    index.apply([{ changeNumber: 500, key: 500, document: null }], 402);
    expect(index.changeNumber).toBe(0);
    expect(index.search({ query: "token", limit: 5 }).total).toBe(0);
  });
});

describe("a folder that cannot be written", () => {
  test("is named with a remedy", async () => {
    const file = join(root, "a-file");
    writeFileSync(file, "");
    const expected = { code: "folder-unwritable", message: expect.stringContaining(file) };
    await expect(openSearch({ folder: join(file, "index"), readOnly: false })).rejects.toMatchObject(
      expected,
    );
    const folder = join(root, "vanishing");
    const index = new SearchIndex({ folder, readOnly: false });
    index.apply(changes.slice(0, 3));
    writeFileSync(folder, "");
    await expect(index.flush()).rejects.toMatchObject({ code: "folder-unwritable" });
    rmSync(folder);
    await index.flush();
    expect(index.status()).toMatchObject({ documents: 3, damage: null });
  });
});
