import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { jsonLines } from "../../test/support/entries.ts";
import { fc } from "../../test/support/properties.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { formatHeader } from "./broadsheet.ts";
import { detectFormat, findFormat, formats } from "./detect.ts";

const headOf = (bytes: Uint8Array) => Buffer.from(bytes).subarray(0, 65_536).toString();
const detect = (head: string) => detectFormat(head, "file")?.name ?? null;

describe("detectFormat", () => {
  test.each([
    ["sample/daily.jsonl", "sample"],
    ["sample/founding.jsonl", "sample"],
    ["test/support/corpus/daily-2026-05.jsonl", "daily-json"],
    ["test/support/corpus/conference.jsonl", "conference-list"],
    ["test/support/corpus/arxiv-snapshot.jsonl", "arxiv-snapshot"],
    ["test/support/corpus/listing-spring.txt", "page-text"],
    ["package.json", null],
    ["biome.json", null],
    ["README.md", null],
  ])("%s is %s", (path, name) => expect(detect(headOf(readFileSync(path)))).toBe(name));

  const conference = { id: "a:b", title: "T", venue: "V", year: 2024 };
  test.each([
    ["our own, by its header", jsonLines(formatHeader()), "broadsheet"],
    ["our own, without it", jsonLines({ type: "paper", id: "x", records: [] }), "broadsheet"],
    ["a broken first line", jsonLines('{"id": ', conference), "conference-list"],
    ["a blank first line and a byte order mark", `\ufeff\n${jsonLines(conference)}`, "conference-list"],
    [
      "a first line longer than the head",
      `${JSON.stringify({ ...conference, abstract: "x".repeat(70_000) }).slice(0, 65_536)}`,
      "conference-list",
    ],
    [
      "an API answer, pretty-printed",
      JSON.stringify([{ paper: { id: "1" }, publishedAt: "x" }], null, 2).slice(0, -3),
      "daily-json",
    ],
    ["empty", "", null],
    ["an empty array", "[]", null],
    ["binary", "\0\u0001\u0002", null],
  ])("%s", (_name, head, name) => expect(detect(head)).toBe(name));

  test("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (head) => detect(head) !== undefined),
    );
  });
});

test("findFormat knows every format by its name", () => {
  for (const format of formats) expect(findFormat(format.name)).toBe(format);
  expect(findFormat("bibtex-of-the-future")).toBeNull();
});

const shared = sharedSamples("", "detection of the real files");
test.skipIf(shared.missing).each([
  ["seeds/000_8b7e4bfb63d8ac19.txt", "page-text"],
  ["seeds/003_864d9667e70e3796.txt", "page-text"],
  ["fixtures/hf/daily_papers_scout.json", "daily-json"],
  ["fixtures/hf/search_kazakh.json", "daily-json"],
  ["fixtures/arxiv/kaggle_snapshot_sample.jsonl", "arxiv-snapshot"],
  ["fixtures/acl/2023.nlposs.excerpt.xml", "acl-xml"],
  ["fixtures/bibtex/Better_BibTeX.001.bib", "bibtex"],
  ["fixtures/crossref/bibtex.bib", "bibtex"],
  ["fixtures/crossref/csl.json", "csl-json"],
  ["fixtures/ris/example_bom.ris", "ris"],
  ["fixtures/ris/example_extraneous_data.ris", "ris"],
  ["fixtures/zotero/zotero_rdf.xml", "zotero-rdf"],
  ["fixtures/feeds/iacr_rss.xml", null],
])("%s is %s", (path, name) => expect(detect(headOf(shared.bytes(path)))).toBe(name));
