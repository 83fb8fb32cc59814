// bioRxiv's details API: versions of a paper as one record, pages by cursor, and answers that are none.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { type BiorxivPage, parseBiorxivAnswer } from "./biorxiv.ts";

const row = (more: object = {}) => ({
  title: "Honey  bees\n and others",
  authors: "Dutta, S.; de la Cruz, M. J.; The Bee Consortium",
  doi: "10.64898/2026.07.13.738145",
  date: "2026-07-15",
  version: "1",
  type: "new results",
  license: "cc_by",
  category: "Developmental Biology",
  abstract: " We show it. ",
  funder: "NA",
  published: "NA",
  server: "bioRxiv",
  ...more,
});

const answer = (rows: unknown[], message: object = {}) =>
  JSON.stringify({
    messages: [{ status: "ok", cursor: 0, count: rows.length, total: String(rows.length), ...message }],
    collection: rows,
  });

function page(text: string | Uint8Array): BiorxivPage {
  const read = parseBiorxivAnswer(text, "biorxiv");
  if (!read.ok) throw new Error(JSON.stringify(read));
  return read;
}

describe("rows", () => {
  test("a first version", () => {
    expect(page(answer([row()])).items).toEqual([
      {
        records: [
          {
            source: "biorxiv",
            sourceId: "10.64898/2026.07.13.738145",
            statedAt: "2026-07-15T00:00:00.000Z",
            identifiers: [{ scheme: "doi", value: "10.64898/2026.07.13.738145" }],
            title: "Honey bees and others",
            abstract: "We show it.",
            abstractKind: "abstract",
            authors: [
              { name: "S. Dutta", family: "Dutta", given: "S." },
              { name: "M. J. de la Cruz", family: "de la Cruz", given: "M. J." },
              { name: "The Bee Consortium", literal: true },
            ],
            publishedOn: "2026-07-15",
            updatedOn: "2026-07-15",
            year: 2026,
            categories: ["biorxiv.developmental-biology"],
            versions: [{ number: 1, submittedAt: "2026-07-15T00:00:00.000Z" }],
            links: [
              { kind: "abstract", url: "https://www.biorxiv.org/content/10.64898/2026.07.13.738145v1" },
            ],
            license: "cc_by",
          },
        ],
        submissions: [],
        announcements: [
          { source: "biorxiv", category: "biorxiv.developmental-biology", day: "2026-07-15", kind: "new" },
        ],
        signals: [],
        places: [],
      },
    ]);
  });

  test("versions of one paper, in whatever order, are one record with the words of the latest", () => {
    const second = row({ version: "2", date: "2026-07-18", title: "Honey bees revised" });
    const [item, ...more] = page(answer([second, row()])).items;
    expect(more).toEqual([]);
    expect(item?.records[0]).toMatchObject({
      title: "Honey bees revised",
      publishedOn: "2026-07-15",
      updatedOn: "2026-07-18",
      versions: [{ number: 1 }, { number: 2 }],
    });
    expect(item?.announcements.map(({ day, kind }) => `${day} ${kind}`)).toEqual([
      "2026-07-15 new",
      "2026-07-18 replacement",
    ]);
  });

  test("a later version alone does not date the paper; its DOI tells the year", () => {
    const late = row({ doi: "10.1101/2025.12.19.695336", version: "3" });
    const record = page(answer([late])).items[0]?.records[0];
    expect(record).toMatchObject({ year: 2025, updatedOn: "2026-07-15" });
    expect(record).not.toHaveProperty("publishedOn");
  });

  test("the journal's DOI leads to the same paper", () => {
    const record = page(answer([row({ published: "10.1000/J.Example" })])).items[0]?.records[0];
    expect(record?.identifiers.map(({ value }) => value)).toEqual([
      "10.64898/2026.07.13.738145",
      "10.1000/j.example",
    ]);
  });

  test("one author is one author, and one withdrawn paper withdrawn", () => {
    const record = page(answer([row({ authors: "Smith, J.", title: "WITHDRAWN: Honey bees" })])).items[0]
      ?.records[0];
    expect(record?.authors).toEqual([{ name: "J. Smith", family: "Smith", given: "J." }]);
    expect(record?.withdrawn).toBe(true);
    expect(page(answer([row({ title: "Removal of stones" })])).items[0]?.records[0]).not.toHaveProperty(
      "withdrawn",
    );
  });

  test("a row that cannot be read is named and spoils no other", () => {
    const rows = [
      row({ doi: "10.64898" }),
      row({ date: "2026-02-30" }),
      row({ title: "" }),
      null,
      row({ version: undefined, category: undefined, license: 7, abstract: undefined }),
    ];
    const { items, rejected } = page(answer(rows));
    expect(rejected).toEqual([
      { row: 1, reason: 'its DOI "10.64898" is none' },
      { row: 2, reason: "10.64898/2026.07.13.738145: its date is none" },
      { row: 3, reason: "10.64898/2026.07.13.738145: it has no title" },
      { row: 4, reason: "it is no JSON object" },
    ]);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      // Of the server as a whole.
      announcements: [{ category: "biorxiv" }],
      records: [{ categories: [], versions: [] }],
    });
  });
});

