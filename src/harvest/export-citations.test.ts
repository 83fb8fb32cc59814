// Citations out and in again: an empty folder gets the same papers to cite, and its own export is the same file, byte for byte.

import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { corpusFiles } from "../../test/support/program.ts";
import { fc } from "../../test/support/properties.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { testFolder, writeTestFile } from "../../test/support/world-files.ts";
import { paperItem, save } from "../../test/support/world-papers.ts";
import type { Db } from "../database/dialect.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { type CitationFormat, citationFormats } from "../papers/citation-formats.ts";
import type { Author, SourceItem } from "../papers/paper.ts";
import { countPapers, listPapersAfter } from "../papers/papers-store.ts";
import { exportCitations } from "./export.ts";
import { importFiles } from "./import.ts";
import { loadSample } from "./sample.ts";

const clock = () => new Date("2026-05-12T12:00:00.000Z");
const formats = Object.values(citationFormats).map((format) => [format.title, format] as const);

async function exportText(db: Db, format: CitationFormat): Promise<string> {
  return (await Array.fromAsync(exportCitations(db, format))).join("");
}

/** Imports what was exported, found by what it looks like, and exports that. */
async function throughImport(copy: Db, text: string, format: CitationFormat) {
  const file = writeTestFile(testFolder(), `export.${format.extension}`, text);
  const { added, merged, rejected } = await importFiles(copy, { paths: [file], origin: "import", clock });
  return { again: await exportText(copy, format), added, merged, rejected };
}

/** What every format says of a paper. */
async function listCitations(db: Db) {
  const papers = await listPapersAfter(db, 0, 100_000);
  return papers.map(
    ({ titleText, authors, year, venue, details, abstractKind, abstractText, publishedOn }) => ({
      titleText,
      authors: authors.map(({ name }) => toPlainText(name).replaceAll(",", "")),
      year: year ?? Number(publishedOn?.slice(0, 4) ?? 0),
      venue: venue === null ? null : toPlainText(venue),
      journal: venue === null && details.journalReference ? toPlainText(details.journalReference) : null,
      abstract: abstractKind === "abstract" ? abstractText.replace(/\s+/g, " ") : "",
    }),
  );
}

type Citations = Awaited<ReturnType<typeof listCitations>>;

/** BibTeX has no abstract, and its two hyphens are the dash that TeX prints. */
function asBibtexHasIt(citations: Citations): Citations {
  const dashed = <T extends string | null>(text: T) =>
    text?.replaceAll("---", "—").replaceAll("--", "–") as T;
  return citations.map((citation) => ({
    ...citation,
    titleText: dashed(citation.titleText),
    venue: dashed(citation.venue),
    journal: dashed(citation.journal),
    abstract: "",
  }));
}

async function expectRoundTrip(db: Db, copy: Db, format: CitationFormat) {
  const text = await exportText(db, format);
  const { again, ...counts } = await throughImport(copy, text, format);
  expect(again).toBe(text);
  expect(counts).toEqual({ added: await countPapers(db), merged: 0, rejected: 0 });
  const shown = format.name === "bibtex" ? asBibtexHasIt : (citations: Citations) => citations;
  const [given, back] = [shown(await listCitations(db)), shown(await listCitations(copy))];
  for (const [i, citation] of given.entries()) expect(back[i]).toEqual(citation);
}

