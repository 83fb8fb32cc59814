// RIS as it is found: dates, names, journals, identifiers in odd places, and entries that are broken.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { PaperRecord } from "../papers/paper.ts";
import type { Entry } from "./format.ts";
import { ris } from "./ris.ts";

async function read(given: string | Uint8Array): Promise<Entry[]> {
  async function* stream() {
    yield typeof given === "string" ? new TextEncoder().encode(given) : given;
  }
  const entries: Entry[] = [];
  for await (const entry of ris.read(stream(), { fileName: "x.ris" })) entries.push(entry);
  return entries;
}

async function record(lines: string[], type = "JOUR"): Promise<PaperRecord> {
  const [first] = await read([`TY  - ${type}`, "TI  - A title", ...lines, "ER  - "].join("\r\n"));
  if (first?.ok !== true) throw new Error(JSON.stringify(first));
  return first.item.records[0]!;
}

const outcomes = async (text: string | Uint8Array) =>
  (await read(text)).map((entry) => (entry.ok ? entry.item.records[0]?.title : entry.reason));

describe("an entry", () => {
  test("of a journal", async () => {
    const lines = [
      "AU  - da Rocha, Roldao",
      "AU  - LHCb Collaboration,",
      "A1  - Rodrigues,Waldyr A.,Jr",
      "Y1  - 2014/07//",
    ]
      .concat([
        "JF  - J. Test",
        "VL  - 9",
        "IS  - 3",
        "SP  - 120",
        "EP  - 125",
        "N2  - We show",
        "  it twice.",
      ])
      .concat([
        "KW  - one",
        "KW  - two",
        "DO  - 10.1234/ABC",
        "UR  - https://x.test/a",
        "L1  - https://x.test/a.pdf",
        "N1  - Read this",
      ]);
    expect(await record(lines)).toEqual({
      source: "references",
      sourceId: "doi:10.1234/abc",
      identifiers: [{ scheme: "doi", value: "10.1234/abc" }],
      title: "A title",
      abstract: "We show\nit twice.",
      abstractKind: "abstract",
      authors: [
        { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" },
        { name: "LHCb Collaboration", literal: true },
        { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
      ],
      year: 2014,
      categories: [],
      versions: [],
      links: [
        { kind: "pdf", url: "https://x.test/a.pdf" },
        { kind: "site", url: "https://x.test/a" },
      ],
      comments: "Read this",
      journalReference: "J. Test 9 (3), 120–125 (2014)",
      keywords: ["one", "two"],
    });
  });

  test("of a conference has its venue", async () => {
    expect(await record(["T2  - Proc. Test", "PY  - 2026", "SP  - 7"], "CPAPER")).toMatchObject({
      venue: "Proc. Test",
    });
    expect(await record(["T2  - Proc. Test"], "CPAPER")).not.toHaveProperty("journalReference");
  });

  test.each([
    [["PY  - 2026", "DA  - 2026/06/11/"], { publishedOn: "2026-06-11", year: 2026 }],
    [["PY  - 2026", "DA  - 2025/06/11"], { publishedOn: undefined, year: 2026 }],
    [["DA  - 2026/06/11/late"], { publishedOn: "2026-06-11", year: 2026 }],
    [
      ["PY  - 2026", "N1  - First posted 2025-11-30."],
      { publishedOn: "2025-11-30", year: 2026, comments: undefined },
    ],
    [["Y1  - in press"], { publishedOn: undefined, year: undefined }],
  ])("dates %j", async (lines, expected) => {
    const { publishedOn, year, comments } = await record(lines);
    expect({ publishedOn, year, comments }).toEqual({ comments: undefined, ...expected });
  });

  test.each([
    [
      ["AN  - arXiv:2606.10420", "DO  - https://doi.org/10.1234/x"],
      ["arxiv:2606.10420", "doi:10.1234/x"],
    ],
    [["UR  - http://arxiv.org/abs/2606.10420v2"], ["arxiv:2606.10420"]],
    [["M3  - arXiv:hep-th/9901001 [hep-th]"], ["arxiv:hep-th/9901001"]],
    [
      ["UR  - https://aclanthology.org/P19-1007/", "UR  - https://openreview.net/forum?id=B1xAbc123"],
      ["acl:P19-1007", "openreview:B1xAbc123"],
    ],
    [["M1  - 1008150341", "ID  - 12345", "AN  - WOS:000123"], []],
  ])("identifiers %j", async (lines, expected) => {
    const { identifiers, links } = await record(lines);
    expect(identifiers.map(({ scheme, value }) => `${scheme}:${value}`)).toEqual(expected);
    expect(links).toEqual([]);
  });
});

describe("what is broken", () => {
  test("an entry is named by its line and spoils no other", async () => {
    const text = `Record #1 of 2
TY  - JOUR
TI  - A
ER  -
junk in between
TY  - JOUR
AU  - Nobody, N.
ER  -
TY  - JOUR
TI  - ER is not the end
TI  - second
TY  - BOOK
BT  - C
ER  - 
TY  - JOUR
TI  - cut`;
    expect(await outcomes(text)).toEqual([
      "A",
      "line 6: it has no title",
      "ER is not the end",
      "C",
      "line 15: the file ends inside this entry",
    ]);
  });

  test("other encodings are refused by name", async () => {
    const latin = Buffer.from("TY  - JOUR\nTI  - Über\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", "latin1");
    expect(await outcomes(latin)).toEqual(["line 1: invalid UTF-8; save the file as UTF-8", "B"]);
  });

  test("an entry without end does not fill the memory", async () => {
    const long = `TY  - JOUR\nTI  - A\n${`AB  - ${"x".repeat(1000)}\n`.repeat(5000)}ER  - \nTY  - JOUR\nTI  - B\nER  - \n`;
    expect(await outcomes(long)).toEqual(["line 1: it is longer than 4 MiB", "B"]);
  });
});

describe("detection", () => {
  test.each([
    ["TY  - JOUR\nER  - ", true],
    ["\ufeffTY  - JOUR\n", true],
    ["1.\nTY  - JOUR\n", true],
    ["A title\n\nAn abstract. TY  - JOUR", false],
    ['{"a": "\nTY  - JOUR"}', false],
  ])("%j", (head, expected) => {
    expect(ris.detect(head, "file")).toBe(expected);
  });
});

describe("real files", () => {
  const samples = sharedSamples("fixtures/ris", "real RIS files");
  const noTitle = (line: number) => `line ${line}: it has no title`;

  test.skipIf(samples.missing).each([
    ["example_bom.ris", [noTitle(1)]],
    ["example_full.ris", ["Title of reference", "The title of the reference"]],
    ["example_extraneous_data.ris", ["Title of reference", "The title of the reference"]],
    ["example_multiline.ris", [noTitle(1), noTitle(8), noTitle(17)]],
    ["example_starting_newlines.ris", ["A Mathematical Theory of Communication"]],
    ["example_utf_chars.ris", [expect.stringMatching(/^Состояние рецепторного/)]],
  ])("%s", async (name, titles) => {
    expect(ris.detect(samples.text(name), name)).toBe(true);
    expect(await outcomes(samples.bytes(name))).toEqual(titles);
  });

  test.skipIf(samples.missing)("authors, journals and years of real entries", async () => {
    const first = async (name: string) => {
      const [entry] = await read(samples.bytes(name));
      return entry?.ok ? entry.item.records[0] : null;
    };
    expect(await first("example_starting_newlines.ris")).toMatchObject({
      authors: [{ name: "Claude E. Shannon", family: "Shannon" }],
      year: 1948,
      journalReference: "Bell System Technical Journal 27, 379–423 (1948)",
    });
    expect((await first("example_utf_chars.ris"))?.authors).toHaveLength(5);
    expect(await first("example_full.ris")).toMatchObject({
      year: 2014,
      keywords: ["Pippi", "Nordwind", "Piraten"],
    });
  });
});