describe("pages", () => {
  test.each([
    [{ total: "522", cursor: 0 }, 1],
    [{ total: 522, cursor: "100" }, 101],
    [{ total: "101", cursor: 100 }, null],
  ])("%o goes on at %s", (message, nextCursor) => {
    expect(page(answer([row()], message)).nextCursor).toBe(nextCursor);
  });

  test("an interval without posts is an empty page", () => {
    const text = '{"messages":[{"status":"no posts found"}],"collection":[]}';
    expect(page(text)).toMatchObject({ total: 0, items: [], nextCursor: null });
  });
});

describe("no page", () => {
  test("the server's own words", () => {
    const text = '{"messages":[{"status":"Error: interval is invalid"}],"collection":[]}';
    expect(parseBiorxivAnswer(text, "biorxiv")).toEqual({
      ok: false,
      kind: "refused",
      message: "Error: interval is invalid",
    });
  });

  test.each([
    [answer([], { total: "522" }), /empty before the end/],
    [answer([row()], { count: 2 }), /declares 2 rows and has 1/],
    [answer([row()], { total: undefined }), /how many/],
    ['{"messages":[{"status":"ok","total":"1"}]}', /no collection/],
    ["[]", /status/],
    ["<html>Just a moment...</html>", /status/],
  ])("%s", (text, reason) => {
    expect(parseBiorxivAnswer(text, "biorxiv")).toMatchObject({
      ok: false,
      kind: "broken",
      reason: expect.stringMatching(reason),
    });
  });

  test("wherever it is cut, it is broken", () => {
    const text = answer([row()]);
    for (let length = 0; length < text.length; length += 1) {
      expect(parseBiorxivAnswer(text.slice(0, length), "biorxiv")).toMatchObject({
        ok: false,
        kind: "broken",
      });
    }
  });
});

describe("samples", () => {
  const samples = sharedSamples("fixtures/biorxiv", "answers of bioRxiv");

  test.skipIf(samples.missing).each([
    ["details_min.json", 1, ["10.1101/2024.01.15.575000", "10.1000/widgets.published"]],
    ["details_pu5ha.json", 3, ["10.64898/2026.07.13.738145"]],
    ["details_xuanyabin.json", 2, ["10.1101/2026.07.20.123456"]],
  ])("%s", (name, count, identifiers) => {
    const { items, rejected, nextCursor } = page(samples.bytes(name));
    expect([items.length, rejected, nextCursor]).toEqual([count, [], null]);
    expect(items[0]?.records[0]?.identifiers.map(({ value }) => value)).toEqual(identifiers);
    for (const { records } of items) expect(records[0]?.authors.length).toBeGreaterThan(0);
  });
});
