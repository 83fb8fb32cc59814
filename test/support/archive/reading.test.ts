// What the archive serves is read by the program's own readers, whole, and equals the truth of the world.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { announcementDue } from "../../../src/sources/arxiv-announcements.ts";
import { parseArxivQuery } from "../../../src/sources/arxiv-atom.ts";
import { parseArxivListing } from "../../../src/sources/arxiv-listing.ts";
import { parseOaiAnswer } from "../../../src/sources/arxiv-oai.ts";
import { parseArxivRss } from "../../../src/sources/arxiv-rss.ts";
import { parseHubAnswer } from "../../../src/sources/hub-api.ts";
import { type Archive, startArchive } from "./server.ts";
import { followedCategories } from "./taxonomy.ts";
import { createWorld } from "./world.ts";

const world = createWorld({
  seed: 11,
  from: "2026-10-28",
  until: "2026-11-06",
  papersPerDay: 6,
});
const days = [...new Set(world.truth().map(({ day }) => day))].filter(
  (day) => world.truthOf("cs.CL", day).announced,
);
let archive: Archive;
let now = new Date(0);

beforeAll(async () => {
  archive = await startArchive({ world, clock: () => now, oaiPageSize: 50 });
});
afterAll(() => archive[Symbol.asyncDispose]());

async function get(path: string, hour = 12, day = "2026-11-07"): Promise<Uint8Array> {
  now = new Date(`${day}T${String(hour).padStart(2, "0")}:00:00Z`);
  return new Uint8Array(await (await fetch(archive.base + path)).arrayBuffer());
}

describe.each(followedCategories)("%s", (category) => {
  test("the listing of every day", async () => {
    for (const day of days) {
      const reading = parseArxivListing(await get(`/list/${category}/new`, 2, day), category);
      expect(reading).toMatchObject({
        ok: true,
        listing: { announcedOn: day, truncated: false, whole: true },
      });
      if (!reading.ok) return;
      const { sections, quiet } = reading.listing;
      expect(sections.flatMap(({ rejected }) => rejected)).toEqual([]);
      const listed = (kind: string) =>
        sections
          .filter((section) => section.kind === kind)
          .flatMap(({ entries }) => entries.map(({ id }) => id));
      const truth = world.truthOf(category, day);
      expect([listed("new"), listed("cross"), listed("replacement")]).toEqual([
        truth.new,
        truth.cross,
        truth.replacement,
      ]);
      expect(quiet).toBe(truth.new.length + truth.cross.length + truth.replacement.length === 0);
    }
  });

  test("the feeds of every day, but for replacements of version 6 on", async () => {
    for (const day of days) {
      for (const form of ["rss", "atom"]) {
        const feed = parseArxivRss(await get(`/${form}/${category}`, 12, day));
        if (!feed.ok) throw new Error(JSON.stringify(feed));
        expect(feed.rejected).toEqual([]);
        const ids = (...types: string[]) =>
          feed.entries
            .filter(({ announceType }) => types.includes(announceType ?? ""))
            .map(({ id }) => id)
            .sort();
        const truth = world.truthOf(category, day);
        expect([ids("new"), ids("cross")]).toEqual([truth.new, truth.cross]);
        const loud = truth.replacement.filter(
          (id) =>
            world.findPaper(id)!.versions.findLast(({ batch }) => world.batches[batch]?.day === day)!.number <
            6,
        );
        expect(ids("replace", "replace-cross")).toEqual(loud);
        if (feed.entries.length > 0) expect(feed.announcedOn).toBe(day);
      }
    }
  });
});

test("the listing in pages says what it shows", async () => {
  const day = days[3]!;
  const truth = world.truthOf("cs.LG", day);
  const total = truth.new.length + truth.cross.length + truth.replacement.length;
  const ids: string[] = [];
  for (let skip = 0; skip < total; skip += 4) {
    const reading = parseArxivListing(await get(`/list/cs.LG/new?skip=${skip}&show=4`, 2, day), "cs.LG");
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.listing).toMatchObject({ truncated: false, whole: false, total });
    ids.push(...reading.listing.sections.flatMap(({ entries }) => entries.map(({ id }) => id)));
  }
  expect(ids).toEqual([...truth.new, ...truth.cross, ...truth.replacement]);
});

