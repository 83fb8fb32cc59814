// The generated snapshot is what the importer reads, the same for the same seed, and built like the real rows.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listMonths } from "../bench/snapshot-months.ts";
import { generateSnapshot } from "../bench/snapshot-world.ts";
import type { SourceItem } from "../src/papers/paper.ts";
import { arxivSnapshot } from "../src/sources/arxiv-snapshot.ts";

const samples = join(process.env.BROADSHEET_SHARED ?? "../shared", "fixtures", "arxiv");
const there = existsSync(samples);
if (!there) console.warn(`NOT RUN: the generated snapshot beside real rows (no ${samples}).`);

interface Row {
  id: string;
  title: string;
  abstract: string;
  authors_parsed: string[][];
  versions: unknown[];
  [field: string]: unknown;
}

const options = { records: 4_000, seed: 5 };
const bytes = Buffer.concat([...generateSnapshot(options)]);
const lines = bytes.toString("latin1").trimEnd().split("\n");
const rows = lines.map((line) => JSON.parse(line) as Row);

test("has as many records as asked for, each with an identifier of its own, in the dump's order", () => {
  expect(rows).toHaveLength(options.records);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(options.records);
  expect(rows[0]!.id).toBe("0704.0001");
  expect(rows.at(-1)!.id).toMatch(/^quant-ph\//);
});

test("is the same for the same seed, and another for another", () => {
  expect(Buffer.concat([...generateSnapshot(options)]).equals(bytes)).toBe(true);
  expect(Buffer.concat([...generateSnapshot({ ...options, seed: 6 })]).equals(bytes)).toBe(false);
});

test("the importer takes every record", async () => {
  const items: SourceItem[] = [];
  for await (const entry of arxivSnapshot.read(asStream(bytes), { fileName: "snapshot.jsonl" })) {
    if (!entry.ok) throw new Error(`${entry.entry}: ${entry.reason}`);
    items.push(entry.item);
  }
  expect(items).toHaveLength(options.records);
  expect(items.filter(({ records }) => records[0]!.authors.length === 0)).toEqual([]);
  expect(arxivSnapshot.detect(lines[0]!, "snapshot.jsonl")).toBe(true);
});

async function* asStream(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  yield whole;
}

test("three million records fill the months as the archive did", () => {
  const months = listMonths(3_000_000);
  expect(months.reduce((sum, { papers }) => sum + papers, 0)).toBe(3_000_000);
  expect(
    months.every(
      ({ papers, year, archive }) => papers > 0 && papers <= (archive ? 999 : year < 2015 ? 9_999 : 99_999),
    ),
  ).toBe(true);
  expect(listMonths(1).reduce((sum, { papers }) => sum + papers, 0)).toBe(1);
});

const real = (): Row[] =>
  ["kaggle_snapshot_sample.jsonl", "kaggle_format_509_real_papers.jsonl"]
    .flatMap((file) => readFileSync(join(samples, file), "utf8").trimEnd().split("\n"))
    .map((line) => JSON.parse(line) as Row);

const wordsOf = (text: string) => text.trim().split(/\s+/).length;
const measures: Record<string, (row: Row) => number> = {
  "characters of a row": (row) => JSON.stringify(row).length,
  "words of a title": ({ title }) => wordsOf(title),
  "characters of a title": ({ title }) => title.length,
  "words of an abstract": ({ abstract }) => wordsOf(abstract),
  "characters of an abstract": ({ abstract }) => abstract.length,
  authors: ({ authors_parsed }) => authors_parsed.length,
  versions: ({ versions }) => versions.length,
};

test.skipIf(!there).each(Object.entries(measures))(
  "%s: median and nine in ten as in the real rows",
  (_name, measure) => {
    const at = (list: Row[], share: number) =>
      list.map(measure).sort((a, b) => a - b)[Math.floor(share * (list.length - 1))]!;
    for (const share of [0.5, 0.9]) {
      const [generated, genuine] = [at(rows, share), at(real(), share)];
      expect(Math.abs(generated - genuine), `${generated} for ${genuine}`).toBeLessThanOrEqual(
        Math.max(1, genuine * 0.15),
      );
    }
  },
);

test.skipIf(!there)("the same fields, and as often empty", () => {
  expect(Object.keys(rows[0]!)).toEqual(Object.keys(real()[0]!));
  for (const field of ["comments", "journal-ref", "doi", "report-no", "license"]) {
    const share = (list: Row[]) => list.filter((row) => row[field] !== null).length / list.length;
    expect(Math.abs(share(rows) - share(real())), field).toBeLessThan(0.05);
  }
});

test("lines of texts are wrapped as in the dump", () => {
  for (const { title, abstract } of rows) {
    expect(Math.max(...abstract.split("\n").map((line) => line.length))).toBeLessThanOrEqual(79);
    expect(abstract).toMatch(/^ {2}\S[\s\S]*\S\n$/);
    expect(
      title
        .split("\n")
        .slice(1)
        .every((line) => /^ {2}\S/.test(line)),
    ).toBe(true);
  }
});
