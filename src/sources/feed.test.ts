// Plain feeds in their three forms, with what publishers add, and what they get wrong.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { PaperRecord } from "../papers/paper.ts";
import { type Feed, parseFeed } from "./feed.ts";

const url = "https://journal.test/feed/rss.xml";
const namespaces =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:content="http://purl.org/rss/1.0/modules/content/"';
const abstract = "We show it. ".repeat(30).trim();

const rss2 = (items: string, head = "") => `<?xml version="1.0" encoding="UTF-8"?>
  <rss version="2.0" ${namespaces}><channel><title>Journal of Tests</title>${head}${items}</channel></rss>`;

const item = (fields: string, address = "<link>https://journal.test/a/1</link>") =>
  `<item><title>A title</title>${address}${fields}</item>`;

function feed(text: string | Uint8Array): Feed {
  const reading = parseFeed(text, url);
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
}

const records = (text: string): PaperRecord[] => feed(text).items.flatMap((one) => one.records);
const record = (fields: string, address?: string) => records(rss2(item(fields, address)))[0]!;

describe("RSS 2.0", () => {
  test("a whole item", () => {
    const fields = `<description>&lt;p&gt;${abstract}&lt;/p&gt;</description><guid isPermaLink="false">x1</guid>
      <dc:creator>Ann Example</dc:creator><dc:creator>Two, B.</dc:creator><pubDate>Wed, 29 Jul 2026 23:30:00 -0400</pubDate>
      <prism:doi>10.1234/ABC</prism:doi><prism:publicationName>J. Test</prism:publicationName><prism:volume>9</prism:volume>
      <prism:number>6</prism:number><prism:startingPage>120</prism:startingPage><prism:endingPage>125</prism:endingPage>
      <category>Tests</category><dc:subject>Tests</dc:subject><dc:subject>Proofs</dc:subject>
      <enclosure url="/a/1.pdf" type="application/pdf"/>`;
    expect(record(fields)).toEqual({
      source: "feed",
      sourceId: "10.1234/abc",
      statedAt: "2026-07-30T03:30:00.000Z",
      identifiers: [{ scheme: "doi", value: "10.1234/abc" }],
      title: "A title",
      abstract,
      abstractKind: "abstract",
      authors: [
        { name: "Ann Example", family: "Example", given: "Ann" },
        { name: "B. Two", family: "Two", given: "B." },
      ],
      publishedOn: "2026-07-29",
      year: 2026,
      venue: "J. Test",
      categories: [],
      versions: [],
      links: [
        { kind: "abstract", url: "https://journal.test/a/1" },
        { kind: "pdf", url: "https://journal.test/a/1.pdf" },
      ],
      journalReference: "J. Test 9 (6), 120-125",
      keywords: ["Tests", "Proofs"],
    });
  });

  test("head: title, time, journal of all items", () => {
    const head = `<lastBuildDate>Wed, 29 Jul 2026 04:00:00 GMT</lastBuildDate><prism:publicationName>J. Test</prism:publicationName>`;
    const read = feed(rss2(item(""), head));
    expect(read).toMatchObject({
      form: "rss-2",
      title: "Journal of Tests",
      updatedAt: "2026-07-29T04:00:00.000Z",
      mended: false,
    });
    expect(read.items[0]?.records[0]?.venue).toBe("J. Test");
  });
});

test("RSS 1.0 has its items beside the channel; the title of the article goes before that with the volume", () => {
  const text = `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ${namespaces}>
    <channel rdf:about="x"><title>Fluids</title><dc:date>2026-07-01</dc:date></channel><item rdf:about="x/1">
    <title>Fluids, Vol. 9, Pages 120: Waves</title><link>https://x.test/1</link><dc:title>Waves</dc:title>
    <dc:identifier>doi: 10.3390/fluids9060120</dc:identifier><prism:publicationDate>2026-05</prism:publicationDate></item></rdf:RDF>`;
  expect(feed(text)).toMatchObject({ form: "rss-1", title: "Fluids", updatedAt: "2026-07-01T00:00:00.000Z" });
  expect(records(text)[0]).toMatchObject({
    title: "Waves",
    sourceId: "10.3390/fluids9060120",
    year: 2026,
  });
  expect(records(text)[0]).not.toHaveProperty("publishedOn");
});

