// The announcement listing: its date, its sections and their counts, and every way a page can have less than it says.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { type ArxivListing, parseArxivListing } from "./arxiv-listing.ts";

interface Given {
  id: string;
  note?: string;
  html?: string;
  meta?: string;
  abstract?: string;
}

function entry(
  { id, note = "", html = "", meta = "", abstract = "We show it." }: Given,
  position = 1,
): string {
  return `<dt><a name='item${position}'>[${position}]</a><a href ="/abs/${id}" title="Abstract" id="${id}">arXiv:${id}</a>
    ${note} [<a href="/pdf/${id}" title="Download PDF">pdf</a>${html}]</dt>
    <dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> A title of ${id} </div>
    ${meta}<p class='mathjax'> ${abstract} </p></div></dd>`;
}

const section = (heading: string, entries: string) => `<dl id='articles'><h3>${heading}</h3>${entries}</dl>`;

function page(
  sections: string,
  { date = "Wednesday, 12 August 2026", total = "", end = "</body></html>" } = {},
): string {
  return `<html><head><title>Artificial Intelligence</title></head><body><h1>Artificial Intelligence</h1>
    <p>See <a href="/list/cs.AI/recent">recent</a> articles</p><h3>Showing new listings for ${date}</h3>
    <div class='paging'>${total}</div>${sections}${end}`;
}

function listing(html: string): ArxivListing {
  const reading = parseArxivListing(html, "cs.AI");
  if (!reading.ok) throw new Error(reading.reason);
  return reading.listing;
}

const one = section("New submissions (showing 1 of 1 entries)", entry({ id: "2608.09949" }));

