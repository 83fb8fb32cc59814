// The generated answers are built as the real ones are: the same elements in the same places, with the same attributes.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseXml } from "../../../src/lib/xml.ts";
import type { XmlElement } from "../../../src/lib/xml-reader.ts";
import { parseArxivListing } from "../../../src/sources/arxiv-listing.ts";
import { type Archive, startArchive } from "./server.ts";
import { createWorld } from "./world.ts";

const samples = join(process.env.BROADSHEET_SHARED ?? "../shared", "fixtures");
const there = existsSync(samples);
if (!there) console.warn(`NOT RUN: shapes of the real archive's answers (no ${samples}).`);

const world = createWorld({ seed: 5, from: "2026-11-02", until: "2026-11-06", papersPerDay: 8 });
let archive: Archive;
beforeAll(async () => {
  archive = await startArchive({ world, clock: () => new Date("2026-11-06T12:00:00Z"), oaiPageSize: 300 });
});
afterAll(() => archive[Symbol.asyncDispose]());

const ours = async (path: string) => (await fetch(archive.base + path)).text();
const theirs = (...files: string[]) =>
  files.map((file) => readFileSync(join(samples, "arxiv", file), "utf8"));

/** "rss/channel/item/guid @isPermaLink", of all documents together. */
function shapeOf(documents: string[]): Set<string> {
  const shape = new Set<string>();
  for (const document of documents) {
    const reading = parseXml(document);
    if (!reading.ok) throw new Error(reading.reason);
    collect(reading.root, "", shape);
  }
  return shape;
}

function collect(element: XmlElement, above: string, shape: Set<string>): void {
  const path = `${above}/{${element.namespace}}${element.name}`;
  shape.add(path);
  for (const name of element.attributes.keys()) shape.add(`${path} @${name}`);
  for (const child of element.children) if (typeof child !== "string") collect(child, path, shape);
}

/** Paths that one has and the other lacks, by their last two names. */
function missing(from: Set<string>, of: Set<string>): string[] {
  return [...of]
    .filter((path) => !from.has(path))
    .map((path) =>
      path
        .replace(/\{[^}]*\}/g, "")
        .split("/")
        .slice(-2)
        .join("/"),
    );
}

const records = [
  "0806.4129",
  "0906.3336",
  "0907.2974",
  "1101.6031",
  "1102.0348",
  "cond-mat_0703772",
  "math_0510544",
];
const single = (prefix: string) => records.map((id) => `oai/GetRecord_${prefix}_${id}.xml`);

/** What real records have beside, which the world knows nothing of. */
const beside = ["msc-class", "acm-class", "report-no", "proxy"];

/** In the protocol's and arXiv's schemas, though in none of the samples. */
const unsampled = /request @(set|resumptionToken)$|author\/affiliation$/;