const people: Author[] = [
  { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" },
  { name: "Waldyr A. Rodrigues Jr", family: "Rodrigues", given: "Waldyr A.", suffix: "Jr" },
  { name: "LHCb Collaboration", literal: true },
  { name: "Barnes and Noble", literal: true },
  { name: "조혜린", family: "조혜린" },
  { name: "Jürgen Müller-Őst", family: "Müller-Őst", given: "Jürgen" },
];

const hostileTitles = [
  "BERT: 50% of $5 & more #1 {x} a_b ~ ^ \\ < > \" '",
  'Adaptive Methods under H\\"{o}lderian Error Bounds of \\textsc{AIEV}',
  "Signals in $e^+e^-\\to W^+W^-$ at the \\emph{ILC}, 42\\% \\\\ and $\\Lambda$-LTB",
  "}\n@article{evil, title={x}}\nTY  - JOUR\nER  - ",
  '=HYPERLINK("http://evil.test","x"), title = {x}',
  "An \u202eoverride\u202c and a zero\u200bwidth \u{1f9a9} تعلم الآلة",
  '‘Don’t’ is “not” – or --- is it -- the "same"?',
];

describeOnBothDatabases("citations out and in", (open) => {
  test.each(formats)("%s: the small corpus and the sample", async (_title, format) => {
    const db = await open();
    await loadSample(db, clock);
    await importFiles(db, { paths: corpusFiles(), origin: "import", clock });
    await expectRoundTrip(db, await open(), format);
  });

  test.each(formats)(
    "%s: hostile titles, collaborations, 3,000 authors, papers alike",
    async (_title, format) => {
      const db = await open();
      const crowd = Array.from({ length: 3_000 }, (_, n) => `A. Name${n}`);
      await save(db, [
        ...hostileTitles.map((title, n) => paperItem({ title, authors: people, year: 2000 + n })),
        paperItem({ title: "A crowd", authors: crowd, venue: "Test & More 50%" }),
        // One citation key for both.
        ...["first", "second"].map((word) =>
          paperItem({ title: `Alike the ${word}`, authors: ["Ada Lovelace"], year: 2020 }),
        ),
      ]);
      await expectRoundTrip(db, await open(), format);
    },
  );

  test.each(formats)("%s: of nothing comes nothing", async (_title, format) => {
    const text = await exportText(await open(), format);
    expect(text.replace(/\s/g, "")).toBe(format.name === "csl-json" ? "[]" : "");
  });
});

describe("any papers", () => {
  const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
  const item = (n: number): fc.Arbitrary<SourceItem> =>
    fc
      .record({
        title: words.map((text) => `Number ${n}: ${toPlainText(`${text} end`)}`),
        family: words.map((text) => `F${toPlainText(`${text}y`).replaceAll(",", " ")}`),
        year: fc.option(fc.integer({ min: 1950, max: 2026 }), { nil: undefined }),
        venue: fc.option(
          words.map((text) => toPlainText(`Conference ${text} x`)),
          { nil: undefined },
        ),
        arxiv: fc.boolean(),
      })
      .map(({ title, family, year, venue, arxiv }) =>
        paperItem({
          title,
          authors: [{ name: family, literal: true }, "Ada Lovelace"],
          identifiers: arxiv ? [{ scheme: "arxiv", value: `2605.${String(n).padStart(5, "0")}` }] : [],
          ...(year === undefined ? {} : { year }),
          ...(venue === undefined ? {} : { venue }),
        }),
      );

  describeOnBothDatabases("round trip", (open) => {
    test.each(formats)("%s", async (_title, format) => {
      await fc.assert(
        fc.asyncProperty(fc.tuple(...Array.from({ length: 8 }, (_, n) => item(n + 1))), async (items) => {
          const [db, copy] = [await open(), await open()];
          await save(db, items);
          await expectRoundTrip(db, copy, format);
        }),
        { numRuns: 4 },
      );
    });
  });
});

describeOnBothDatabases("citations of real samples", (open) => {
  const seeds = sharedSamples("seeds", "saved listing pages through the citation formats");
  const snapshot = sharedSamples(
    "fixtures/arxiv/kaggle_format_509_real_papers.jsonl",
    "real records of arXiv through the citation formats",
  );
  const place = process.env.BROADSHEET_SHARED ?? "../shared";

  test.skipIf(seeds.missing || snapshot.missing).each(formats)("%s", async (_title, format) => {
    const db = await open();
    const paths = seeds.names().filter((name) => name.endsWith(".txt"));
    await importFiles(db, {
      paths: [
        ...paths.map((name) => `${place}/seeds/${name}`),
        `${place}/fixtures/arxiv/kaggle_format_509_real_papers.jsonl`,
      ],
      origin: "import",
      clock,
    });
    expect(await countPapers(db)).toBeGreaterThan(900);
    await expectRoundTrip(db, await open(), format);
  });
});
