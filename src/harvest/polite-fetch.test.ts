// The whole guest: spacing across processes, pauses, redirects, validators, and that nothing is thrown.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createSimulatedClock, type SimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases, type OpenDatabase } from "../../test/support/databases.ts";
import type { Db } from "../database/dialect.ts";
import type { Lookup } from "../lib/address-guard.ts";
import { createPoliteFetcher, type FetchRequest, type PoliteFetcherOptions } from "./polite-fetch.ts";
import { listPauses } from "./politeness-store.ts";

const opened: { [Symbol.asyncDispose](): PromiseLike<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

interface Seen {
  at: number;
  path: string;
  headers: IncomingMessage["headers"];
}

interface Archive {
  base: string;
  seen: Seen[];
  mostAtOnce: number;
}

/** A server that says what it is told and remembers who came when. */
async function startArchive(
  time: SimulatedClock,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Archive> {
  let atOnce = 0;
  const archive: Archive = { base: "", seen: [], mostAtOnce: 0 };
  const server = createServer((request, response) => {
    archive.seen.push({ at: time.clock().getTime(), path: request.url ?? "", headers: request.headers });
    atOnce += 1;
    archive.mostAtOnce = Math.max(archive.mostAtOnce, atOnce);
    response.on("close", () => {
      atOnce -= 1;
    });
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  archive.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  opened.push({
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  });
  return archive;
}

function startGuest(db: Db, time: SimulatedClock, options: Partial<PoliteFetcherOptions> = {}) {
  const fetcher = createPoliteFetcher({
    db,
    clock: time.clock,
    sleep: time.sleep,
    version: "1.2.3",
    contact: "owner@example.org",
    allowPrivate: [],
    random: () => 0.5,
    ...options,
  });
  opened.push(fetcher);
  return (request: Partial<FetchRequest> & { url: string }) =>
    fetcher.fetchPolitely({
      source: "arxiv-oai",
      maxBytes: 10_000,
      timeoutMs: 20_000,
      allowedHosts: [],
      ...request,
    });
}

const start = "2026-11-25T12:00:00.000Z";
const ok = (_request: IncomingMessage, response: ServerResponse) => void response.end("ok");

async function setUp(open: OpenDatabase, answer = ok) {
  const time = createSimulatedClock(start);
  const db = await open();
  const archive = await startArchive(time, answer);
  return { time, db, archive, ask: startGuest(db, time, { allowPrivate: [archive.base] }) };
}

function gaps(seen: Seen[]): number[] {
  return seen.slice(1).map(({ at }, i) => at - seen[i]!.at);
}

describeOnBothDatabases("spacing", (open) => {
  test("two processes on one database are one guest: one connection, 3 s apart", async () => {
    const { time, db, archive, ask } = await setUp(
      open,
      (_request, response) => void setTimeout(() => response.end("ok"), 3),
    );
    const other = startGuest(db, time, { allowPrivate: [archive.base] });
    const urls = Array.from({ length: 6 }, (_, i) => ({ url: `${archive.base}/${i}` }));
    const outcomes = await Promise.all([...urls.map(ask), ...urls.map(other)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(12).fill("ok"));
    expect(archive.mostAtOnce).toBe(1);
    expect(Math.min(...gaps(archive.seen))).toBeGreaterThanOrEqual(3_000);
  });

  test("each lane has its own spacing, whichever source asks", async () => {
    const { archive, ask } = await setUp(open);
    const sources = ["arxiv-oai", "arxiv-listing", "arxiv-rss", "arxiv-listing", "arxiv-api"];
    await Promise.all(sources.map((source) => ask({ source, url: `${archive.base}/${source}` })));
    const times = (pattern: RegExp) => archive.seen.filter(({ path }) => pattern.test(path));
    expect(gaps(times(/listing/))[0]).toBeGreaterThanOrEqual(15_000);
    expect(Math.min(...gaps(times(/oai|rss|api/)))).toBeGreaterThanOrEqual(3_000);
  });
});

describeOnBothDatabases("pauses", (open) => {
  test.each([
    ["60", 60_000],
    ["Wed, 25 Nov 2026 12:10:00 GMT", 600_000],
  ])("a 503 with Retry-After %s pauses its source until then, and no other", async (retryAfter, waitMs) => {
    let trouble = true;
    const { archive, ask, time } = await setUp(open, (_request, response) => {
      if (trouble) response.writeHead(503, { "retry-after": retryAfter });
      response.end("x");
    });
    const until = new Date(Date.parse(start) + waitMs).toISOString();
    const url = `${archive.base}/x`;
    expect(await ask({ url })).toEqual({
      kind: "pausedUntil",
      until,
      status: 503,
      reason: expect.stringContaining("503"),
    });
    trouble = false;
    expect(await ask({ url })).toMatchObject({ kind: "pausedUntil", until, status: null });
    expect(archive.seen).toHaveLength(1);
    expect(await ask({ url, source: "arxiv-rss" })).toMatchObject({ kind: "ok" });
    time.advanceTo(until);
    expect(await ask({ url })).toMatchObject({ kind: "ok" });
  });

  test("without Retry-After the back-off grows, and a success ends it", async () => {
    const statuses = [503, 500, 502, 200, 503];
    const { archive, ask, time, db } = await setUp(open, (_request, response) => {
      response.writeHead(statuses[archive.seen.length - 1]!).end();
    });
    const waits: number[] = [];
    for (const _ of statuses) {
      const outcome = await ask({ url: `${archive.base}/x` });
      if (outcome.kind !== "pausedUntil") expect(await listPauses(db)).toEqual([]);
      waits.push(outcome.kind === "pausedUntil" ? Date.parse(outcome.until) - time.clock().getTime() : 0);
      time.advanceTo(new Date(time.clock().getTime() + 3_600_000));
    }
    expect(waits).toEqual([15_000, 30_000, 60_000, 0, 15_000]);
  });

  test("a 429 lets all that shares the limit rest, and nothing else", async () => {
    const { archive, ask } = await setUp(open, (request, response) => {
      response.writeHead(request.url === "/oai" ? 429 : 200, { "retry-after": "600" }).end();
    });
    expect(await ask({ url: `${archive.base}/oai` })).toMatchObject({ kind: "pausedUntil", status: 429 });
    expect(await ask({ url: `${archive.base}/rss`, source: "arxiv-rss" })).toMatchObject({
      kind: "pausedUntil",
      until: "2026-11-25T12:10:00.000Z",
    });
    expect(await ask({ url: `${archive.base}/list`, source: "arxiv-listing" })).toMatchObject({ kind: "ok" });
    expect(archive.seen.map(({ path }) => path)).toEqual(["/oai", "/list"]);
  });

  test("those who stood in line when a pause came do not ask either", async () => {
    const { archive, ask } = await setUp(open, (_request, response) => void response.writeHead(503).end());
    const outcomes = await Promise.all([1, 2, 3].map((i) => ask({ url: `${archive.base}/${i}` })));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(3).fill("pausedUntil"));
    expect(archive.seen).toHaveLength(1);
  });

  test("being shut out is said, with the words of the source, and not asked again at once", async () => {
    const { archive, ask } = await setUp(
      open,
      (_request, response) => void response.writeHead(403).end("Access denied"),
    );
    const outcome = await ask({ url: `${archive.base}/x` });
    expect(outcome).toMatchObject({ kind: "failed", reason: "status", status: 403, retryable: true });
    expect(outcome.kind === "failed" && Buffer.from(outcome.body!).toString()).toBe("Access denied");
    expect(await ask({ url: `${archive.base}/x` })).toMatchObject({ kind: "pausedUntil" });
  });

  test("a source that cannot be reached is left alone for a while", async () => {
    const { ask, time, db } = await setUp(open);
    const nowhere = startGuest(db, time, {
      resolve: (_n, _o, done) => done(Object.assign(new Error("x"), { code: "ENOTFOUND" }), []),
    });
    const url = "https://export.arxiv.org/api/query";
    expect(await nowhere({ url })).toMatchObject({ kind: "failed", reason: "unreachable", retryable: true });
    expect(await ask({ url })).toMatchObject({
      kind: "pausedUntil",
      reason: expect.stringContaining("ENOTFOUND"),
    });
  });
});

describeOnBothDatabases("redirects", (open) => {
  const redirecting =
    (target: (request: IncomingMessage) => string) => (request: IncomingMessage, response: ServerResponse) =>
      void (request.url === "/end"
        ? response.end("there")
        : response.writeHead(301, { location: target(request) }).end());

  test("are followed on the same host, each in its turn", async () => {
    const { archive, ask } = await setUp(
      open,
      redirecting(() => "/end"),
    );
    expect(await ask({ url: `${archive.base}/oai2` })).toMatchObject({
      kind: "ok",
      url: `${archive.base}/end`,
    });
    expect(gaps(archive.seen)[0]).toBeGreaterThanOrEqual(3_000);
  });

  test.each([
    ["another host", "http://evil.test/end"],
    ["a private address", "http://169.254.169.254/latest/meta-data/"],
    ["another port of this machine", "http://127.0.0.1:1/end"],
    ["another scheme", "file:///etc/passwd"],
    ["an address that two parsers read differently", "http://127.0.0.1\\@evil.test/end"],
    ["nowhere", "http://["],
  ])("are not followed to %s", async (_name, location) => {
    const { archive, ask } = await setUp(
      open,
      redirecting(() => location),
    );
    const outcome = await ask({ url: `${archive.base}/x`, allowedHosts: ["169.254.169.254"] });
    expect(outcome).toMatchObject({
      kind: "failed",
      retryable: false,
      reason: expect.stringMatching(/^refused-/),
    });
    expect(archive.seen).toHaveLength(1);
  });

  test("end somewhere", async () => {
    const { archive, ask } = await setUp(
      open,
      redirecting((request) => `${request.url}x`),
    );
    expect(await ask({ url: `${archive.base}/x` })).toMatchObject({
      kind: "failed",
      reason: "refused-redirect",
    });
    expect(archive.seen).toHaveLength(6);
  });
});

describeOnBothDatabases("requests", (open) => {
  test("say who asks, and send validators back as they came", async () => {
    const { archive, ask } = await setUp(open, (request, response) => {
      response
        .writeHead(request.headers["if-none-match"] ? 304 : 200, { etag: "unquoted", "last-modified": "Wed" })
        .end("x");
    });
    const first = await ask({ url: `${archive.base}/x`, accept: "text/html" });
    expect(first).toMatchObject({ kind: "ok", etag: "unquoted", lastModified: "Wed" });
    const validators = { ifNoneMatch: "unquoted", ifModifiedSince: "Wed" };
    expect(await ask({ url: `${archive.base}/x`, ...validators })).toEqual({
      kind: "notModified",
      url: `${archive.base}/x`,
    });
    expect(archive.seen[0]!.headers).toMatchObject({
      "user-agent": "Broadsheet/1.2.3 (+mailto:owner@example.org)",
      accept: "text/html",
    });
    expect(archive.seen[1]!.headers).toMatchObject({
      "if-none-match": "unquoted",
      "if-modified-since": "Wed",
    });
  });

  test("a validator that is no header text stays here", async () => {
    const { archive, ask } = await setUp(open);
    await ask({ url: `${archive.base}/x`, ifNoneMatch: "a\r\nX-Evil: 1" });
    expect(archive.seen[0]!.headers["x-evil"] ?? archive.seen[0]!.headers["if-none-match"]).toBeUndefined();
  });

  test("a 404 is final and brings its text", async () => {
    const { archive, ask } = await setUp(
      open,
      (_request, response) => void response.writeHead(404).end("none"),
    );
    expect(await ask({ url: `${archive.base}/x` })).toMatchObject({
      kind: "failed",
      status: 404,
      retryable: false,
    });
    expect(await ask({ url: `${archive.base}/y` })).toMatchObject({ kind: "failed", status: 404 });
  });

  test("private addresses and odd ports are refused when the owner did not name them", async () => {
    const { archive, db, time } = await setUp(open);
    const stranger = startGuest(db, time);
    expect(await stranger({ url: `${archive.base}/x` })).toMatchObject({
      kind: "failed",
      reason: "refused-address",
      retryable: false,
    });
    const resolve: Lookup = (_name, _options, done) => done(null, [{ address: "10.0.0.1", family: 4 }]);
    const fooled = startGuest(db, time, { resolve });
    expect(await fooled({ url: "http://good.example/feed" })).toMatchObject({ reason: "refused-address" });
    expect(archive.seen).toEqual([]);
  });

  test("stop when the caller does, and a stop is no failure of the source", async () => {
    const { archive, ask, db } = await setUp(open);
    const signal = AbortSignal.abort();
    expect(await ask({ url: `${archive.base}/x`, signal })).toMatchObject({
      kind: "failed",
      reason: "stopped",
    });
    expect(await listPauses(db)).toEqual([]);
    expect(await ask({ url: `${archive.base}/x` })).toMatchObject({ kind: "ok" });
  });
});
