// What programs of the hub send, as they send it, and what they read of the answers; and what is sent to do harm.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages } from "../../test/support/pages.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { countStatements } from "../../test/support/world-statements.ts";
import { openDatabase } from "../database/database.ts";

/** Requests of GET, and the status their programs can go on with. */
const requests: [string, number][] = [
  ["/api/daily_papers", 200],
  ["/api/daily_papers?date=2026-06-03", 200],
  ["/api/daily_papers?date=2026-6-3", 200],
  ["/api/daily_papers?limit=100", 200],
  ["/api/daily_papers?sort=trending&limit=20", 200],
  ["/api/daily_papers?week=2026-W23", 200],
  ["/api/daily_papers?month=2026-06", 200],
  ["/api/daily_papers?submitter=Ada", 200],
  ["/api/daily_papers?p=1", 200],
  ["/api/papers/search?q=counting&limit=12", 200],
  ["/api/papers/2606.03000", 200],
  ["/papers/2606.03000.md", 200],
  ["/papers/2606.03000", 200],
  ["/papers", 200],
  ["/papers/date/2026-06-03", 200],
  ["/api/agent-harnesses", 404],
];

interface Item {
  title: string;
  publishedAt: string;
  numComments: number;
  thumbnail: string;
  submittedBy: { fullname: string; name: string };
  paper: {
    id: string;
    title: string;
    summary: string;
    authors: { name: string }[];
    upvotes: number;
  } & Record<"publishedAt" | "submittedOnDailyAt", string>;
}

/** As a strict program reads an item: every field is there and parses, else it fails. */
function readStrictly(item: Item): void {
  expect(Number.isInteger(item.paper.upvotes) && Number.isInteger(item.numComments)).toBe(true);
  for (const text of [item.title, item.paper.title, item.paper.summary, item.submittedBy.fullname])
    expect(text).toMatch(/\S/);
  for (const at of [item.publishedAt, item.paper.publishedAt, item.paper.submittedOnDailyAt])
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(item.paper.id).toMatch(/^\d{4}\.\d{4,5}$/);
  expect(new URL(`https://arxiv.org/abs/${item.paper.id}`).pathname).toBe(`/abs/${item.paper.id}`);
  expect(new URL(item.thumbnail).protocol).toBe("https:");
  expect(item.paper.authors.every(({ name }) => name !== "")).toBe(true);
}

describeOnBothDatabases("programs of the hub", (open) => {
  test("get an answer to everything they ask, and find in it what they read", async () => {
    const db = await open();
    await saveDay(db, "2026-06-03", papersOf("2026-06-03", 60));
    const pages = await openPages(db, { now: "2026-06-05T12:00:00.000Z" });
    for (const [path, status] of requests) {
      const headers = { "User-Agent": "unknown/None; hf_hub/2.0.0; python/3.11.7", Accept: "*/*" };
      const response = await pages.fetch(path, { headers });
      expect([path, response.status]).toEqual([path, status]);
      if (!path.startsWith("/api/daily_papers")) continue;
      const items = (await response.json()) as Item[];
      expect([path, items.length > 0]).toEqual([path, true]);
      items.forEach(readStrictly);
    }
    expect(pages.errors).toEqual([]);
  });

  test("are told how much they may still ask, and need not take twice what has not changed", async () => {
    const db = await open();
    await saveDay(db, "2026-06-03", papersOf("2026-06-03", 3));
    const pages = await openPages(db, { owner: true, now: "2026-06-05T12:00:00.000Z" });
    const first = await pages.fetch("/api/daily_papers");
    expect(first.headers.get("RateLimit-Policy")).toBe('"fixed window";"api";q=500;w=300');
    expect(first.headers.get("RateLimit")).toMatch(/^"api";r=\d+;t=\d+$/);
    expect(first.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(first.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    const again = { headers: { "If-None-Match": first.headers.get("ETag") ?? "" } };
    const second = await pages.fetch("/api/daily_papers", again);
    expect([second.status, await second.text()]).toEqual([304, ""]);
    await saveDay(db, "2026-06-03", [{ id: "2606.09999", votes: 100 }]);
    expect((await pages.fetch("/api/daily_papers", again)).status).toBe(200);
  });
});

test("the budget is the owner's to set", async () => {
  await using db = await openDatabase({ folder: mkdtempSync(join(tmpdir(), "broadsheet-budget-")) });
  const pages = await openPages(db, { peer: "192.0.2.1", env: { BROADSHEET_API_REQUESTS: "2" } });
  const statuses: number[] = [];
  for (const path of ["daily_papers", "papers", "daily_papers", "papers"])
    statuses.push((await pages.fetch(`/api/${path}`)).status);
  expect(statuses).toEqual([200, 200, 429, 429]);
  const refused = await pages.fetch("/api/papers");
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: expect.stringContaining("2 requests") });
});

describeOnBothDatabases("the hub's answers", (open) => {
  test("take no more queries for more papers", async () => {
    const db = await open();
    const paths = [
      "/api/daily_papers?date=2026-05-04&limit=100",
      "/api/daily_papers?limit=100",
      "/api/daily_papers?sort=trending&limit=100",
      "/api/daily_papers?submitter=Ada&limit=100",
      "/api/papers/search?q=counting",
      "/api/papers?limit=100",
    ];
    const counts = async () => {
      const found: number[] = [];
      for (const path of paths) {
        found.push(
          await countStatements(db, async (counting) => {
            const pages = await openPages(counting);
            await pages.fetch(path);
          }),
        );
      }
      return found;
    };
    await saveDay(db, "2026-05-04", papersOf("2026-05-04", 20));
    const before = await counts();
    await saveDay(db, "2026-05-04", papersOf("2026-05-04", 60));
    expect(await counts()).toEqual(before);
  });
});

const hostile = sharedSamples("hostile-inputs.json", "hostile requests of the area json-api");

describe.skipIf(hostile.missing)("requests that are sent to do harm", () => {
  const inputs = hostile.missing
    ? []
    : (JSON.parse(hostile.text()) as { id: string; area: string; input: string; expected: string }[]);
  const addresses = inputs.flatMap(({ id, area, input, expected }) => {
    const status = Number(/\b(200|400|404)\b/.exec(expected)?.[1] ?? 200);
    if (area !== "json-api" || !input.startsWith("/api/")) return [];
    const [first = "", ...rest] = input.split(" , ");
    const folder = first.slice(0, first.lastIndexOf("/"));
    return [first, ...rest.map((name) => folder + name)].map((path) => ({ id, path, status }));
  });

  describeOnBothDatabases("in the address", (open) => {
    test("are answered as expected, in JSON", async () => {
      const db = await open();
      await saveDay(db, "2026-06-03", [{ id: "2606.10420" }]);
      const pages = await openPages(db);
      expect(addresses.length).toBeGreaterThan(8);
      for (const { id, path, status } of addresses) {
        const response = await pages.fetch(path);
        expect([id, path, response.status]).toEqual([id, path, status]);
        // "/api/papers/../../etc" is "/etc" before it is sent.
        if (!path.includes(".."))
          expect([id, response.headers.get("Content-Type")]).toEqual([id, expect.stringContaining("json")]);
      }
      expect(pages.errors).toEqual([]);
    });
  });
});