describe("OAI-PMH", () => {
  test.each(["arXiv", "arXivRaw", "oai_dc"])("every record in %s", async (prefix) => {
    let path = `/oai?verb=ListRecords&metadataPrefix=${prefix}`;
    const titles = new Map<string, string>();
    for (;;) {
      const page = parseOaiAnswer(await get(path));
      if (!page.ok) throw new Error(JSON.stringify(page));
      for (const { arxivId, record, reason } of page.records) {
        expect(reason).toBeUndefined();
        titles.set(arxivId!, record!.title);
      }
      if (page.resumptionToken === null) break;
      path = `/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(page.resumptionToken)}`;
    }
    expect(titles.size).toBe(world.papers.length);
    for (const { id, versions } of world.papers) expect(titles.get(id)).toBe(versions.at(-1)!.title);
  });

  test("the versions of arXivRaw, the crowd and the withdrawn", async () => {
    const record = async (id: string) => {
      const page = parseOaiAnswer(
        await get(`/oai?verb=GetRecord&metadataPrefix=arXivRaw&identifier=oai:arXiv.org:${id}`),
      );
      return page.ok ? page.records[0]!.record! : null;
    };
    const crowd = world.papers.find(({ authors }) => authors.length === 3_000)!;
    expect((await record(crowd.id))!.authors).toHaveLength(3_000);
    const many = world.papers.find(({ versions }) => versions.length > 3 && !versions.at(-1)!.withdrawn)!;
    expect((await record(many.id))!.versions.map(({ submittedAt }) => submittedAt)).toEqual(
      many.versions.map(({ submittedAt }) => submittedAt.toISOString()),
    );
    const withdrawn = world.papers.find(({ versions }) => versions.at(-1)!.withdrawn)!;
    expect((await record(withdrawn.id))!.withdrawn).toBe(true);
  });

  test("sets, formats, identity and identifiers", async () => {
    const [sets, formats, identity, headers] = await Promise.all(
      ["ListSets", "ListMetadataFormats", "Identify", "ListIdentifiers&metadataPrefix=arXiv"].map(
        async (verb) => parseOaiAnswer(await get(`/oai?verb=${verb}`)),
      ),
    );
    expect(sets!.ok && sets!.sets.map(({ spec }) => spec)).toContain("physics:hep-th");
    expect(formats!.ok && formats!.prefixes).toEqual(["oai_dc", "arXiv", "arXivRaw"]);
    expect(identity!.ok && identity!.identity).toMatchObject({ granularity: "YYYY-MM-DD" });
    expect(headers!.ok && headers!.headers).toHaveLength(400);
  });
});

test("the query API: single papers, a category in slices, and its errors", async () => {
  const [paper] = world.papers.filter(({ versions }) => versions.length > 2);
  const one = parseArxivQuery(await get(`/api/query?id_list=${paper!.id}`));
  expect(one).toMatchObject({ ok: true, total: 1, missing: 0, rejected: [], entries: [{ id: paper!.id }] });
  const all = parseArxivQuery(
    await get("/api/query?search_query=cat:hep-th&start=5&max_results=50&sortBy=submittedDate"),
  );
  expect(all).toMatchObject({ ok: true, start: 5, missing: 0, rejected: [] });
  expect(all.ok && all.entries).toHaveLength(50);
  expect(parseArxivQuery(await get("/api/query?start=x"))).toMatchObject({ ok: false, kind: "refused" });
  archive.faults.add({ kind: "empty-page", route: "query" });
  expect(parseArxivQuery(await get("/api/query?search_query=cat:hep-th"))).toMatchObject({
    ok: true,
    missing: 10,
  });
});

test("the hub: a day's papers with votes that grow, pages, and an empty weekend", async () => {
  const day = "2026-11-05";
  const request = {
    url: `${archive.base}/api/daily_papers?date=${day}`,
    observedAt: "2026-11-05T08:30:00.000Z",
    day,
  };
  const read = async (path: string, hour: number, on = day) => {
    now = new Date(`${on}T${String(hour).padStart(2, "0")}:00:00Z`);
    const response = await fetch(archive.base + path);
    const page = parseHubAnswer(
      new Uint8Array(await response.arrayBuffer()),
      response.headers.get("link"),
      request,
    );
    if (!page.ok) throw new Error(JSON.stringify(page));
    return page;
  };
  const votes = (page: Awaited<ReturnType<typeof read>>) =>
    page.items
      .flatMap(({ signals }) => signals.filter(({ kind }) => kind === "upvotes"))
      .reduce((sum, { value }) => sum + value!, 0);
  const [morning, evening] = [
    await read(`/api/daily_papers?date=${day}`, 2),
    await read(`/api/daily_papers?date=${day}`, 22),
  ];
  expect(morning.rejected).toEqual([]);
  expect(morning.items.length).toBe(14);
  expect(votes(evening)).toBeGreaterThan(votes(morning));
  const first = await read(`/api/daily_papers?date=${day}&limit=10`, 22);
  expect([first.items.length, first.nextUrl]).toEqual([10, expect.stringContaining("p=1")]);
  expect(
    (await read(new URL(first.nextUrl!).pathname + new URL(first.nextUrl!).search, 22)).items,
  ).toHaveLength(4);
  expect((await read("/api/daily_papers?date=2026-10-31", 12, "2026-11-02")).items).toEqual([]);
});

test("the program's calendar agrees on which days of the year there is an announcement, and when", () => {
  const holidays = ["01-01", "01-19", "06-19", "07-03", "09-07", "11-26", "12-25", "12-29", "12-31"];
  const deferrals = holidays.map((day) => `2026-${day}`);
  const year = createWorld({ seed: 1, from: "2026-01-05", until: "2026-12-31", papersPerDay: 0, deferrals });
  for (const { day, announced, dueAt } of year.truth(["cs.CL"])) {
    const due = announcementDue("cs.CL", day);
    expect([day, due.state]).toEqual([day, announced ? "due" : "none"]);
    if (due.state !== "none") expect(due.at).toBe(dueAt!.toISOString());
  }
});
