// The hub's other answers: search, a paper by itself, all papers, what is linked; and how they refuse.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openPages, save } from "../../test/support/pages.ts";
import type { SourceItem } from "../papers/paper.ts";

const conferencePaper: SourceItem = {
  records: [
    {
      source: "conference",
      sourceId: "neurips-1",
      identifiers: [{ scheme: "conference", value: "neurips-1" }],
      title: "Zebra Attention in the Wild",
      abstract: "We look at zebras.",
      abstractKind: "abstract",
      authors: [{ name: "Zoe Zed" }],
      year: 2024,
      venue: "NeurIPS 2024",
      categories: [],
      versions: [],
      links: [
        { kind: "abstract", url: "https://papers.example.com/zebra" },
        { kind: "code", url: "javascript:alert(1)" },
      ],
      keywords: ["zebras"],
    },
  ],
  submissions: [],
  announcements: [],
  signals: [{ kind: "upvotes", source: "hub", observedAt: "2026-05-11T00:00:00.000Z", value: 4 }],
  places: [],
};

describeOnBothDatabases("the hub's papers", (open) => {
  test("a paper by itself, by any of its ids and versions", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", [{ id: "2605.00001", votes: 7, title: "On Counting" }]);
    const pages = await openPages(db);
    const paper = (await (await pages.fetch("/api/papers/2605.00001")).json()) as Record<string, unknown>;
    expect(paper).toMatchObject({
      id: "2605.00001",
      title: "On Counting",
      upvotes: 7,
      numComments: 0,
      publishedAt: "2026-05-04T00:00:00.000Z",
      submittedOnDailyBy: { fullname: "Ada", user: "Ada" },
      linkedModels: [],
      linkedDatasets: [],
      linkedSpaces: [],
      numTotalModels: 0,
    });
    for (const id of ["2605.00001v2", "arXiv:2605.00001", "https%3A%2F%2Farxiv.org%2Fabs%2F2605.00001"])
      expect(await (await pages.fetch(`/api/papers/${id}`)).json()).toEqual(paper);
    const repositories = await pages.fetch("/api/arxiv/2605.00001/repos");
    expect(await repositories.json()).toEqual({ models: [], datasets: [], spaces: [] });
  });

  test.each([
    "/api/papers/1234.56789",
    "/api/papers/trending",
    "/api/papers/__proto__",
    "/api/papers/constructor",
    "/api/papers/toString",
    "/api/papers/..%2F..%2Fetc%2Fpasswd",
    "/api/papers/%E0%A4%A",
    `/api/papers/${"9".repeat(3_000)}`,
    "/api/papers/0001.99999",
    "/api/arxiv/1234.56789/repos",
    "/api/arxiv/2605.00001",
  ])("%s is not found, in the hub's shape", async (path) => {
    const pages = await openPages(await open());
    const response = await pages.fetch(path, { headers: { Accept: "text/html" } });
    expect(response.status).toBe(404);
    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(response.headers.get("X-Error-Message")).toBe("Paper not found");
    expect(await response.json()).toEqual({ error: "Paper not found" });
    expect(pages.errors).toEqual([]);
  });

  test.each([
    ["/api/agent-harnesses", 404],
    ["/api/papers/2606.10420%00", 400],
  ])("%s is refused so that the hub's programs see why", async (path, status) => {
    const response = await (await openPages(await open())).fetch(path);
    const { error } = (await response.json()) as { error: string };
    expect([response.status, response.headers.get("X-Error-Message")]).toEqual([status, error]);
    expect(error).toMatch(/\.$/);
  });

  test("a paper that arXiv does not have gets an id that reads as one, and is found by it", async () => {
    const db = await open();
    await save(db, conferencePaper);
    const pages = await openPages(db);
    const [found] = (await (await pages.fetch("/api/papers/search?q=zebra")).json()) as {
      paper: { id: string; upvotes: number; projectPage: string; githubRepo?: string };
    }[];
    expect(found?.paper.id).toMatch(/^0001\.\d{5}$/);
    expect(found?.paper).toMatchObject({
      upvotes: 4,
      projectPage: "https://papers.example.com/zebra",
      publishedAt: "2024-01-01T00:00:00.000Z",
      ai_keywords: ["zebras"],
    });
    expect(found?.paper).not.toHaveProperty("githubRepo");
    const alone = await pages.fetch(`/api/papers/${found?.paper.id}`);
    expect(await alone.json()).toMatchObject({ id: found?.paper.id, title: "Zebra Attention in the Wild" });
  });

  test("search finds words and a paper that the query names, within its limits", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", papersOf("2026-05-04", 30));
    const pages = await openPages(db);
    const search = async (query: string) => {
      const response = await pages.fetch(`/api/papers/search${query}`);
      return { status: response.status, body: (await response.json()) as { paper: { id: string } }[] };
    };
    expect((await search("?q=counting&limit=7")).body).toHaveLength(7);
    expect((await search("?q=counting")).body).toHaveLength(30);
    expect((await search("?q=2605.04003&limit=1")).body.map(({ paper }) => paper.id)).toEqual(["2605.04003"]);
    expect((await search("?q=&limit=3")).body).toEqual([]);
    expect((await search(`?q=${"x".repeat(250)}`)).status).toBe(200);
    for (const refused of [`?q=${"x".repeat(251)}`, "", "?q=a&limit=121", "?q=a&limit=0", "?q=a&q=b"])
      expect((await search(refused)).status).toBe(400);
  });

  test("all papers, those that came last first, by a cursor", async () => {
    const db = await open();
    await saveDay(db, "2026-05-04", papersOf("2026-05-04", 5));
    const pages = await openPages(db);
    const seen: string[] = [];
    let path: string | undefined = "/api/papers?limit=2";
    while (path !== undefined) {
      const response: Response = await pages.fetch(path);
      const rows = (await response.json()) as { id: string; thumbnailUrl: string }[];
      seen.push(...rows.map(({ id }) => id));
      path = /^<https:\/\/papers\.example\.org([^>]+)>; rel="next"$/.exec(
        response.headers.get("Link") ?? "",
      )?.[1];
    }
    expect(seen.sort()).toEqual(papersOf("2026-05-04", 5).map(({ id }) => id));
    for (const bad of ["?cursor=x", "?cursor=-1", "?limit=101", "?cursor=99999999999"])
      expect((await pages.fetch(`/api/papers${bad}`)).status).toBe(400);
  });
});
