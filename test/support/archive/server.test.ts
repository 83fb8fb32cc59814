// The archive over HTTP: what it shows when, what it refuses, what its faults do, and what it remembers.
import { afterEach, describe, expect, test } from "vitest";
import type { Fault } from "./faults.ts";
import { type Archive, startArchive } from "./server.ts";
import { createSimulatedClock, type SimulatedClock } from "./simulated-clock.ts";
import { createWorld } from "./world.ts";

const world = createWorld({
  seed: 3,
  from: "2026-10-26",
  until: "2026-11-06",
  papersPerDay: 5,
  late: { "2026-11-05": 240 },
});
const started: Archive[] = [];
afterEach(async () => {
  for (const archive of started.splice(0)) await archive[Symbol.asyncDispose]();
});

async function start(
  at: string,
  ...faults: Fault[]
): Promise<{ archive: Archive; time: SimulatedClock; get: Get }> {
  const time = createSimulatedClock(at);
  const archive = await startArchive({ world, clock: time.clock, faults, oaiPageSize: 10 });
  started.push(archive);
  return { archive, time, get: (path, init) => fetch(archive.base + path, init) };
}

type Get = (path: string, init?: RequestInit) => Promise<Response>;
const text = async (response: Promise<Response>) => (await response).text();
const listing = "/list/cs.CL/new";
const idsIn = (xml: string) => [...xml.matchAll(/<identifier>oai:arXiv\.org:([^<]+)/g)].map(([, id]) => id!);
// Not "[^>]*>": that would take the white space after an empty token for one.
const tokenIn = (xml: string) => /<resumptionToken expirationDate='[^']*'>([^<]+)</.exec(xml)?.[1];

async function walk(get: Get, query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let path = `/oai?verb=ListRecords&${query}`; ; ) {
    const xml = await text(get(path));
    ids.push(...idsIn(xml));
    const token = tokenIn(xml);
    if (!token) return ids;
    path = `/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`;
  }
}

describe("what is shown when", () => {
  test("the listing turns at 20:00 in New York, before and after the clock change", async () => {
    const { get, time } = await start("2026-10-27T23:59:59Z");
    expect(await text(get(listing))).toContain("Tuesday, 27 October 2026");
    time.advanceTo("2026-10-28T00:00:00Z");
    expect(await text(get(listing))).toContain("Wednesday, 28 October 2026");
    time.advanceTo("2026-11-03T00:59:59Z");
    expect(await text(get(listing))).toContain("Monday, 2 November 2026");
    time.advanceTo("2026-11-03T01:00:00Z");
    expect(await text(get(listing))).toContain("Tuesday, 3 November 2026");
  });

  test("the feed turns at midnight there, and is empty on weekends", async () => {
    const { get, time } = await start("2026-10-30T03:59:00Z");
    expect(await text(get("/rss/cs.CL"))).toContain("<pubDate>Thu, 29 Oct 2026 00:00:00 -0400</pubDate>");
    time.advanceTo("2026-10-30T04:00:00Z");
    expect(await text(get("/rss/cs.CL"))).toContain("<pubDate>Fri, 30 Oct 2026 00:00:00 -0400</pubDate>");
    time.advanceTo("2026-10-31T12:00:00Z");
    const weekend = await text(get("/rss/cs.CL"));
    expect(weekend).not.toContain("<item>");
    expect(weekend).toContain("<day>Saturday</day>");
    expect(await text(get("/atom/cs.CL"))).not.toContain("<entry>");
  });

  test("OAI-PMH knows a batch two and a half hours after it", async () => {
    const query = "metadataPrefix=arXiv&set=cs:cs:CL&from=2026-10-28";
    const { get, time } = await start("2026-10-28T02:29:00Z");
    expect(await text(get(`/oai?verb=ListRecords&${query}`))).toContain("noRecordsMatch");
    time.advanceTo("2026-10-28T02:30:00Z");
    const { new: ids, cross, replacement } = world.truthOf("cs.CL", "2026-10-28");
    const found = await walk(get, query);
    expect(found).toEqual(expect.arrayContaining([...ids, ...cross, ...replacement]));
  });

  test("a late batch is late on every route", async () => {
    const { get, time } = await start("2026-11-05T04:59:00Z");
    expect(await text(get(listing))).toContain("Wednesday, 4 November 2026");
    time.advanceTo("2026-11-05T05:29:00Z");
    expect(await text(get(listing))).toContain("Thursday, 5 November 2026");
    expect(await text(get("/rss/cs.CL"))).not.toContain("<item>");
    time.advanceTo("2026-11-05T05:30:00Z");
    expect(await text(get("/rss/cs.CL"))).toContain("<item>");
  });
});

