// The hostile inputs of XML through the adapters they are meant for, and hostile titles through all adapters.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { parseXml } from "../lib/xml.ts";
import { rawTextOf } from "../lib/xml-query.ts";
import { parseArxivListing } from "./arxiv-listing.ts";
import { parseOaiAnswer } from "./arxiv-oai.ts";
import { parseArxivRss } from "./arxiv-rss.ts";
import { parseBiorxivAnswer } from "./biorxiv.ts";
import { cslJson } from "./csl-json.ts";
import { parseFeed } from "./feed.ts";
import type { Entry, FileFormat } from "./format.ts";
import { ris } from "./ris.ts";

interface Hostile {
  id: string;
  area: string;
  input: string;
}

const samples = sharedSamples("hostile-inputs.json", "hostile inputs of XML, titles and references");
const inputs = (area: string): Hostile[] =>
  samples.missing ? [] : (JSON.parse(samples.text()) as Hostile[]).filter((one) => one.area === area);

const feedUrl = "https://journal.test/rss";
const oai = (body: string) =>
  `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-21T00:00:00Z</responseDate>${body}</OAI-PMH>`;
const rss = (title: string) =>
  `<rss version="2.0"><channel><title>J</title><item><title>${title}</title><guid>1</guid></item></channel></rss>`;

function textOf(xml: string): string | null {
  const reading = parseXml(xml);
  return reading.ok ? rawTextOf(reading.root) : null;
}

/** What must come of each input of the area; one that is not named here fails the test. */
const ofXml: Record<string, (input: string) => void> = {
  "xml-02": (input) => {
    expect(parseFeed(input, feedUrl)).toMatchObject({ ok: false });
    expect(JSON.stringify(parseFeed(input, feedUrl))).not.toContain("root:");
  },
  "xml-06": (input) => expect(parseOaiAnswer(input)).toMatchObject({ ok: false, kind: "broken" }),
  "xml-07": (input) => {
    const record = `<record><header status="deleted"><identifier>oai:arXiv.org:2611.00001</identifier></header></record>`;
    expect(parseOaiAnswer(oai(`<ListRecords>${record}${input}`))).toMatchObject({
      ok: true,
      resumptionToken: null,
    });
  },
  "xml-09": (input) => expect(textOf(input)).toBe("Stereotyped in vivo axon H2O"),
  "xml-10": (input) => expect(textOf(input)).toBeNull(),
  "xml-11": (input) => {
    expect(textOf(input)).toBeNull();
    const title = /<r>(.*)<\/r>/.exec(input)![1]!;
    const feed = parseFeed(rss(title), feedUrl);
    expect(feed).toMatchObject({ ok: true, mended: true, items: [{ records: [{ title: "AT&T and é" }] }] });
  },
  "xml-13": (input) => {
    expect(textOf(input)).toBeNull();
    expect(parseXml(Buffer.from(input), { encodings: "western" }).ok).toBe(false);
  },
  "xml-14": (input) => {
    const foreign = /<x:identifier>.*<\/x:identifier>/.exec(input)![0];
    const header = `<header xmlns:x="http://evil/">${foreign}<identifier>oai:arXiv.org:2611.00001</identifier></header>`;
    const answer = parseOaiAnswer(oai(`<ListIdentifiers>${header}</ListIdentifiers>`));
    expect(answer).toMatchObject({ ok: true, headers: [{ arxivId: "2611.00001" }] });
  },
  "xml-15": (input) => {
    expect(parseFeed(rss(input), feedUrl)).toMatchObject({
      items: [{ records: [{ title: "<script>alert(1)</script>" }] }],
    });
  },
  // A body without end: xml.test.ts, "a body without end is cut off at the limit".
  "xml-17": () => undefined,
  "xml-18": (input) => {
    const record = input.replace("oai:x:1", "oai:arXiv.org:2611.00001");
    const answer = parseOaiAnswer(oai(`<ListRecords>${record}</ListRecords>`));
    expect(answer).toMatchObject({
      ok: true,
      records: [{ deleted: true, record: null, arxivId: "2611.00001" }],
    });
  },
};