test("Atom has links by relation, people by name, and two dates", () => {
  const text = `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">T</title><updated>2026-07-30T00:00:00Z</updated>
    <entry><id>tag:x.test,2026:1</id><title>A title</title><updated>2026-07-29T10:00:00+02:00</updated>
    <published>2026-07-01T00:00:00Z</published><summary type="html">${abstract}</summary><category term="Tests"/>
    <link rel="self" href="/self"/><link href="../a/1"/><link rel="related" type="application/pdf" href="/a/1.pdf"/>
    <author><name>Ann Example</name></author><author><name>B. Two</name></author></entry></feed>`;
  expect(records(text)[0]).toMatchObject({
    sourceId: "https://journal.test/a/1",
    statedAt: "2026-07-29T08:00:00.000Z",
    publishedOn: "2026-07-01",
    updatedOn: "2026-07-29",
    abstract,
    authors: [{ name: "Ann Example" }, { name: "B. Two" }],
    links: [{ url: "https://journal.test/a/1" }, { url: "https://journal.test/a/1.pdf" }],
    keywords: ["Tests"],
  });
});

describe("identifiers", () => {
  test.each([
    ["<dc:identifier>info:doi/10.1126/science.abj4606</dc:identifier>", "10.1126/science.abj4606"],
    ["<dc:identifier>hwp:resource-id:sci;372</dc:identifier><prism:doi>10.1234/x</prism:doi>", "10.1234/x"],
    ["<dc:identifier>https://doi.org/10.1234/X</dc:identifier>", "10.1234/x"],
    ["<dc:doi>10.1000/182</dc:doi>", "10.1000/182"],
    ['<guid isPermaLink="true">https://pub.test/doi/abs/10.1234/x?af=R</guid>', "10.1234/x"],
    ["<guid>https://arxiv.org/abs/2606.10420v2</guid>", "2606.10420"],
  ])("%s", (fields, value) => {
    expect(record(fields).identifiers.map((one) => one.value)).toEqual([value]);
    expect(record(fields).sourceId).toBe(value);
  });

  test("without any, the address, then the feed's own id, stands for the item", () => {
    expect(record("<guid>x1</guid>").sourceId).toBe("https://journal.test/a/1");
    expect(record("<guid>x1</guid>", "").sourceId).toBe(`${url}#x1`);
  });
});

describe("people", () => {
  const names = (fields: string) => record(fields).authors.map(({ name }) => name);

  test.each([
    ["<dc:creator>Fuentes, A.</dc:creator>", ["A. Fuentes"]],
    ["<dc:creator>Marx, Karl</dc:creator>", ["Karl Marx"]],
    ["<dc:creator>de la Cruz, M. J.</dc:creator>", ["M. J. de la Cruz"]],
    ["<dc:creator>Ann One, Bo Two</dc:creator>", ["Ann One", "Bo Two"]],
    ["<dc:creator>Ann One, Bo Two and Cy Three</dc:creator>", ["Ann One", "Bo Two", "Cy Three"]],
    ["<dc:creator>One, A.; Two, B.</dc:creator>", ["A. One", "B. Two"]],
    ["<author>editor@x.test (Ann One)</author>", ["Ann One"]],
    ["<author>editor@x.test</author>", []],
    ["<dc:creator/>", []],
    ["", []],
  ])("%s", (fields, expected) => {
    expect(names(fields)).toEqual(expected);
  });
});

describe("texts", () => {
  test("a teaser is a summary, not the authors' abstract", () => {
    expect(record("<description>Short.</description>").abstractKind).toBe("summary");
    expect(record(`<description>${abstract} [...]</description>`).abstractKind).toBe("summary");
    expect(record(`<description>${abstract}</description>`).abstractKind).toBe("abstract");
    expect(record("<description/>")).not.toHaveProperty("abstract");
  });

  test("the longer of description and content", () => {
    const fields = `<description>Published online.</description><content:encoded><![CDATA[<p>Abstract: ${abstract}</p>]]></content:encoded>`;
    expect(record(fields).abstract).toBe(abstract);
  });

  test("formulas are no HTML", () => {
    expect(record("<description><![CDATA[for all $t<n$ of $n>1$]]></description>").abstract).toBe(
      "for all $t<n$ of $n>1$",
    );
  });

  test("no script comes through", () => {
    const hostile = "<description><![CDATA[<p>a<script>alert(1)</script>b</p>]]></description>";
    expect(record(hostile).abstract).toBe("ab");
    expect(record("", "<link>javascript:alert(1)</link><guid>x1</guid>").links).toEqual([]);
  });

  test("retracted papers say so in their title; notices are papers of their own", () => {
    expect(records(rss2(item("").replace("A title", "RETRACTED ARTICLE: A title")))[0]?.withdrawn).toBe(true);
    expect(records(rss2(item("").replace("A title", "Retraction note: A title")))[0]).not.toHaveProperty(
      "withdrawn",
    );
  });
});