describe("OAI-PMH", () => {
  const now = "2026-11-07T00:00:00Z";

  test("gives every record once, in pages by day of modification", async () => {
    const { get } = await start(now);
    const ids = await walk(get, "metadataPrefix=arXivRaw");
    expect(ids).toHaveLength(world.papers.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(["cs", "physics:hep-th", "stat:stat:ML"])("gives the set %s", async (set) => {
    const { get } = await start(now);
    const ids = await walk(get, `metadataPrefix=oai_dc&set=${set}`);
    const due = world.papers.filter(({ categories, crossLists }) =>
      [...categories, ...crossLists.map(({ category }) => category)].some(
        (id) => set.endsWith(id.split(".").at(-1)!) || id.startsWith(`${set}.`),
      ),
    );
    expect(ids.sort()).toEqual(due.map(({ id }) => id).sort());
  });

  test("moves `from` on in its token, and closes a list with an empty one", async () => {
    const { get } = await start(now);
    const first = await text(
      get("/oai?verb=ListRecords&metadataPrefix=arXiv&from=2026-10-28&until=2026-10-29"),
    );
    const token = decodeURIComponent(tokenIn(first)!);
    expect(token).toMatch(
      /^verb=ListRecords&metadataPrefix=arXiv&from=2026-10-2[89]&until=2026-10-29&skip=\d+$/,
    );
    expect(first).toContain("expirationDate='2026-11-08T00:00:00Z'");
    let last = first;
    for (let token = tokenIn(first); token; token = tokenIn(last))
      last = await text(get(`/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`));
    expect(last).toContain("<resumptionToken/>");
    const single = await text(
      get("/oai?verb=ListRecords&metadataPrefix=arXiv&from=2026-10-28&until=2026-10-28&set=econ:econ:EM"),
    );
    expect(single).not.toContain("resumptionToken");
  });

  test("takes POST, and gives single records", async () => {
    const { get } = await start(now);
    const body = "verb=GetRecord&metadataPrefix=arXivRaw&identifier=oai:arXiv.org:2611.01001";
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(idsIn(await text(get("/oai", { method: "POST", body, headers })))).toEqual(["2611.01001"]);
  });

  test.each([
    ["", "badVerb"],
    ["verb=Nope", "badVerb"],
    ["verb=Identify&foo=1", "badArgument"],
    ["verb=Identify&verb=Identify", "badArgument"],
    ["verb=ListRecords", "badArgument"],
    ["verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"],
    ["verb=ListRecords&metadataPrefix=arXiv&from=2026-02-30", "badArgument"],
    ["verb=ListRecords&metadataPrefix=arXiv&from=2026-11-02&until=2026-11-01", "badArgument"],
    ["verb=ListRecords&metadataPrefix=arXiv&from=1999-01-01", "badArgument"],
    ["verb=ListRecords&metadataPrefix=arXiv&until=2030-01-01", "badArgument"],
    ["verb=ListRecords&metadataPrefix=arXiv&until=2026-11-01T00:00:00Z", "badArgument"],
    ["verb=ListRecords&metadataPrefix=arXiv&set=cs.CL", "badArgument"],
    ["verb=ListRecords&metadataPrefix=arXiv&from=2026-10-31&until=2026-10-31", "noRecordsMatch"],
    ["verb=ListRecords&resumptionToken=garbage", "badResumptionToken"],
    ["verb=ListRecords&resumptionToken=%25E0%25A4%25A", "badResumptionToken"],
    [
      "verb=ListRecords&resumptionToken=verb%253DListIdentifiers%2526metadataPrefix%253DarXiv%2526skip%253D2",
      "badResumptionToken",
    ],
    ["verb=ListRecords&metadataPrefix=arXiv&resumptionToken=x", "badArgument"],
    ["verb=ListSets&resumptionToken=x", "badResumptionToken"],
    ["verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:2512.99999", "idDoesNotExist"],
    ["verb=GetRecord&metadataPrefix=arXiv&identifier=oai:x:'><script>", "idDoesNotExist"],
  ])("%s is refused with %s", async (query, code) => {
    const { get } = await start(now);
    const response = await get(`/oai?${query}`);
    expect(response.status).toBe(200);
    const xml = await response.text();
    expect(xml).toContain(`<error code='${code}'>`);
    expect(xml).not.toContain("<script>");
  });
});

describe("faults", () => {
  const now = "2026-10-28T12:00:00Z";

  test("503 and 429 say when to come back, if they are told to", async () => {
    const { get } = await start(
      now,
      { kind: "unavailable", route: "listing", category: "cs.CL" },
      { kind: "unavailable", route: "oai", retryAfterSeconds: 120, retryAfterAsDate: true },
      { kind: "too-many-requests", route: "rss", retryAfterSeconds: 60 },
    );
    expect((await get("/list/cs.CV/new")).status).toBe(200);
    const first = await get(listing);
    expect([first.status, first.headers.get("retry-after")]).toEqual([503, null]);
    expect((await get(listing)).status).toBe(200);
    expect((await get("/oai?verb=Identify")).headers.get("retry-after")).toBe(
      "Wed, 28 Oct 2026 12:02:00 GMT",
    );
    const third = await get("/rss/cs.CL");
    expect([third.status, third.headers.get("retry-after")]).toEqual([429, "60"]);
  });

  test("a truncated document has a length that says it is whole", async () => {
    const { get } = await start(now, { kind: "truncated", route: "oai" });
    const path = "/oai?verb=ListRecords&metadataPrefix=arXiv";
    const [cut, whole] = [await text(get(path)), await text(get(path))];
    expect(whole.startsWith(cut)).toBe(true);
    expect(cut.length).toBeLessThan(whole.length);
    expect(cut).not.toContain("</OAI-PMH>");
  });

  test("a cut connection is an error of the transport", async () => {
    const { get } = await start(now, { kind: "cut-connection", route: "oai" });
    await expect(text(get("/oai?verb=ListRecords&metadataPrefix=arXiv"))).rejects.toThrow();
  });

  test.each(["/list/cs.CL/new", "/rss/cs.CL", "/atom/cs.CL", "/oai?verb=ListRecords&metadataPrefix=arXiv"])(
    "wrong bytes and bombs in %s",
    async (path) => {
      const { get } = await start(now, { kind: "wrong-encoding" }, { kind: "entity-bomb" });
      const bytes = await (await get(path)).arrayBuffer();
      expect(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes)).toThrow();
      expect(await text(get(path))).toMatch(/<!ENTITY l12 "(&l11;){10}">[\s\S]*&l12;<\//);
      expect(await text(get(path))).not.toContain("ENTITY");
    },
  );

  test("an expired token, a duplicate page, an empty page: the same token asked again goes on", async () => {
    const { archive, get } = await start(now);
    const whole = await walk(get, "metadataPrefix=arXiv");
    const first = await text(get("/oai?verb=ListRecords&metadataPrefix=arXiv"));
    const path = `/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(tokenIn(first)!)}`;
    archive.faults.add({ kind: "token-expired" });
    expect(await text(get(path))).toContain("badResumptionToken");
    archive.faults.add({ kind: "duplicate-page" });
    expect(idsIn(await text(get(path)))).toEqual(whole.slice(0, 10));
    archive.faults.add({ kind: "empty-page" });
    const empty = await text(get(path));
    expect([idsIn(empty).length, typeof tokenIn(empty)]).toEqual([0, "string"]);
    archive.faults.add({ kind: "shrinking-page", missing: 4 });
    expect(idsIn(await text(get(path)))).toEqual(whole.slice(10, 16));
    expect(idsIn(await text(get(path)))).toEqual(whole.slice(10, 20));
  });

  test("a stale category, while another is current and both are dated today", async () => {
    const { get } = await start(now, { kind: "stale", category: "cs.CL", day: "2026-10-28", times: 2 });
    const [stale, current] = [await text(get("/rss/cs.CL")), await text(get("/rss/cs.CV"))];
    const dated = "<pubDate>Wed, 28 Oct 2026 00:00:00 -0400</pubDate>";
    expect([stale.includes(dated), current.includes(dated)]).toEqual([true, true]);
    for (const id of world.truthOf("cs.CL", "2026-10-27").new)
      expect(stale).toContain(`oai:arXiv.org:${id}v`);
    for (const id of world.truthOf("cs.CV", "2026-10-28").new)
      expect(current).toContain(`oai:arXiv.org:${id}v`);
    expect(await text(get(listing))).toContain("Tuesday, 27 October 2026");
    expect(await text(get(listing))).toContain("Wednesday, 28 October 2026");
  });

  test("a listing that shrinks says less the second time", async () => {
    const { get } = await start(now, { kind: "shrinking-page", route: "listing", after: 1, missing: 2 });
    const totals = [];
    for (let i = 0; i < 3; i++) totals.push(Number(/Total of (\d+)/.exec(await text(get(listing)))?.[1]));
    expect(totals[1]).toBe(totals[0]! - 2);
    expect(totals[2]).toBe(totals[0]);
  });
});

describe("the log", () => {
  test("tells lanes apart, and how close requests came", async () => {
    const { archive, get, time } = await start("2026-10-28T12:00:00Z");
    await get("/rss/cs.CL", { headers: { "user-agent": "Broadsheet/1" } });
    await time.sleep(3_000);
    await get("/oai?verb=Identify");
    await time.sleep(1_000);
    await Promise.all([get(listing), get(listing), get("/nowhere")]);
    expect(archive.requestsOf("arxiv-export").map(({ path }) => path)).toEqual([
      "/rss/cs.CL",
      "/oai?verb=Identify",
    ]);
    expect(archive.requests[0]).toMatchObject({ route: "rss", status: 200, userAgent: "Broadsheet/1" });
    expect([
      archive.closestMs("arxiv-export"),
      archive.closestMs("arxiv-web"),
      archive.closestMs("hub"),
    ]).toEqual([3_000, 0, Infinity]);
    expect(archive.requests).toHaveLength(5);
  });

  test("answers 304 to whom has the listing, and 400 to who asks for what is not there", async () => {
    const { get } = await start("2026-10-28T12:00:00Z");
    const etag = (await get(listing)).headers.get("etag")!;
    expect((await get(listing, { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await get("/list/cs.ZZ/new")).status).toBe(400);
    const bad = await get("/rss/cs.ZZ");
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain("Valid subject classes for the archive 'cs' are: cs.AI, cs.CL,");
  });
});
