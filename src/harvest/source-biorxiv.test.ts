import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { settingsFor } from "../../test/support/harvesting.ts";
import type { Db } from "../database/dialect.ts";
import { countPapers } from "../papers/papers-store.ts";
import { harvestDue, harvestRange } from "./harvest.ts";
import { findStream } from "./harvest-streams-store.ts";
import { createPoliteFetcher } from "./polite-fetch.ts";

const posts = 5;
const pageSize = 2;

/** The details API over five made-up posts; `spoil` decides about an answer before it is given. */
async function openServer(spoil: (cursor: number) => { status: number; body: string } | null = () => null) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const cursor = Number(request.url?.split("/")[5]);
    const spoiled = spoil(cursor);
    response.writeHead(spoiled?.status ?? 200).end(spoiled?.body ?? page(cursor));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, asked, [Symbol.dispose]: () => void server.close() };
}

function page(cursor: number): string {
  const collection = Array.from({ length: Math.min(pageSize, posts - cursor) }, (_, i) => ({
    doi: `10.64898/2026.05.11.${cursor + i + 1}`,
    title: `Post number ${cursor + i + 1} on the counting of made-up cells`,
    authors: "Lovelace, A.; Hopper, G.",
    date: "2026-05-11",
    version: "1",
    category: "neuroscience",
    abstract: "We count made-up cells.",
    server: "bioRxiv",
  }));
  const messages = [{ status: "ok", total: String(posts), count: collection.length, cursor }];
  return JSON.stringify({ messages, collection });
}

function work(db: Db, base: string) {
  const { clock, sleep } = createSimulatedClock("2026-05-12T08:00:00Z");
  const fetcher = createPoliteFetcher({
    db,
    clock,
    sleep,
    version: "1",
    contact: "",
    allowPrivate: [base],
    random: () => 0,
  });
  return { db, clock, fetcher, settings: settingsFor({ base }, { sources: ["biorxiv"] }) };
}

describeOnBothDatabases("bioRxiv", (open) => {
  test("page by page, and the next visit begins with yesterday", async () => {
    using server = await openServer();
    const db = await open();
    const visiting = work(db, server.base);
    await using _ = visiting.fetcher;
    const [report] = await harvestDue(visiting);
    expect(report).toMatchObject({
      ok: true,
      records: posts,
      nextAt: expect.stringMatching(/^2026-05-12T14:00/),
    });
    expect(server.asked).toEqual(
      [0, 2, 4].map((cursor) => `/details/biorxiv/2026-05-05/2026-05-12/${cursor}/json`),
    );
    expect(await countPapers(db)).toBe(posts);
    expect((await findStream(db, "biorxiv posts"))!.position).toEqual({ from: "2026-05-11" });
  });

  test("trouble in the middle keeps what came, and goes on with the page that did not", async () => {
    let troubles = 1;
    using server = await openServer((cursor) =>
      cursor === 2 && troubles-- > 0 ? { status: 200, body: "{" } : null,
    );
    const db = await open();
    const visiting = work(db, server.base);
    await using _ = visiting.fetcher;
    const range = { since: "2026-05-10", until: "2026-05-11" };
    expect(await harvestRange(visiting, range)).toMatchObject([
      { ok: false, message: expect.stringContaining("no JSON") },
    ]);
    expect(await countPapers(db)).toBe(pageSize);
    expect(await harvestRange(visiting, range)).toMatchObject([{ ok: true }]);
    expect(server.asked.map((path) => path.split("/")[5])).toEqual(["0", "2", "2", "4"]);
    expect(await countPapers(db)).toBe(posts);
    expect(await findStream(db, "biorxiv posts 2026-05-10 2026-05-11")).toBeNull();
  });

  test("a page that was not asked for is not taken", async () => {
    using server = await openServer((cursor) => (cursor === 2 ? { status: 200, body: page(0) } : null));
    const db = await open();
    const visiting = work(db, server.base);
    await using _ = visiting.fetcher;
    const [report] = await harvestDue(visiting);
    expect(report).toMatchObject({ ok: false, message: "biorxiv sent the page at 0 for the one at 2." });
  });
});