describe("what is wrong with feeds", () => {
  test("stray ampersands and HTML's references are mended, and said to be", () => {
    const read = feed(rss2(item("").replace("A title", "AT&T and&nbsp;&eacute; &lt;b&gt; &unknown; &#233;")));
    expect(read.mended).toBe(true);
    expect(read.items[0]?.records[0]?.title).toBe("AT&T and é <b> &unknown; é");
  });

  test("older encodings are read as declared", () => {
    const text = rss2(item("<dc:creator>Jürgen Müller</dc:creator>")).replace("UTF-8", "ISO-8859-1");
    const read = feed(Buffer.from(text, "latin1"));
    expect(read.items[0]?.records[0]?.authors[0]?.name).toBe("Jürgen Müller");
  });

  test("an item without a title or an id is named and spoils no other", () => {
    const read = feed(rss2(item("").replace("A title", " ") + item("", "") + item("")));
    expect(read.rejected).toEqual([
      { item: 1, reason: "it has no title" },
      { item: 2, reason: "it has no DOI, no address and no id" },
    ]);
    expect(read.items).toHaveLength(1);
  });

  test.each([
    ["<html><body>Moved</body></html>", /no feed but <html>/],
    [rss2(item("")).slice(0, -8), /unclosed/],
    [
      `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss2(item("")).split("?>")[1]}`,
      /document type/,
    ],
    [rss2(item("")).replace("A title", "a\u0001b"), /well-formed/],
    ['<?xml version="1.0" encoding="UTF-7"?><rss/>', /UTF-7|utf-7/],
    ["", /./],
  ])("%j is none", (text, reason) => {
    expect(parseFeed(text, url)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe("real feeds", () => {
  const samples = sharedSamples("fixtures/feeds", "real feeds of journals");

  test.skipIf(samples.missing).each([
    ["iacr_rss.xml", "rss-2", 3, "https://eprint.iacr.org/2026/488"],
    ["zotero_feed.atom", "atom", 1, "10.12345/example"],
    ["zotero_feed.rss", "rss-2", 3, "http://liftoff.msfc.nasa.gov/news/2003/news-starcity.asp"],
    ["zotero_feedArticleMetadata.rss", "rss-1", 1, "10.3390/fluids9060120"],
    ["zotero_feedCDATA.rss", "rss-1", 2, "10.1126/science.abj4606"],
    ["zotero_feedDetailed.rss", "rss-1", 3, "10.1000/182"],
    [
      "zotero_feedMedia.xml",
      "rss-2",
      1,
      "https://www.nytimes.com/2021/06/10/world/europe/biden-europe-pictures.html",
    ],
  ])("%s", (name, form, count, sourceId) => {
    const read = feed(samples.bytes(name));
    expect(read).toMatchObject({ form, mended: false, rejected: [] });
    expect(read.items).toHaveLength(count);
    expect(read.items[0]?.records[0]?.sourceId).toBe(sourceId);
  });

  test.skipIf(samples.missing)("authors, abstracts and journals of real items", () => {
    const first = (name: string) => feed(samples.bytes(name)).items[0]?.records[0];
    expect(first("iacr_rss.xml")).toMatchObject({ abstractKind: "abstract", publishedOn: "2026-03-09" });
    expect(first("iacr_rss.xml")?.authors).toHaveLength(5);
    expect(first("zotero_feedCDATA.rss")).toMatchObject({
      authors: [{ name: "A. Fuentes" }],
      journalReference: "Science 372 (6544), 769",
      publishedOn: "2021-05-21",
    });
    expect(first("zotero_feedArticleMetadata.rss")).toMatchObject({
      title: "Environmental Hydraulics, Turbulence, and Sediment Transport, Second Edition",
      abstractKind: "summary",
      venue: "Fluids",
    });
    expect(first("zotero_feedDetailed.rss")?.authors).toHaveLength(3);
  });
});
