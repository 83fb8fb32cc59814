// arXiv's feed of the day in both its forms: what was announced, quiet days, refusals that are feeds, and damage.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { type ArxivRss, parseArxivRss } from "./arxiv-rss.ts";

const namespaces =
  'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"';

function rss(
  items: string,
  { category = "cs.AI", title = "cs.AI updates on arXiv.org", description = "" } = {},
): string {
  return `<?xml version='1.0' encoding='UTF-8'?><rss ${namespaces} version="2.0"><channel><title>${title}</title>
    <link>https://rss.arxiv.org/rss/${category}</link><description>${description}</description>
    <lastBuildDate>Wed, 29 Jul 2026 04:00:14 +0000</lastBuildDate><pubDate>Wed, 29 Jul 2026 00:00:00 -0400</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>${items}</channel></rss>`;
}

interface Given {
  id?: string;
  type?: string;
  categories?: string[];
  more?: string;
}

function item({
  id = "2607.11110v1",
  type = "new",
  categories = ["cs.AI", "cs.LG"],
  more = "",
}: Given = {}): string {
  return `<item><title>A title</title><link>https://arxiv.org/abs/${id}</link>
    <description>arXiv:${id} Announce Type: ${type} \nAbstract: We show it.</description>
    <guid isPermaLink="false">oai:arXiv.org:${id}</guid>
    ${categories.map((name) => `<category>${name}</category>`).join("")}
    <pubDate>Wed, 29 Jul 2026 00:00:00 -0400</pubDate><arxiv:announce_type>${type}</arxiv:announce_type>${more}</item>`;
}

