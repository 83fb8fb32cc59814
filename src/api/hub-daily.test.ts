// The hub's lists of daily papers: what is asked, within which limits, in which order, page by page.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages, type Pages } from "../../test/support/pages.ts";
import type { formatHubItem } from "../http/hub-paper.ts";

type Item = ReturnType<typeof formatHubItem>;

async function list(pages: Pages, query: string): Promise<Item[]> {
  const response = await pages.fetch(`/api/daily_papers${query}`);
  const body: unknown = await response.json();
  expect([query, response.status, Array.isArray(body)]).toEqual([query, 200, true]);
  return body as Item[];
}

const idsOf = (items: Item[]) => items.map(({ paper }) => paper.id);
const votesOf = (items: Item[]) => items.map(({ paper }) => paper.upvotes);

describeOnBothDatabases("daily papers", (open) => {
  test("of a day, a week and a month come by votes, falling; keys may lack their zeros", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", [{ id: "2605.00001", votes: 5 }, { id: "2605.00002" }]);
    await saveDay(db, "2026-05-05", papersOf("2026-05-05", 3).reverse());
    const pages = await openPages(db);
    expect(votesOf(await list(pages, "?date=2026-05-05"))).toEqual([9, 6, 3]);
    expect(await list(pages, "?date=2026-5-5")).toEqual(await list(pages, "?date=2026-05-05"));
    expect(votesOf(await list(pages, "?week=2026-W19"))).toEqual([9, 6, 5, 3, 0]);
    expect(votesOf(await list(pages, "?month=2026-05"))).toEqual([9, 6, 5, 3, 0]);
    expect(await list(pages, "?date=2026-05-10")).toEqual([]);
    expect(await list(pages, "?date=2001-01-01")).toEqual([]);
    const [first] = await list(pages, "?date=2026-05-04");
    expect(first?.paper.submittedOnDailyAt).toBe("2026-05-04T00:00:00.000Z");
    expect(pages.errors).toEqual([]);
  });

  test("without a date come the newest first, each once, and end where nothing is left", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", papersOf("2026-05-04", 3));
    await saveDay(db, "2026-05-05", [...papersOf("2026-05-05", 2), { id: "2605.04000", votes: 1 }]);
    const pages = await openPages(db);
    const all = await list(pages, "");
    expect(all).toHaveLength(5);
    expect(
      idsOf(all)
        .slice(3)
        .every((id) => id.startsWith("2605.04")),
    ).toBe(true);
    expect(await list(pages, "?limit=2")).toEqual(all.slice(0, 2));
    expect(await list(pages, "?limit=2&p=1")).toEqual(all.slice(2, 4));
    expect(await list(pages, "?limit=2&p=2")).toEqual(all.slice(4));
    for (const p of [3, 100, 1_000_000]) expect(await list(pages, `?limit=2&p=${p}`)).toEqual([]);
    expect(await list(pages, "?p=100")).toEqual([]);
  });

  test("name their next page, and only when there is one", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", papersOf("2026-05-04", 3));
    const pages = await openPages(db);
    const link = async (query: string) =>
      (await pages.fetch(`/api/daily_papers${query}`)).headers.get("Link");
    expect(await link("?limit=2")).toBe(
      '<https://papers.example.org/api/daily_papers?limit=2&p=1>; rel="next"',
    );
    expect(await link("?limit=2&date=2026-05-04&p=0")).toBe(
      '<https://papers.example.org/api/daily_papers?limit=2&date=2026-05-04&p=1>; rel="next"',
    );
    for (const last of ["?limit=3", "?limit=2&p=1", "", "?p=9"]) expect(await link(last)).toBeNull();
  });

  test("have a hundred on a page at most, fifty when nothing is said", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", papersOf("2026-05-04", 120));
    const pages = await openPages(db);
    expect(await list(pages, "?date=2026-05-04")).toHaveLength(50);
    expect(await list(pages, "?date=2026-05-04&limit=100")).toHaveLength(100);
    expect(await list(pages, "?date=2026-05-04&limit=100&p=1")).toHaveLength(20);
  });

  test("that are talked of come by votes that fade; a date is not heard", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", [{ id: "2605.00001", votes: 40 }]);
    await saveDay(db, "2026-05-18", [
      { id: "2605.00002", votes: 11 },
      { id: "2605.00003", votes: 9 },
      { id: "2605.00004" },
    ]);
    const pages = await openPages(db);
    const trending = await list(pages, "?sort=trending&limit=20");
    expect(idsOf(trending)).toEqual(["2605.00002", "2605.00001", "2605.00003", "2605.00004"]);
    expect(await list(pages, "?sort=trending&date=2026-05-04")).toEqual(trending);
  });

  test("of one submitter, by the name in any writing, within a day or of all days", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", [
      { id: "2605.00001", submitter: "Ada Lovelace", votes: 1 },
      { id: "2605.00002", submitter: "Grace" },
    ]);
    await saveDay(db, "2025-01-07", [{ id: "2501.00001", submitter: "ada-lovelace" }]);
    const pages = await openPages(db);
    for (const name of ["Ada-Lovelace", "adalovelace", "Ada%20Lovelace"]) {
      expect(idsOf(await list(pages, `?submitter=${name}`))).toEqual(["2605.00001", "2501.00001"]);
      expect(idsOf(await list(pages, `?submitter=${name}&date=2026-05-04`))).toEqual(["2605.00001"]);
    }
    expect(idsOf(await list(pages, "?submitter=adalovelace&limit=1&p=1"))).toEqual(["2501.00001"]);
    expect(idsOf(await list(pages, "?submitter=grace&sort=trending"))).toEqual(["2605.00002"]);
    expect(await list(pages, "?submitter=Nobody")).toEqual([]);
    expect(await list(pages, "?submitter=%C3%A9%27%22--")).toEqual([]);
  });

  test.each([
    ["?limit=101", "Too big: expected number to be <=100"],
    ["?limit=0", "Too small: expected number to be >=1"],
    ["?limit=-1&p=-1", "Too small: expected number to be >=0"],
    ["?p=-1", "Too small: expected number to be >=0"],
    ["?limit=abc", "Invalid input: expected number, received NaN"],
    ["?limit=2.5", "Invalid input: expected int, received number"],
    ["?p=1e99", "Invalid input: expected number, received number"],
    ["?sort=hot", 'Invalid option: expected one of "publishedAt"|"trending"'],
    ["?date=2025-13-40", "Invalid date"],
    ["?date=2025-02-30", "Invalid date"],
    ["?date=", "Invalid date"],
    ["?date=2026-W20", "Invalid date"],
    ["?date=2026-05-04&date=2026-05-05", "Invalid input: expected string, received array"],
    ["?week=2025-W54", "Invalid week"],
    ["?month=2025-13", "Invalid month"],
    ["?date=2099-01-01", "2099-01-01 is in the future"],
    ["?week=2026-W30", "2026-W30 is in the future"],
    ["?date=%ED%A0%80", "Invalid date"],
  ])("%s is refused in the hub's shape", async (query, error) => {
    const pages = await openPages(await open());
    const response = await pages.fetch(`/api/daily_papers${query}`);
    const body = (await response.json()) as { error: string };
    expect([response.status, Object.keys(body)]).toEqual([400, ["error"]]);
    if (!query.includes("1e99")) expect(body.error).toBe(error);
    expect(response.headers.get("X-Error-Message")).toBe(body.error);
  });
});