describe.skipIf(!there)("the shape of", () => {
  test.each([
    [
      "arXiv",
      ["oai/ListRecords_arXiv_p1.xml", "oai/ListRecords_arXiv_p2.xml", "oai/ListRecords_arXiv_last.xml"],
    ],
    ["oai_dc", ["oai/ListRecords_oai_dc.xml"]],
  ])("a list of records in %s", async (prefix, files) => {
    const range = `metadataPrefix=${prefix}&from=2010-01-01&until=2026-11-07`;
    const mine = [
      await ours(`/oai?verb=ListRecords&${range}`),
      await ours(`/oai?verb=ListRecords&${range}&set=physics:hep-th`),
    ];
    const token = /'>(verb[^<]+)</.exec(mine[0]!)![1]!;
    mine.push(await ours(`/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`));
    const [real, generated] = [shapeOf(theirs(...files)), shapeOf(mine)];
    const gone = missing(generated, real).filter((path) => !beside.some((name) => path.includes(name)));
    expect(gone).toEqual([]);
    const known = new Set([
      ...real,
      ...[...shapeOf(theirs(...single(prefix)))].map((path) => path.replace("GetRecord", "ListRecords")),
    ]);
    expect(missing(known, generated).filter((path) => !unsampled.test(path))).toEqual([]);
  });

  test("single records in arXivRaw", async () => {
    const papers = world.papers
      .filter(({ versions }) => versions.length > 2 || versions.at(-1)!.withdrawn)
      .slice(0, 30);
    const mine = papers.map(({ id }) =>
      ours(`/oai?verb=GetRecord&metadataPrefix=arXivRaw&identifier=oai:arXiv.org:${id}`),
    );
    const [real, generated] = [shapeOf(theirs(...single("arXivRaw"))), shapeOf(await Promise.all(mine))];
    expect(missing(generated, real).filter((path) => !beside.some((name) => path.includes(name)))).toEqual(
      [],
    );
    expect(missing(real, generated)).toEqual([]);
  });

  test.each(["Identify", "ListSets", "ListMetadataFormats"])("%s", async (verb) => {
    const [real, generated] = [
      shapeOf(theirs(`oai/${verb}.xml`)),
      shapeOf([await ours(`/oai?verb=${verb}`)]),
    ];
    expect(
      missing(generated, real).filter((path) => !/description|eprints|Policy|content/.test(path)),
    ).toEqual([]);
    expect(missing(real, generated)).toEqual([]);
  });

  test.each([
    ["badVerb", "verb=Nope"],
    ["badArgument_granularity", "verb=ListRecords&metadataPrefix=arXiv&from=2024-02-20T00:00:00Z"],
    ["badArgument_set", "verb=ListRecords&metadataPrefix=arXiv&set=cs.AI"],
    ["badArgument_dup", "verb=ListRecords&metadataPrefix=arXiv&metadataPrefix=arXiv"],
    ["badArgument_tooEarly", "verb=ListRecords&metadataPrefix=arXiv&from=1999-01-01"],
    ["badArgument_future", "verb=ListRecords&metadataPrefix=arXiv&until=2030-01-01"],
    ["badResumptionToken", "verb=ListRecords&resumptionToken=garbage"],
    ["cannotDisseminateFormat", "verb=ListRecords&metadataPrefix=marc21"],
    ["idDoesNotExist", "verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:2512.99999"],
    ["noRecordsMatch", "verb=ListRecords&metadataPrefix=arXiv&from=2025-01-04&until=2025-01-04"],
    ["noVerb", ""],
    ["tokenPlusArg", "verb=ListRecords&metadataPrefix=arXiv&resumptionToken=x"],
  ])("the refusal %s, to the word", async (name, query) => {
    const words = (xml: string) =>
      xml
        .replace(/<responseDate>.*?<\/responseDate>/, "")
        .replace(/>https?:[^<]*oai</, "><")
        .replace(/\s+/g, " ");
    expect(words(await ours(`/oai?${query}`))).toBe(words(theirs(`oai/err_${name}.xml`)[0]!));
  });

  test("the feeds", async () => {
    const busy = "hep-th+cs.LG+stat.ML+cs.CL+cs.CV+gr-qc";
    const rss = shapeOf([await ours(`/rss/${busy}`)]);
    const realRss = shapeOf(theirs("rss/multi.rss.xml", "rss/single.rss.xml"));
    expect([missing(rss, realRss), missing(realRss, rss)]).toEqual([[], []]);
    const atom = shapeOf([await ours(`/atom/${busy}`)]);
    const realAtom = shapeOf(theirs("rss/multi.atom.xml", "rss_real_example.xml"));
    expect([missing(atom, realAtom), missing(realAtom, atom)]).toEqual([[], []]);
    const error = shapeOf([await ours("/rss/cs.ZZ")]);
    const realError = shapeOf(theirs("rss/err_bad_class.rss.xml"));
    expect([missing(error, realError), missing(realError, error)]).toEqual([[], []]);
  });

  test("the query API", async () => {
    const generated = shapeOf([await ours("/api/query?search_query=cat:hep-th&max_results=200")]);
    const real = shapeOf(theirs("atom_query_transformer_2026.xml", "atom_query_scout.xml"));
    expect(missing(real, generated).filter((path) => !/doi|journal_ref/.test(path))).toEqual([]);
    expect(missing(generated, real)).toEqual([]);
  });

  test("a listing page, as our reader sees it", async () => {
    const [real] = theirs("listing_new_sample.html");
    const readings = [
      parseArxivListing(real!, "cs.AI"),
      parseArxivListing(await ours("/list/cs.LG/new"), "cs.LG"),
    ];
    const [first, second] = readings.map((reading) => {
      if (!reading.ok) throw new Error(reading.reason);
      return reading.listing.sections.map(({ kind, entries }) => {
        const { item } = entries[0]!;
        const record = item.records[0]!;
        return [
          kind,
          Object.keys(entries[0]!),
          record.authors.length > 0,
          record.categories.length > 0,
          !!record.abstract,
        ];
      });
    });
    expect(second).toEqual(first);
    const skeleton = (html: string) =>
      new Set(html.match(/<(?:dl|dt|dd|div|span|p|h3)[^>]*class=['"][^'"]*['"]/g));
    const unknown = [...skeleton(await ours("/list/cs.LG/new"))].filter((tag) => !skeleton(real!).has(tag));
    expect(unknown).toEqual(["<div class='paging'"]);
  });

  test("the hub's days", async () => {
    const keys = (value: unknown, path = ""): string[] =>
      Array.isArray(value)
        ? value.flatMap((member) => keys(member, `${path}[]`))
        : typeof value === "object" && value !== null
          ? Object.entries(value).flatMap(([key, member]) => [
              `${path}.${key}`,
              ...keys(member, `${path}.${key}`),
            ])
          : [];
    const read = (file: string) => JSON.parse(readFileSync(join(samples, "hf", file), "utf8"));
    const real = new Set(
      keys(
        [read("daily_papers_2026-06-12_30items.json"), read("daily_papers_2026-07-31_5items.json")].flat(),
      ),
    );
    const generated = new Set(keys(JSON.parse(await ours("/api/daily_papers?date=2026-11-05"))));
    expect([...generated].filter((key) => !real.has(key))).toEqual([]);
    const needed = [...real].filter(
      (key) =>
        !generated.has(key) &&
        !/ai_|mediaUrls|projectPage|\.user|status|isHf|isMod|follow|Follow|thumbnail/.test(key),
    );
    expect(needed).toEqual([]);
  });
});
