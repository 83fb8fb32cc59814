import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { encodeQuery } from "./encode.ts";
import { quantiseRows } from "./meaning-model.ts";
import { formatModel, parseModel, writeModel } from "./model-file.ts";
import { loadModelById, loadPreferredModel } from "./model-files.ts";
import { openVocabulary } from "./vocabulary.ts";

const root = mkdtempSync(join(tmpdir(), "broadsheet-models-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function makeModel(id: string, step: number) {
  const names = ["tide", "bridg", "tide bridg"];
  const floats = Float32Array.from({ length: 3 * 32 }, (_, i) => Math.sin(i * step));
  return {
    vocabulary: openVocabulary({ names, stems: 2, frequencies: Uint32Array.of(3, 2, 1), papers: 9 }),
    dimension: 32,
    ...quantiseRows(floats, 32),
    facts: { id, papers: 7, epochs: 2, seed: 1, loss: 0.5 },
  };
}

test("a model is in memory once, whoever asks for it, until its file changes", async () => {
  const files = { own: join(root, "own.model"), shipped: join(root, "shipped.model") };
  await writeModel(files.shipped, makeModel("shipped", 1));
  const first = loadPreferredModel(files, () => {})!;
  expect([first.model.facts.id, first.own]).toEqual(["shipped", false]);
  expect(loadPreferredModel(files, () => {})!.model).toBe(first.model);
  expect(loadModelById(files, "shipped")).toBe(first.model);

  await writeModel(files.own, makeModel("first", 2));
  const own = loadPreferredModel(files, () => {})!;
  expect([own.model.facts.id, own.own]).toEqual(["first", true]);
  await writeModel(files.own, makeModel("second one", 3));
  expect(loadPreferredModel(files, () => {})!.model.facts.id).toBe("second one");
});

test("a model read from its file says what it did, its rows where they are summed", async () => {
  const files = { own: join(root, "same.model"), shipped: join(root, "none.model") };
  const made = makeModel("same", 1.5);
  await writeModel(files.own, made);
  const read = loadPreferredModel(files, () => {})!.model;
  for (const text of ["tides", "bridge over tides", "tide bridges", "nothing known"])
    expect(encodeQuery(read, text)).toEqual(encodeQuery(parseModel(formatModel(made), "made"), text));
  expect([...read.rows]).toEqual([...made.rows]);
  expect([...read.scales]).toEqual([...made.scales]);
  expect(read.vocabulary.phraseOf.get(0 * 65_536 + 1)).toBe(2);
});