describe("a whole page", () => {
  const three = page(
    section(
      "New submissions (showing 2 of 2 entries)",
      entry({ id: "2608.09949" }, 1) + entry({ id: "2608.09950" }, 2),
    ) +
      section(
        "Cross submissions (showing 1 of 1 entries)",
        entry(
          {
            id: "2505.11635",
            note: "(cross-list from cs.LG)",
            html: `, <a href="https://arxiv.org/html/2505.11635v2" title="View HTML">html</a>`,
          },
          3,
        ),
      ) +
      section(
        "Replacement submissions (showing 1 of 1 entries)",
        entry({ id: "2112.07752", note: "(replaced)" }, 4),
      ),
    { total: "Total of 4 entries" },
  );

  test("has its day, category, sections and counts", () => {
    const read = listing(three);
    expect(read).toMatchObject({
      category: "cs.AI",
      announcedOn: "2026-08-12",
      total: 4,
      quiet: false,
      truncated: false,
      whole: true,
    });
    expect(
      read.sections.map(({ kind, shown, declared, entries }) => [
        kind,
        shown,
        declared,
        entries.map((e) => e.id),
      ]),
    ).toEqual([
      ["new", 2, 2, ["2608.09949", "2608.09950"]],
      ["cross", 1, 1, ["2505.11635"]],
      ["replacement", 1, 1, ["2112.07752"]],
    ]);
  });

  test("says what it shows of versions and primary categories", () => {
    const entries = listing(three).sections.flatMap((part) => part.entries);
    expect(entries.map(({ position, version, crossFrom }) => [position, version, crossFrom])).toEqual([
      [1, 1, null],
      [2, 1, null],
      [3, 2, "cs.LG"],
      [4, null, null],
    ]);
    expect(entries[2]?.item.records[0]?.links).toEqual([
      { kind: "html", url: "https://arxiv.org/html/2505.11635v2" },
    ]);
    expect(entries[3]?.item.announcements).toEqual([
      { source: "arxiv", category: "cs.AI", day: "2026-08-12", kind: "replacement" },
    ]);
  });

  test("an entry becomes a record of its own, poorer source", () => {
    const meta = `<div class='list-authors'><a href="/s?q=A">Anna Müller</a>, <a href="/s?q=B">Bo Li, Jr.</a></div>
      <div class='list-comments mathjax'><span class='descriptor'>Comments:</span> 9 pages. Code at
        <a href="https://github.com/a/b" class="link-external link-https">this https URL</a></div>
      <div class='list-journal-ref'><span class='descriptor'>Journal-ref:</span> J. Test 1 (2026)</div>
      <div class='list-subjects'><span class='descriptor'>Subjects:</span>
        <span class="primary-subject">Artificial Intelligence (cs.AI)</span>; Disordered Systems (and) Networks (cond-mat.dis-nn)</div>`;
    const abstract = "First &lt;b&gt; $x^2$.<br>\n Second &#39;s.";
    const given = page(
      section("New submissions (showing 1 of 1 entries)", entry({ id: "2608.09949", meta, abstract })),
    );
    expect(listing(given).sections[0]?.entries[0]?.item.records).toEqual([
      {
        source: "arxiv-listing",
        sourceId: "2608.09949",
        statedAt: "2026-08-12T00:00:00.000Z",
        identifiers: [{ scheme: "arxiv", value: "2608.09949" }],
        title: "A title of 2608.09949",
        abstract: "First <b> $x^2$.\nSecond 's.",
        abstractKind: "abstract",
        authors: [
          { name: "Anna Müller", family: "Müller", given: "Anna" },
          { name: "Bo Li Jr.", family: "Li", given: "Bo", suffix: "Jr." },
        ],
        year: 2026,
        categories: ["cs.AI", "cond-mat.dis-nn"],
        versions: [],
        links: [],
        comments: "9 pages. Code at https://github.com/a/b",
        journalReference: "J. Test 1 (2026)",
      },
    ]);
  });

  test.each([
    [`<a href="/s">A. One</a> (1 and 2), <a href="/s">B. Two</a> (2)`, ["A. One", "B. Two"], 0],
    [`<a href="/s">LHCb Collaboration</a>: <a href="/s">R. Aaij</a>`, ["LHCb Collaboration", "R. Aaij"], 0],
    [
      `<a href="/s">A. One</a>, <a href="/s">B. Two</a> et al. (2,830 additional authors not shown)`,
      ["A. One", "B. Two"],
      2830,
    ],
    ["(author list is unavailable)", [], 0],
  ])("authors: %s", (html, names, cut) => {
    const meta = `<div class='list-authors'>${html}</div>`;
    const read = listing(
      page(section("New submissions (showing 1 of 1 entries)", entry({ id: "2608.09949", meta }))),
    );
    const found = read.sections[0]?.entries[0];
    expect(found?.item.records[0]?.authors.map(({ name }) => name)).toEqual(names);
    expect(found?.authorsCut).toBe(cut);
  });

  test("of an earlier layout, with the date in every heading", () => {
    const old = `<html><body>${section("New submissions for Wed, 12 Aug 2026 (showing 1 of 1 entries )", entry({ id: "2608.09949" }))}</body></html>`;
    expect(listing(old)).toMatchObject({
      category: null,
      announcedOn: "2026-08-12",
      truncated: false,
      whole: true,
    });
  });
});

describe("a page that has not all", () => {
  test("is not whole when further pages follow", () => {
    const first = page(
      section("New submissions (showing first 1 of 75 entries )", entry({ id: "2608.09949" })),
    );
    expect(listing(first)).toMatchObject({ truncated: false, whole: false });
    const later = page(
      section(
        "Replacement submissions (continued, showing last 1 of 1,212 entries )",
        entry({ id: "2608.09949" }),
      ),
    );
    expect(listing(later)).toMatchObject({ truncated: false, whole: false });
    expect(listing(later).sections[0]?.declared).toBe(1212);
    expect(listing(page(one, { total: "Total of 9 entries" })).whole).toBe(false);
  });

  test("is truncated when it has fewer entries than it says, or does not end", () => {
    const fewer = page(section("New submissions (showing 2 of 2 entries)", entry({ id: "2608.09949" })));
    expect(listing(fewer)).toMatchObject({ truncated: true, whole: true });
    expect(listing(page(one, { end: "" })).truncated).toBe(true);
  });

  test("wherever it is cut, it is truncated or no listing at all", () => {
    const given = page(
      one + section("Cross submissions (showing 1 of 1 entries)", entry({ id: "2505.11635" }, 2)),
    );
    expect(listing(given).truncated).toBe(false);
    for (let length = 0; length < given.length; length += 1) {
      const reading = parseArxivListing(given.slice(0, length), "cs.AI");
      expect(reading.ok && !reading.listing.truncated, given.slice(0, length)).toBe(false);
    }
  });

  test("an entry that cannot be read is counted and named", () => {
    const entries = [
      entry({ id: "2608.0994" }),
      entry({ id: "2608.09950" }).replace("A title of 2608.09950", ""),
      entry({ id: "2608.09951" }).replace(/<dd>.*<\/dd>/s, ""),
      entry({ id: "2608.09952" }),
    ];
    const read = listing(page(section("New submissions (showing 4 of 4 entries)", entries.join(""))));
    expect(read.truncated).toBe(false);
    expect(read.sections[0]?.rejected).toEqual([
      'its id "2608.0994" is no arXiv id',
      "2608.09950: it has no title",
      "2608.09951 has no title",
    ]);
    expect(read.sections[0]?.entries.map(({ id }) => id)).toEqual(["2608.09952"]);
  });
});

