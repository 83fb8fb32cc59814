// Pages of the hub's API: rows, days, signals, the next page, and answers that are none.
import { describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { type HubPage, type HubRequest, parseHubAnswer } from "./hub-api.ts";

const request: HubRequest = {
  url: "https://hub.test/api/daily_papers?date=2026-06-12&limit=100",
  observedAt: "2026-06-12T09:00:00.000Z",
};

const row = (id: string, more: object = {}) => ({
  paper: {
    id,
    title: "A title",
    summary: "We show it.",
    authors: [{ name: "Ann Example" }, { name: "Hidden One", hidden: true }],
    publishedAt: "2026-06-11T08:00:00.000Z",
    submittedOnDailyAt: "2026-06-12T01:30:00.000Z",
    upvotes: 7,
    githubRepo: "https://github.com/a/b",
    githubStars: 12,
  },
  title: "A title",
  numComments: 2,
  submittedBy: { fullname: "Sam Submitter" },
  ...more,
});

function page(body: string | Uint8Array, link: string | null = null, asked = request): HubPage {
  const answer = parseHubAnswer(body, link, asked);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

describe("a page", () => {
  test("has its rows as papers, submissions and signals of the time it was asked", () => {
    const [item] = page(JSON.stringify([row("2606.10420")])).items;
    expect(item?.records[0]).toMatchObject({
      source: "hub",
      sourceId: "2606.10420",
      authors: [{ name: "Ann Example" }],
      publishedOn: "2026-06-11",
    });
    expect(item?.submissions).toEqual([
      {
        day: "2026-06-12",
        source: "hub",
        submitter: "Sam Submitter",
        submittedAt: "2026-06-12T01:30:00.000Z",
      },
    ]);
    expect(
      item?.signals.map(({ kind, value, detail, observedAt, approximate }) => [
        kind,
        value ?? detail,
        observedAt,
        approximate,
      ]),
    ).toEqual([
      ["upvotes", 7, request.observedAt, undefined],
      ["comments", 2, request.observedAt, undefined],
      ["repository", "https://github.com/a/b", request.observedAt, undefined],
      ["stars", 12, request.observedAt, undefined],
    ]);
  });

  test("keeps the hub's own day where one was asked for", () => {
    const asked = { ...request, day: "2026-06-11" };
    expect(page(JSON.stringify([row("2606.10420")]), null, asked).items[0]?.submissions[0]?.day).toBe(
      "2026-06-11",
    );
  });

  test("names the next page, on the same server only", () => {
    expect(page("[]", `</api/daily_papers?p=1&limit=100>; rel="next"`)).toEqual({
      ok: true,
      items: [],
      rejected: [],
      nextUrl: "https://hub.test/api/daily_papers?p=1&limit=100",
    });
    expect(page("[]", `<https://evil.test/x>; rel="next"`).nextUrl).toBeNull();
    expect(page("[]").nextUrl).toBeNull();
  });

  test("a row that cannot be read is named and spoils no other", () => {
    const rows = [row("2606.1042"), "text", null, row("2606.10420", { title: " " }), row("2606.10421")];
    rows[3] = { paper: { id: "2606.10420" } } as never;
    const { items, rejected } = page(JSON.stringify(rows));
    expect(rejected).toEqual([
      { row: 1, reason: 'its id "2606.1042" is no arXiv id' },
      { row: 2, reason: "it is no JSON object" },
      { row: 3, reason: "it is no JSON object" },
      { row: 4, reason: "it has no title" },
    ]);
    expect(items.map(({ records }) => records[0]?.sourceId)).toEqual(["2606.10421"]);
  });
});

describe("no page", () => {
  test("the hub's own refusal", () => {
    expect(parseHubAnswer('{"error":"Invalid date"}', null, request)).toEqual({
      ok: false,
      kind: "refused",
      message: "Invalid date",
    });
  });

  test("wherever it is cut, it is broken", () => {
    const text = JSON.stringify([row("2606.10420")]);
    for (let length = 0; length < text.length; length += 1) {
      expect(parseHubAnswer(text.slice(0, length), null, request)).toMatchObject({
        ok: false,
        kind: "broken",
      });
    }
  });

  test.each(["<html></html>", "{}", "null", '"text"', Buffer.from('["ü"]', "latin1")])("%s", (body) => {
    expect(parseHubAnswer(body, null, request)).toMatchObject({ ok: false, kind: "broken" });
  });
});

describe("real answers", () => {
  const samples = sharedSamples("fixtures/hf", "real answers of the hub");

  test.skipIf(samples.missing).each([
    ["daily_papers_2026-06-12_30items.json", 30],
    ["daily_papers_2026-07-31_5items.json", 5],
    ["daily_papers_scout.json", 0],
    ["search_kazakh.json", 0],
  ])("%s", (name, count) => {
    const { items, rejected } = page(samples.bytes(name));
    expect(rejected).toEqual([]);
    expect(items).toHaveLength(count || (JSON.parse(samples.text(name)) as unknown[]).length);
    for (const { records, signals } of items) {
      expect(records[0]?.authors.length).toBeGreaterThan(0);
      expect(signals.find(({ kind }) => kind === "upvotes")?.observedAt).toBe(request.observedAt);
    }
  });
});