test.skipIf(samples.missing)("every hostile input of XML ends as it must", () => {
  for (const { id, input } of inputs("xml")) {
    expect(ofXml[id], `${id} has no check`).toBeDefined();
    ofXml[id]!(input);
  }
});

const cdata = (text: string) => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
const html = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

async function titleOf(format: FileFormat, text: string): Promise<string | undefined> {
  async function* stream() {
    yield new TextEncoder().encode(text);
  }
  const entries: Entry[] = [];
  for await (const entry of format.read(stream(), { fileName: "x" })) entries.push(entry);
  return entries[0]?.ok ? entries[0].item.records[0]?.title : undefined;
}

/** Each adapter with a title put where its format has one; what comes out is that title, as text. */
const readers: Record<string, (title: string) => Promise<string | undefined> | string | undefined> = {
  feed: (title) => {
    const feed = parseFeed(rss(cdata(title)), feedUrl);
    return feed.ok ? feed.items[0]?.records[0]?.title : undefined;
  },
  "arxiv-rss": (title) => {
    const feed = parseArxivRss(
      rss(cdata(title))
        .replace("<title>J</title>", "<title>J</title><lastBuildDate>2026-07-29T00:00:00Z</lastBuildDate>")
        .replace("<guid>1", "<pubDate>2026-07-29T00:00:00Z</pubDate><guid>oai:arXiv.org:2607.11110v1"),
    );
    return feed.ok ? feed.entries[0]?.item.records[0]?.title : undefined;
  },
  "arxiv-oai": (title) => {
    const metadata = `<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2607.11110</id><title>${cdata(title)}</title></arXivRaw>`;
    const header = "<header><identifier>oai:arXiv.org:2607.11110</identifier></header>";
    const answer = parseOaiAnswer(
      oai(`<GetRecord><record>${header}<metadata>${metadata}</metadata></record></GetRecord>`),
    );
    return answer.ok ? answer.records[0]?.record?.title : undefined;
  },
  "arxiv-listing": (title) => {
    const page = `<html><body><h3>Showing new listings for Wed, 12 Aug 2026</h3><h3>New submissions (showing 1 of 1 entries)</h3>
      <dt><a href="/abs/2607.11110">x</a></dt><dd><div class="list-title">${html(title)}</div></dd></body></html>`;
    const listing = parseArxivListing(page, "cs.AI");
    return listing.ok ? listing.listing.sections[0]?.entries[0]?.item.records[0]?.title : undefined;
  },
  biorxiv: (title) => {
    const row = { doi: "10.1101/2026.01.01.1", date: "2026-01-01", title };
    const body = JSON.stringify({ messages: [{ status: "ok", total: 1 }], collection: [row] });
    const answer = parseBiorxivAnswer(body, "biorxiv");
    return answer.ok ? answer.items[0]?.records[0]?.title : undefined;
  },
  "csl-json": (title) => titleOf(cslJson, JSON.stringify([{ type: "book", title }])),
  ris: (title) => titleOf(ris, `TY  - JOUR\nTI  - ${title}\nER  - \n`),
};

const quirks = sharedSamples("quirks.json", "odd but real titles through the archives' adapters");

describe.each(Object.entries(readers))("odd but real titles through %s", (_name, read) => {
  test.skipIf(quirks.missing)("come through as they are", async () => {
    const rows = JSON.parse(quirks.text()) as { id: string; field: string; value: unknown }[];
    const titles = rows
      .filter(({ field, value }) => field === "title" && typeof value === "string")
      .map(({ value }) => String(value).replace(/\s+/g, " ").trim());
    expect(titles.length).toBeGreaterThan(50);
    for (const title of titles) {
      const given = await read(title);
      expect(given?.replace(/\s+/g, " "), title).toBe(title);
    }
  });
});

describe.each(Object.entries(readers))("hostile titles through %s", (_name, read) => {
  test.skipIf(samples.missing)("are text, as they stand", async () => {
    const titles = inputs("xss")
      .map(({ input }) => `A ${input} title`.replace(/\s+/g, " ").trim())
      // What no XML and no line may hold is refused elsewhere.
      .filter((title) => !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(title) && title.length < 5_000);
    expect(titles.length).toBeGreaterThan(10);
    for (const title of titles) expect(await read(title), title).toBe(title);
  });
});