describe("a page without papers", () => {
  test("is quiet only when it says so", () => {
    const quiet = page("<p>No updates today.</p>");
    expect(listing(quiet)).toMatchObject({ quiet: true, sections: [], truncated: false, whole: true });
    expect(parseArxivListing(page(""), "cs.AI")).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/section/),
    });
  });

  test.each([
    ["", /date/],
    ["<html><body><h1>429 Too Many Requests</h1></body></html>", /date/],
    [page(one, { date: "some day" }), /date/],
    [page(one, { date: "Monday, 31 February 2026" }), /date/],
    [page(one).replace("/list/cs.AI/", "/list/cs.CL/"), /listing of cs.CL/],
  ])("is no listing: %j", (html, reason) => {
    expect(parseArxivListing(html, "cs.AI")).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });

  test("bytes that are not UTF-8 are no listing", () => {
    const latin = Buffer.from(page(one).replace("We show", "Über"), "latin1");
    expect(parseArxivListing(latin, "cs.AI")).toEqual({ ok: false, reason: "its bytes are not UTF-8" });
    expect(parseArxivListing(Buffer.from(page(one)), "cs.AI").ok).toBe(true);
  });
});

test("markup in a title is text", () => {
  const hostile = page(one).replace(
    "A title of",
    "&lt;script&gt;alert(1)&lt;/script&gt;<script>alert(2)</script>",
  );
  expect(listing(hostile).sections[0]?.entries[0]?.item.records[0]?.title).toBe(
    "<script>alert(1)</script> 2608.09949",
  );
});

describe("a real page", () => {
  const sample = sharedSamples("fixtures/arxiv/listing_new_sample.html", "the real listing page");

  test.skipIf(sample.missing)("three sections of two entries each", () => {
    const reading = parseArxivListing(sample.bytes(), "cs.AI");
    expect(reading.ok).toBe(true);
    if (!reading.ok) return;
    const { sections, ...rest } = reading.listing;
    expect(rest).toEqual({
      category: null,
      announcedOn: "2026-08-12",
      total: null,
      quiet: false,
      truncated: false,
      whole: true,
    });
    expect(
      sections.map(({ kind, entries }) => [kind, entries.map(({ id, version }) => `${id}v${version}`)]),
    ).toEqual([
      ["new", ["2608.09949v1", "2608.09967v1"]],
      ["cross", ["2505.11635v2", "2607.28646vnull"]],
      ["replacement", ["2112.07752v5", "2505.23399v2"]],
    ]);
    const records = sections.flatMap(({ entries }) => entries.flatMap(({ item }) => item.records));
    expect(records.map(({ authors }) => authors.length)).toEqual([1, 2, 4, 3, 2, 8]);
    expect(records[5]?.comments).toBe(
      "Accepted at NeurIPS 2025. Code available at https://github.com/jushengzhang/Gam-Agent",
    );
    expect(records[4]?.categories).toEqual(["cs.AI", "cs.GT", "cs.LG"]);
    expect(records.every(({ abstract }) => abstract !== undefined && abstract.length > 300)).toBe(true);
  });
});
