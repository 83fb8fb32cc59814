// Zotero's RDF: items with what they refer to, before or after them, and files that are no library.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { PaperRecord } from "../papers/paper.ts";
import type { Entry } from "./format.ts";
import { zoteroRdf } from "./zotero-rdf.ts";

const open = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
  xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#"
  xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/" xmlns:link="http://purl.org/rss/1.0/modules/link/">`;
const library = (elements: string) => `${open}${elements}</rdf:RDF>`;

async function read(given: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<Entry[]> {
  async function* stream() {
    yield typeof given === "string" ? new TextEncoder().encode(given) : (given as Uint8Array);
  }
  const input = typeof given === "string" || given instanceof Uint8Array ? stream() : given;
  const entries: Entry[] = [];
  for await (const entry of zoteroRdf.read(input, { fileName: "library.rdf" })) entries.push(entry);
  return entries;
}

async function records(text: string): Promise<PaperRecord[]> {
  return (await read(text)).flatMap((entry) => (entry.ok ? entry.item.records : []));
}

const person = (family: string, given?: string) =>
  `<rdf:li><foaf:Person><foaf:surname>${family}</foaf:surname>${given ? `<foaf:givenName>${given}</foaf:givenName>` : ""}</foaf:Person></rdf:li>`;

const article = (fields: string, type = "journalArticle") =>
  `<bib:Article rdf:about="#item_1"><z:itemType>${type}</z:itemType><dc:title>A title</dc:title>${fields}</bib:Article>`;

const journal = `<bib:Journal rdf:about="urn:issn:1234-5678"><prism:volume>9</prism:volume><prism:number>3</prism:number>
  <dc:title>J. Test</dc:title><dc:identifier>DOI 10.1234/ABC</dc:identifier><dc:identifier>ISSN 1234-5678</dc:identifier></bib:Journal>`;

describe("an item", () => {
  test("whole", async () => {
    const fields = `<dcterms:isPartOf>${journal}</dcterms:isPartOf><bib:authors><rdf:Seq>${person("da Rocha", "Roldao")}
      ${person("LHCb Collaboration")}</rdf:Seq></bib:authors><bib:editors><rdf:Seq>${person("Nobody")}</rdf:Seq></bib:editors>
      <link:link rdf:resource="#item_2"/><dc:subject>tests</dc:subject>
      <dc:subject><z:AutomaticTag><rdf:value>proofs</rdf:value></z:AutomaticTag></dc:subject>
      <dcterms:abstract>We show it.</dcterms:abstract><dc:date>2026-06-11</dc:date><bib:pages>120-125</bib:pages>
      <dc:identifier><dcterms:URI><rdf:value>https://x.test/a</rdf:value></dcterms:URI></dc:identifier>
      <dc:description>arXiv:2606.10420 [cs]</dc:description>`;
    const file = `<z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
      <bib:Memo rdf:about="#item_3"><rdf:value>Note</rdf:value></bib:Memo><z:Collection rdf:about="#c"><dc:title>C</dc:title></z:Collection>`;
    expect(await records(library(article(fields) + file))).toEqual([
      {
        source: "references",
        sourceId: "doi:10.1234/abc",
        identifiers: [
          { scheme: "doi", value: "10.1234/abc" },
          { scheme: "arxiv", value: "2606.10420" },
        ],
        title: "A title",
        abstract: "We show it.",
        abstractKind: "abstract",
        authors: [
          { name: "Roldao da Rocha", family: "da Rocha", given: "Roldao" },
          { name: "LHCb Collaboration", literal: true },
        ],
        publishedOn: "2026-06-11",
        year: 2026,
        categories: [],
        versions: [],
        links: [{ kind: "site", url: "https://x.test/a" }],
        comments: "arXiv:2606.10420 [cs]",
        journalReference: "J. Test 9 (3), 120–125 (2026)",
        keywords: ["tests", "proofs"],
      },
    ]);
  });

  test("finds its journal before it, after it, and does without", async () => {
    const item = article('<dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>');
    const other = article("").replace("A title", "B");
    const expected = {
      journalReference: "J. Test 9 (3)",
      identifiers: [{ scheme: "doi", value: "10.1234/abc" }],
    };
    expect(await records(library(journal + item))).toMatchObject([expected]);
    expect(await records(library(item + other + journal))).toMatchObject([{ title: "B" }, expected]);
    expect((await records(library(item)))[0]).not.toHaveProperty("journalReference");
  });

  test("of a conference has its venue: the proceedings, else the meeting", async () => {
    const book =
      "<dcterms:isPartOf><bib:Journal><dc:title>Proc. Test</dc:title></bib:Journal></dcterms:isPartOf>";
    const meeting =
      "<bib:presentedAt><bib:Conference><dc:title>Test 2026</dc:title></bib:Conference></bib:presentedAt>";
    expect(await records(library(article(book + meeting, "conferencePaper")))).toMatchObject([
      { venue: "Proc. Test" },
    ]);
    expect(await records(library(article(meeting, "conferencePaper")))).toMatchObject([
      { venue: "Test 2026" },
    ]);
  });

  test("without a title is named and spoils no other", async () => {
    const entries = await read(library(article("").replace("A title", " ") + article("")));
    expect(entries).toMatchObject([
      { ok: false, entry: 1, reason: "it has no title" },
      { ok: true, entry: 2 },
    ]);
  });
});

describe("what is no library", () => {
  const fails = (given: string | AsyncIterable<Uint8Array>, message: RegExp) =>
    expect(read(given)).rejects.toMatchObject({ code: "bad-input", message: expect.stringMatching(message) });

  test("is named with its reason", async () => {
    await fails(library(article("")).slice(0, -4), /library\.rdf .*unclosed/);
    await fails("<rss><channel/></rss>", /no RDF but <rss>/);
    await fails(`<!DOCTYPE x [<!ENTITY a "b">]>${library(article("&a;"))}`, /document type/);
  });

  test("a small archive that unpacks to a huge one is cut off", async () => {
    async function* bomb() {
      yield new TextEncoder().encode(open);
      const blank = new Uint8Array(1024 * 1024).fill(32);
      for (let sent = 0; sent < 300; sent += 1) yield blank;
    }
    await fails(bomb(), /larger than 268435456 bytes/);
  });

  test("is not detected", () => {
    expect(zoteroRdf.detect(library(""), "x.rdf")).toBe(true);
    expect(zoteroRdf.detect('<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "x.rdf")).toBe(false);
  });
});

describe("real libraries", () => {
  const samples = sharedSamples("fixtures/zotero", "real exports of Zotero");

  test.skipIf(samples.missing).each([
    ["book_and_snapshot.rdf", ["Test"]],
    ["zotero_rdf.xml", ["A", "B"]],
  ])("%s", async (name, titles) => {
    expect(zoteroRdf.detect(samples.text(name), name)).toBe(true);
    expect((await records(samples.text(name))).map(({ title }) => title)).toEqual(titles);
  });
});
