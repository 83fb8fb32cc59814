// What we wrote as BibTeX, RIS and CSL-JSON comes back equal, whatever is in it; and no value breaks out of its field.

import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { formatBibtex } from "../papers/bibtex.ts";
import { formatCslJson } from "../papers/csl-json.ts";
import { canonicalIdentifier } from "../papers/identifiers.ts";
import type { Author, Identifier, Paper } from "../papers/paper.ts";
import { formatRis } from "../papers/ris.ts";
import { bibtex } from "./bibtex.ts";
import { cslJson } from "./csl-json.ts";
import type { FileFormat } from "./format.ts";
import { ris } from "./ris.ts";

interface Export {
  format: FileFormat;
  write(paper: Paper, identifiers: readonly Identifier[]): string;
}

const writers: Record<string, Export> = {
  BibTeX: { format: bibtex, write: formatBibtex },
  RIS: { format: ris, write: formatRis },
  "CSL-JSON": { format: cslJson, write: formatCslJson },
};
/** BibTeX has neither abstract nor day; its readers take the year. */
const rich = Object.entries(writers).filter(([name]) => name !== "BibTeX");
const all = Object.entries(writers);

function paper(title: string, more: Partial<Paper> = {}): Paper {
  return {
    pk: 1,
    id: "2606.10420",
    title,
    titleText: toPlainText(title),
    abstract: "We show it.",
    abstractText: "We show it.",
    abstractKind: "abstract",
    authors: [],
    year: 2026,
    publishedOn: "2026-06-11",
    updatedOn: null,
    venue: null,
    primaryCategory: "cs.CL",
    categories: ["cs.CL"],
    versions: [],
    links: [],
    withdrawn: false,
    details: { fieldSources: {} },
    changeNumber: 1,
    ...more,
  };
}

const arxiv: Identifier = { scheme: "arxiv", value: "2606.10420" };

async function roundTrip(
  { format, write }: Export,
  given: Paper,
  identifiers: readonly Identifier[] = [arxiv],
) {
  const text = write(given, identifiers);
  async function* stream() {
    yield new TextEncoder().encode(text);
  }
  const entries = [];
  for await (const entry of format.read(stream(), { fileName: "export" })) entries.push(entry);
  const [entry, ...more] = entries;
  if (entry?.ok !== true || more.length > 0) throw new Error(`${JSON.stringify(entries)} from ${text}`);
  return { ...entry.item, record: entry.item.records[0]! };
}