function feed(text: string): ArxivRss {
  const answer = parseArxivRss(text);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

const announced = (text: string) =>
  feed(text).entries.map(({ item: { announcements } }) =>
    announcements.map((a) => `${a.category} ${a.kind} ${a.day}`),
  );

describe("the feed", () => {
  test("says what it is of, and when it was made", () => {
    const { entries, ...head } = feed(rss(item()));
    expect(head).toEqual({
      ok: true,
      form: "rss",
      categories: ["cs.AI"],
      builtAt: "2026-07-29T04:00:14.000Z",
      announcedOn: "2026-07-29",
      skipDays: ["Sunday", "Saturday"],
      rejected: [],
    });
    expect(entries).toHaveLength(1);
  });

  test("an item becomes a record and its announcement", () => {
    const more = `<dc:creator>Jos\\'e Li\\~nan (Town (and Sea), 2), B. Two</dc:creator><dc:rights>http://license.test/</dc:rights>
      <arxiv:DOI>10.1234/X</arxiv:DOI><arxiv:journal_reference>J. Test 1</arxiv:journal_reference>`;
    expect(feed(rss(item({ id: "2607.11110v2", more }))).entries).toEqual([
      {
        id: "2607.11110",
        version: 2,
        announceType: "new",
        item: {
          records: [
            {
              source: "arxiv-rss",
              sourceId: "2607.11110",
              statedAt: "2026-07-29T00:00:00.000Z",
              identifiers: [
                { scheme: "arxiv", value: "2607.11110" },
                { scheme: "doi", value: "10.1234/x" },
              ],
              title: "A title",
              abstract: "We show it.",
              abstractKind: "abstract",
              authors: [
                { name: "José Liñan", family: "Liñan", given: "José", affiliations: ["Town (and Sea), 2"] },
                { name: "B. Two", family: "Two", given: "B." },
              ],
              year: 2026,
              categories: ["cs.AI", "cs.LG"],
              versions: [],
              links: [],
              journalReference: "J. Test 1",
              license: "http://license.test/",
            },
          ],
          submissions: [],
          announcements: [{ source: "arxiv", category: "cs.AI", day: "2026-07-29", kind: "new" }],
          signals: [],
          places: [],
        },
      },
    ]);
  });

  test("the day is the one written in New York, whatever day that is elsewhere", () => {
    const late = rss(item()).replaceAll("00:00:00 -0400", "23:30:00 -0400");
    expect(feed(late).announcedOn).toBe("2026-07-29");
    expect(announced(late)).toEqual([["cs.AI new 2026-07-29"]]);
  });

  test("is empty on a day without announcement", () => {
    expect(feed(rss(""))).toMatchObject({ entries: [], rejected: [], announcedOn: "2026-07-29" });
  });
});

describe("announcements", () => {
  test("in the feed of one category are of that category", () => {
    const items = ["new", "cross", "replace", "replace-cross"].map((type) => item({ type }));
    expect(announced(rss(items.join("")))).toEqual([
      ["cs.AI new 2026-07-29"],
      ["cs.AI cross 2026-07-29"],
      ["cs.AI replacement 2026-07-29"],
      ["cs.AI replacement 2026-07-29"],
    ]);
  });

  test("in the feed of several, or of an archive, are of the paper's own", () => {
    const several = item({ categories: ["math.NT", "cs.IT", "math.MG"] });
    expect(announced(rss(several, { category: "math+hep-ph" }))).toEqual([
      ["math.NT new 2026-07-29", "math.MG cross 2026-07-29"],
    ]);
    expect(announced(rss(item({ categories: ["hep-ph"] }), { category: "hep-ph" }))).toEqual([
      ["hep-ph new 2026-07-29"],
    ]);
    expect(announced(rss(several, { category: "math" }))[0]).toHaveLength(2);
  });

  test("come from the description where the element is missing; an unknown type announces nothing", () => {
    const bare = (text: string) => rss(text.replace(/<arxiv:announce_type>.*?<\/arxiv:announce_type>/, ""));
    expect(announced(bare(item({ type: "cross" })))).toEqual([["cs.AI cross 2026-07-29"]]);
    const [entry] = feed(bare(item()).replace(/arXiv:\S+ Announce.*\nAbstract: /, "")).entries;
    expect(entry).toMatchObject({ announceType: null, item: { announcements: [] } });
    expect(entry?.item.records[0]?.abstract).toBe("We show it.");
    expect(feed(rss(item({ type: "constructor" }))).entries[0]?.announceType).toBeNull();
  });
});

describe("what cannot be taken", () => {
  test("an item is rejected with its reason and spoils no other", () => {
    const items = [
      item({ id: "2607.1111v1" }),
      item().replace("<title>A title</title>", "<title> </title>"),
      item().replace("<pubDate>Wed, 29 Jul", "<pubDate>Wed, 99 Jul"),
      item({ id: "2607.33333v1" }),
    ];
    const { entries, rejected } = feed(rss(items.join("")));
    expect(rejected).toEqual([
      'its id "2607.1111v1" is no arXiv id',
      "2607.11110: it has no title",
      "2607.11110: it has no date",
    ]);
    expect(entries.map(({ id }) => id)).toEqual(["2607.33333"]);
  });

  test("a bad category is refused by a feed that names the valid ones", () => {
    const description =
      "Bad subject class 'ZZ'. Valid subject classes for the archive 'cs' are: cs.AI, cs.AR, q-bio.";
    const refusal = rss("", { title: "Feed error for query: https://rss.arxiv.org/rss/cs.ZZ", description });
    expect(parseArxivRss(refusal)).toEqual({
      ok: false,
      kind: "refused",
      message: description,
      validCategories: ["cs.AI", "cs.AR", "q-bio"],
    });
  });

  test("wherever it is cut, it is broken", () => {
    const text = rss(item());
    for (let length = 0; length < text.length; length += 3) {
      expect(parseArxivRss(text.slice(0, length))).toMatchObject({ ok: false, kind: "broken" });
    }
  });

  test.each([
    ["<html><body>503</body></html>", /no feed but <html>/],
    ["<rss version='2.0'/>", /no feed/],
    [rss("").replace(/<lastBuildDate>.*?<\/lastBuildDate>/, ""), /when it was made/],
  ])("is no feed: %j", (text, reason) => {
    expect(parseArxivRss(text)).toMatchObject({ kind: "broken", reason: expect.stringMatching(reason) });
  });
});

test("Atom says the same as RSS", () => {
  const atom = `<feed ${namespaces} xmlns="http://www.w3.org/2005/Atom"><id>http://rss.arxiv.org/atom/cs.AI</id>
    <title>cs.AI updates</title><updated>2026-07-29T04:00:14.5+00:00</updated><entry><id>oai:arXiv.org:2607.11110v1</id>
    <title>A title</title><updated>2026-07-29T04:00:14+00:00</updated><published>2026-07-29T00:00:00-04:00</published>
    <summary>arXiv:2607.11110v1 Announce Type: new \nAbstract: We show it.</summary>
    <category term="cs.AI"/><category term="cs.LG"/><arxiv:announce_type>new</arxiv:announce_type></entry></feed>`;
  expect(feed(atom)).toEqual({
    ...feed(rss(item())),
    form: "atom",
    builtAt: "2026-07-29T04:00:14.500Z",
    skipDays: [],
  });
  const empty = feed(atom.replace(/<entry>.*<\/entry>/s, ""));
  expect(empty).toMatchObject({ entries: [], announcedOn: null });
});

describe("real feeds", () => {
  const samples = sharedSamples("fixtures/arxiv", "real feeds of arXiv");
  const read = (name: string) => parseArxivRss(samples.bytes(name));

  test.skipIf(samples.missing).each([
    ["rss_cs_CL.xml", 4, 1],
    ["rss_real_example.xml", 7, 0],
    ["rss_weekend_empty.xml", 0, 0],
    ["rss/empty.rss.xml", 0, 0],
    ["rss/single.rss.xml", 2, 0],
    ["rss/multi.rss.xml", 28, 0],
    ["rss/multi.atom.xml", 28, 0],
  ])("%s: %d entries, %d rejected", (name, entries, rejected) => {
    const answer = read(name);
    expect(answer.ok && [answer.entries.length, answer.rejected.length]).toEqual([entries, rejected]);
    if (!answer.ok) return;
    for (const { item: given } of answer.entries) expect(given.records[0]?.authors.length).toBeGreaterThan(0);
  });

  test.skipIf(samples.missing)("both forms of one feed say the same", () => {
    const [one, other] = [read("rss/multi.rss.xml"), read("rss/multi.atom.xml")];
    expect(one.ok && one.entries).toEqual(other.ok && other.entries);
    const counts = one.ok ? Object.groupBy(one.entries, ({ announceType }) => announceType ?? "none") : {};
    expect(Object.entries(counts).map(([type, entries]) => [type, entries?.length])).toEqual([
      ["new", 7],
      ["cross", 8],
      ["replace", 8],
      ["replace-cross", 5],
    ]);
  });

  test.skipIf(samples.missing).each([
    ["rss/err_bad_archive.rss.xml", 21],
    ["rss/err_bad_class.rss.xml", 40],
    ["rss/err_empty.rss.xml", 0],
    ["rss/err_version.rss.xml", 0],
  ])("%s is refused and names %d valid categories", (name, count) => {
    const answer = read(name);
    expect(answer).toMatchObject({ ok: false, kind: "refused" });
    expect(!answer.ok && answer.kind === "refused" && answer.validCategories.length).toBe(count);
  });
});
