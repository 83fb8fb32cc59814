// BibTeX as it is found: macros, braces, names, dates, identifiers in odd places, and entries that are broken.

import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { Author, PaperRecord } from "../papers/paper.ts";
import { bibtex } from "./bibtex.ts";
import type { Entry } from "./format.ts";

async function* cut(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

async function read(given: string | Uint8Array, length = 1 << 16): Promise<Entry[]> {
  const bytes = typeof given === "string" ? new TextEncoder().encode(given) : given;
  const entries: Entry[] = [];
  for await (const entry of bibtex.read(cut(bytes, length), { fileName: "x.bib" })) entries.push(entry);
  return entries;
}

async function records(text: string): Promise<PaperRecord[]> {
  return (await read(text)).flatMap((entry) => (entry.ok ? entry.item.records : []));
}

async function record(fields: string, type = "article"): Promise<PaperRecord> {
  const [first] = await records(`@${type}{key, title = {A title}, ${fields}}`);
  return first!;
}

const reasons = async (text: string | Uint8Array) =>
  (await read(text)).map((entry) => (entry.ok ? null : entry.reason));

describe("an entry", () => {
  test("whole", async () => {
    const text = `Anything here is a comment.
      @InProceedings { key:2026 ,
        TITLE = "On {BERT} and {Cu$_2$O} in {\\"U}ber " # cities # "---part~2",
        author = {da Rocha, Roldao and Rodrigues, Jr, Waldyr A. and {LHCb Collaboration} and others},
        booktitle = {Proc.\\ of the Test \\& More}, year = 2026, month = jun, day = 11
        abstract = {First  line
          and $x_1 < 2$, 50\\% more.},
        doi = {https://doi.org/10.1234/ABC}, url = {https://x.test/a\\_b},
        keywords = {tests, proofs; tests}, title = {Second title},
      }
      @string{cities = "Cities"}`;
    expect(await records(`@string{ cities = {Cities} }${text}`)).toEqual([
      {
        source: "references",
        sourceId: "doi:10.1234/abc",
        identifiers: [{ scheme: "doi", value: "10.1234/abc" }],
        title: "On BERT and Cu$_2$O in Über Cities—part 2",
        abstract: "First line and $x_1 < 2$, 50% more.",
        abstractKind: "abstract",
        authors: [
          { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" },
          { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
          { name: "LHCb Collaboration", literal: true },
        ],
        publishedOn: "2026-06-11",
        year: 2026,
        venue: "Proc. of the Test & More",
        categories: [],
        versions: [],
        links: [{ kind: "site", url: "https://x.test/a_b" }],
        keywords: ["tests", "proofs"],
      },
    ]);
  });

  test("of a journal has its reference", async () => {
    const fields = "journal = {J. Test}, volume = 62, number = {3}, pages = {493--518}, year = {2001}";
    expect(await record(fields)).toMatchObject({
      journalReference: "J. Test 62 (3), 493–518 (2001)",
      year: 2001,
    });
    expect((await record("journal = {Phys.Rev.D59:126002,1999}")).journalReference).toBe(
      "Phys.Rev.D59:126002,1999",
    );
  });

  test("in parentheses, without a key, with quotes within braces", async () => {
    expect((await records('@misc(key, title = "A {"} B")')).map(({ title }) => title)).toEqual(['A " B']);
    expect((await records("@misc{title = {A}}")).map(({ title }) => title)).toEqual(["A"]);
    expect((await records("@misc{key, title = {A}, year = 2026")).length).toBe(0);
  });

  test("is no @comment, @preamble or @string", async () => {
    const text =
      '@comment{jabref-meta: x;}@preamble{"\\newcommand{\\x}{y}"}@string{a = "b"}@misc{k, title = a # { c}}';
    expect((await records(text)).map(({ title }) => title)).toEqual(["b c"]);
  });
});

describe("names", () => {
  const authors = async (names: string) => (await record(`author = {${names}}`)).authors;

  test.each<[string, Author]>([
    [
      "von Hicks, III, Michael",
      { name: "Michael von Hicks III", family: "von Hicks", given: "Michael", suffix: "III" },
    ],
    ["Ludwig van Beethoven", { name: "Ludwig van Beethoven", family: "van Beethoven", given: "Ludwig" }],
    ["Jean {de La Fontaine}", { name: "Jean de La Fontaine", family: "de La Fontaine", given: "Jean" }],
    ["{\\'E}mile {\\O}re", { name: "Émile Øre", family: "Øre", given: "Émile" }],
    ['{M\\"uller}, {J{\\"u}rgen}', { name: "Jürgen Müller", family: "Müller", given: "Jürgen" }],
    ["{Barnes and Noble}", { name: "Barnes and Noble", literal: true }],
    ["{{Google, Inc.}}", { name: "Google, Inc.", literal: true }],
    ["{Example, Inc}, Ann", { name: "Ann Example, Inc", family: "Example, Inc", given: "Ann" }],
    ["Sudesiqin", { name: "Sudesiqin", family: "Sudesiqin" }],
    ["조혜린", { name: "조혜린", family: "조혜린" }],
    ["Abu-Zeid, M. E.", { name: "M. E. Abu-Zeid", family: "Abu-Zeid", given: "M. E." }],
  ])("%s", async (name, expected) => {
    expect(await authors(name)).toEqual([expected]);
  });

  test("are joined by and, however it is spaced, but not within braces or words", async () => {
    const names = await authors("Ann Anderson\n  AND Bo Sandland and {A and B} and  and others");
    expect(names.map(({ name }) => name)).toEqual(["Ann Anderson", "Bo Sandland", "A and B"]);
  });

  test("3,000 of them", async () => {
    const list = Array.from({ length: 3000 }, (_, index) => `Name${index}, A.`).join(" and ");
    expect(await authors(list)).toHaveLength(3000);
  });
});

describe("identifiers", () => {
  test.each([
    ["eprint = {2606.10420v2}, archivePrefix = {arXiv}", ["arxiv:2606.10420"]],
    ["eprint = {hep-th/9901001}", ["arxiv:hep-th/9901001"]],
    ["eprint = {12345}, eprinttype = {jstor}", []],
    ["journal = {arXiv preprint arXiv:2606.10420}", ["arxiv:2606.10420"]],
    ["note = {arXiv:2606.10420 [cs.CL]}", ["arxiv:2606.10420"]],
    ["url = {http://arxiv.org/abs/2606.10420v3}", ["arxiv:2606.10420"]],
    ["doi = {10.48550/arXiv.2606.10420}", ["arxiv:2606.10420"]],
    [
      "doi = {10.1234/a\\_b}, url = {https://openreview.net/forum?id=B1xAbc123}",
      ["doi:10.1234/a_b", "openreview:B1xAbc123"],
    ],
    ["url = {https://aclanthology.org/2023.acl-long.7/}", ["acl:2023.acl-long.7"]],
    ["doi = {nonsense}, eprint = {2606.1042}", []],
  ])("%s", async (fields, expected) => {
    const { identifiers, links } = await record(fields);
    expect(identifiers.map(({ scheme, value }) => `${scheme}:${value}`)).toEqual(expected);
    expect(links).toEqual([]);
  });

  test("without any, title, first author and year stand for the paper", async () => {
    const of = async (fields: string) => (await record(fields)).sourceId;
    const one = await of("author = {Example, Ann}, year = 2026");
    expect(one).toMatch(/^ref:[0-9a-f]{24}$/);
    expect(await of("year = {2026}, author = {A. Example and B. Two}, note = {x}")).toBe(one);
    expect(await of("author = {Example, Ann}, year = 2025")).not.toBe(one);
    expect(await of("author = {Other, Ann}, year = 2026")).not.toBe(one);
  });
});

describe("dates", () => {
  test.each([
    ["date = {2026-06-11}", { publishedOn: "2026-06-11", year: 2026 }],
    ["date = {2026-06}", { year: 2026 }],
    ["year = 2026, month = aug", { year: 2026 }],
    ['year = 2026, month = "14~" # aug', { publishedOn: "2026-08-14", year: 2026 }],
    ["year = {2026}, month = {8}, day = {14}", { publishedOn: "2026-08-14", year: 2026 }],
    ["year = 2026, month = feb, day = 30", { year: 2026 }],
    ["year = {in press}", {}],
  ])("%s", async (fields, expected) => {
    const { publishedOn, year } = await record(fields);
    expect({ publishedOn, year }).toEqual({ publishedOn: undefined, year: undefined, ...expected });
  });
});

describe("what is broken", () => {
  test("is named by its line and spoils no other entry", async () => {
    const text = `@misc{a, title = {A}}

@article{b, title = {B {open}, year = 2026

@article{c, title = {C}}
@misc{d, year = 2026}
@misc{e, title = }
@misc{f, title = {F}, ??? }
@misc{g, title = {G}`;
    const entries = await read(text);
    expect(entries.map((entry) => (entry.ok ? entry.item.records[0]?.title : entry.reason))).toEqual([
      "A",
      "line 3: it is not closed",
      "C",
      "line 6: it has no title",
      "line 7: its field title has no value that ends",
      'line 8: it cannot be read from "???" on',
      "line 9: it is not closed",
    ]);
    expect(entries.map(({ entry }) => entry)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("an address with @ begins no entry", async () => {
    const text = "Mail ann@example.test {or} bob@x.test.\n@ misc {k, title = {A}, note = {ann@x{y}.test}}";
    expect((await records(text)).map(({ title }) => title)).toEqual(["A"]);
  });

  test("what looks like a beginning and is none counts like any other text", async () => {
    expect(
      (await records("@misc{a, title = {A\n@{b}@}, note = {\n@ misc x\n@\n}}")).map(({ title }) => title),
    ).toEqual(["A @b@"]);
  });

  test("other encodings are refused by name", async () => {
    const latin = Buffer.from("@misc{a, title = {Über}}\n@misc{b, title = {B}}", "latin1");
    expect(await reasons(latin)).toEqual(["line 1: invalid UTF-8; save the file as UTF-8", null]);
  });

  test("an entry without end does not fill the memory", async () => {
    const bytes = new TextEncoder().encode(
      `@misc{a, title = {${"x".repeat(5 * 1024 * 1024)}}}@misc{b, title = {B}}`,
    );
    expect(await reasons(bytes)).toEqual(["line 1: it is longer than 4 MiB", null]);
  });

  test("nothing that could be a file is thrown at us in vain", async () => {
    const piece = fc.constantFrom(
      "@",
      "{",
      "}",
      '"',
      ",",
      "=",
      "#",
      "\\",
      "\n",
      "misc",
      "title",
      "a",
      "$",
      " and ",
      "(",
      ")",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        const entries = await read(pieces.join(""));
        expect(entries.every(({ ok }) => ok === true || ok === false)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("however the bytes are cut, the entries are the same", async () => {
    const text =
      '@misc{a, title = {Ü {x}}}\n@string{s="t"}\n@ARTICLE(b, title = s # " é")\n@misc{c, title={open\n@misc{d, title = {D}}';
    const whole = await read(text);
    expect(whole).toHaveLength(4);
    for (const length of [1, 2, 3, 7, 20]) {
      expect(await read(new TextEncoder().encode(text), length)).toEqual(whole);
    }
  });
});

describe("detection", () => {
  test.each([
    ["@article{key, title = {A}}", true],
    ["% a comment\n\n@string{a = {b}}", true],
    ["\ufeff@misc{k,\n title={A}}", true],
    ['{"id": "@article{x,"}', false],
    ["Ann Example\nann@example.test {x}", false],
    ["A title\n\nAn abstract about @mentions.", false],
  ])("%j", (head, expected) => {
    expect(bibtex.detect(head, "file")).toBe(expected);
  });
});

describe("real files", () => {
  const samples = sharedSamples("fixtures", "real BibTeX files");

  test.skipIf(samples.missing).each([
    [
      "bibtex/Author_splitter_failure.bib",
      [
        "Determination of the Thickness and Refractive Index of Cu$_2$O Thin Film Using Thermal and Optical Interferometry",
      ],
      4,
    ],
    [
      "bibtex/Better_BibTeX.001.bib",
      [
        "The physical volcanology of the 1600 eruption of Huaynaputina, southern Peru",
        "Technisches Schreiben: (nicht nur) für Informatiker",
      ],
      7,
    ],
    [
      "bibtex/Better_BibTeX.004.bib",
      [
        "Design of a Carbon Fiber Composite Grid Structure for the GLAST Spacecraft Using a Novel Manufacturing Technique",
      ],
      1,
    ],
    [
      "crossref/bibtex.bib",
      [
        "The Structure of Ordinary Water: New data and interpretations are yielding new insights into this fascinating substance.",
      ],
      1,
    ],
  ])("%s", async (name, titles, authors) => {
    expect(bibtex.detect(samples.text(name), name)).toBe(true);
    const found = await records(samples.text(name));
    expect(found.map(({ title }) => title)).toEqual(titles);
    expect(found[0]?.authors).toHaveLength(authors);
  });
});