const people: Author[] = [
  { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" },
  { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
  { name: "LHCb Collaboration", literal: true },
  { name: "Barnes and Noble", literal: true },
  { name: "Sudesiqin", family: "Sudesiqin" },
  { name: "조혜린", family: "조혜린" },
  { name: "Jürgen Müller-Őst", family: "Müller-Őst", given: "Jürgen" },
  { name: "Émile Øre III", family: "Øre", given: "Émile", suffix: "III" },
  { name: "Ludwig van Beethoven", family: "van Beethoven", given: "Ludwig" },
];

describe.each(all)("%s", (_name, writer) => {
  test("authors: literal, particles, suffixes, any script", async () => {
    expect((await roundTrip(writer, paper("A title", { authors: people }))).record.authors).toEqual(people);
  });

  test.each([
    "A title",
    "BERT: 50% of $5 & more #1 {x} a_b ~ ^ \\ < > \" '",
    'Adaptive Methods under H\\"{o}lderian Error Bounds',
    "‘Don’t’ is “not” ”it“ – or is 'it' — the \"same\"?",
    "K-Means|| and <0.5MB models, @BENCH",
    '=HYPERLINK("http://evil.test","x")',
    "ER  - in the middle, TY  - too",
    "An \u202eoverride\u202c and a zero\u200bwidth",
    "\u{1f9a9} Flamingo: ＢＥＲＴ 事前学習 تعلم الآلة",
    "title = {x}, author = {y}",
  ])("title %j", async (title) => {
    const { record } = await roundTrip(writer, paper(title));
    expect(toPlainText(record.title)).toBe(toPlainText(title));
  });

  test("3,000 authors", async () => {
    const authors = Array.from({ length: 3000 }, (_, n) => ({
      name: `A. Name${n}`,
      family: `Name${n}`,
      given: "A.",
    }));
    expect((await roundTrip(writer, paper("A title", { authors }))).record.authors).toEqual(authors);
  });

  test("identifiers, and a venue or a journal", async () => {
    const doi: Identifier = { scheme: "doi", value: "10.1016/0160-4120(81)90073-8" };
    const venue = await roundTrip(writer, paper("A title", { venue: "Test & More 50%" }), [arxiv, doi]);
    expect(venue.record).toMatchObject({ identifiers: [arxiv, doi], venue: "Test & More 50%" });
    expect(venue.record).not.toHaveProperty("journalReference");
    const details = { fieldSources: {}, journalReference: "Phys.Rev.D59:126002,1999" };
    const journal = await roundTrip(writer, paper("A title", { details }), [doi]);
    expect(journal.record).toMatchObject({
      identifiers: [doi],
      journalReference: "Phys.Rev.D59:126002,1999",
    });
    expect(journal.record).not.toHaveProperty("venue");
  });

  test("the year of the citation", async () => {
    const given = paper("A title", { venue: "Test", year: 2027 });
    expect((await roundTrip(writer, given)).record.year).toBe(2027);
    const unknown = paper("A title", { year: null, publishedOn: null });
    expect((await roundTrip(writer, unknown)).record).not.toHaveProperty("year");
  });
});

describe.each(rich)("%s beyond BibTeX", (_name, writer) => {
  test("days, also of a preprint that is cited with another year", async () => {
    for (const year of [2026, 2027]) {
      const { record } = await roundTrip(writer, paper("A title", { year }));
      expect(record).toMatchObject({ publishedOn: "2026-06-11", year });
      expect(record).not.toHaveProperty("comments");
    }
  });

  test("the authors' abstract, not somebody's summary", async () => {
    const abstract = "First\n line with $x_1 < 2$, H$_2$O and 50\\%.\n  Second.";
    const text = toPlainText(abstract);
    const { record } = await roundTrip(writer, paper("A title", { abstract, abstractText: text }));
    expect(toPlainText(record.abstract!)).toBe(text);
    const summary = await roundTrip(writer, paper("A title", { abstractKind: "summary" }));
    expect(summary.record).not.toHaveProperty("abstract");
  });

  test("text that speaks of markup means the same when it comes back", async () => {
    const title = "The entity &amp;lt; and \\$x\\$ in &lt;b&gt;";
    const { record } = await roundTrip(writer, paper(title));
    expect(toPlainText(record.title)).toBe(toPlainText(title));
  });

  test("identifiers of every scheme that means something elsewhere, and keywords", async () => {
    const identifiers: Identifier[] = [
      { scheme: "doi", value: "10.18653/v1/2023.acl-long.7" },
      { scheme: "doi", value: "10.1016/0160-4120(81)90073-8" },
      { scheme: "acl", value: "2023.acl-long.7" },
      { scheme: "openreview", value: "B1xAbc123_-" },
    ];
    const details = { fieldSources: {}, keywords: ["tests", "proofs of x"] };
    const { record } = await roundTrip(writer, paper("A title", { details }), identifiers);
    expect(new Set(record.identifiers)).toEqual(new Set(identifiers));
    expect(record.keywords).toEqual(details.keywords);
  });

  test("a paper that nothing but we know is known by our id", async () => {
    const conference: Identifier = { scheme: "conference", value: "test2026:x" };
    const item = await roundTrip(writer, paper("A title", { id: "k3vq80rd" }), [conference]);
    expect(item.id).toBe("k3vq80rd");
    expect(item.record.identifiers).toEqual([]);
    expect((await roundTrip(writer, paper("A title"))).id).toBeUndefined();
  });

  test("any clean text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), async (given) => {
        const title = toPlainText(`A ${given} b`);
        const { record } = await roundTrip(writer, paper(title));
        expect(toPlainText(record.title)).toBe(toPlainText(title));
      }),
      { numRuns: 300 },
    );
  });
});

describe("odd and hostile titles", () => {
  const quirks = sharedSamples("quirks.json", "odd but real titles through our exports");
  const hostile = sharedSamples("hostile-inputs.json", "hostile titles through our exports");
  const titles = (): string[] => {
    const odd = JSON.parse(quirks.text()) as { field: string; value: unknown }[];
    const areas = JSON.parse(hostile.text()) as { area: string; input: string }[];
    return [
      ...odd.filter(({ field }) => field === "title").map(({ value }) => value),
      ...areas.filter(({ area }) => /xss|latex|unicode|import-export/.test(area)).map(({ input }) => input),
    ].filter(
      (title) => typeof title === "string" && toPlainText(title) !== "" && title.length < 4_000,
    ) as string[];
  };

  test.skipIf(quirks.missing || hostile.missing).each(rich)("come back from %s", async (_name, writer) => {
    expect(titles().length).toBeGreaterThan(100);
    for (const title of titles()) {
      const { record } = await roundTrip(writer, paper(title));
      expect(toPlainText(record.title), title).toBe(toPlainText(title));
    }
  });

  test.skipIf(quirks.missing || hostile.missing)("come back from BibTeX, as one entry", async () => {
    const differing: string[] = [];
    for (const title of titles()) {
      const { record } = await roundTrip(writers.BibTeX!, paper(title));
      if (toPlainText(record.title) !== toPlainText(title)) differing.push(title);
    }
    expect(differing).toEqual([]);
  });
});

test("every format keeps the identifiers canonical", async () => {
  for (const [, writer] of all) {
    const { record } = await roundTrip(writer, paper("A title"), [
      { scheme: "arxiv", value: "hep-th/9901001" },
    ]);
    expect(record.identifiers).toEqual([{ scheme: "arxiv", value: "hep-th/9901001" }]);
    expect(record.identifiers.map(canonicalIdentifier)).toEqual(record.identifiers);
  }
});
