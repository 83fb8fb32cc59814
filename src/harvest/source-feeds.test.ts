import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openWork, settingsFor } from "../../test/support/harvesting.ts";
import { openServer } from "../../test/support/http-server.ts";
import { countPapers } from "../papers/papers-store.ts";
import { harvestDue } from "./harvest.ts";
import { findLedgerRow } from "./ledger-store.ts";
import { createPoliteFetcher } from "./polite-fetch.ts";

const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Journal of Made-up Results</title>
<item><title>Counting without Fingers</title><link>https://example.org/1</link><guid>https://doi.org/10.5555/jmr.1</guid></item>
<item><link>https://example.org/2</link></item>
</channel></rss>`;

async function openJournal() {
  const asked: string[] = [];
  let answer = { status: 200, body: feed };
  const server = createServer((request, response) => {
    asked.push(String(request.headers["if-none-match"] ?? "-"));
    const known = request.headers["if-none-match"] === '"one"' && answer.status === 200;
    response.writeHead(known ? 304 : answer.status, { etag: '"one"' }).end(known ? undefined : answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    asked,
    say: (next: typeof answer) => {
      answer = next;
    },
    [Symbol.dispose]: () => void server.close(),
  };
}

describeOnBothDatabases("feeds of journals", (open) => {
  test("are read when they changed, and left alone when they rest or are broken", async () => {
    using journal = await openJournal();
    const db = await open();
    const time = createSimulatedClock("2026-05-12T08:00:00Z");
    const { clock, sleep } = time;
    const allowPrivate = [journal.base];
    await using fetcher = createPoliteFetcher({
      db,
      clock,
      sleep,
      version: "1",
      contact: "",
      allowPrivate,
      random: () => 0.5,
    });
    const settings = settingsFor(journal, { sources: ["feeds"], feeds: [`${journal.base}/feed.xml`] });
    const visit = async () => {
      const reports = await harvestDue({ db, clock, fetcher, settings });
      time.advanceTo(new Date(time.clock().getTime() + 5 * 3_600_000));
      return reports.map(({ ok, message, nextAt }) => `${ok} ${message} ${nextAt.slice(11, 16)}`).join();
    };
    expect(await visit()).toBe("true 1 entries, 1 could not be taken. 12:00");
    expect(await countPapers(db)).toBe(1);
    expect(await visit()).toBe("true Nothing new. 17:00");
    expect(journal.asked).toEqual(["-", '"one"']);
    journal.say({ status: 503, body: "" });
    expect(await visit()).toMatch(/^false .* answered 503/);
    journal.say({ status: 404, body: "gone" });
    expect(await visit()).toMatch(/^false .* answered 404/);
    expect(await countPapers(db)).toBe(1);
  });

  test("the ledger has entries on the days of their dates, and a feed without news is no quiet day", async () => {
    const item = (id: number, date: string) =>
      `<item><title>Result number ${id}</title><guid>https://doi.org/10.5555/jmr.${id}</guid>${date && `<pubDate>${date}</pubDate>`}</item>`;
    const feedOf = (...items: string[]) =>
      `<rss version="2.0"><channel><title>J</title>${items.join("")}</channel></rss>`;
    let body = feedOf(
      item(1, "Fri, 08 May 2026 10:00:00 GMT"),
      item(2, "Tue, 12 May 2026 07:00:00 GMT"),
      item(3, ""),
    );
    using server = await openServer(() => ({ body }));
    const db = await open();
    const time = createSimulatedClock("2026-05-12T08:00:00Z");
    const category = `${server.base}/rss`;
    const work = openWork(db, server, time, { sources: ["feeds"], feeds: [category] });
    await using _ = work.fetcher;
    const rowOf = (day: string) => findLedgerRow(db, { source: "feeds", category, day });
    await harvestDue(work);
    expect(await rowOf("2026-05-08")).toMatchObject({ state: "late", announced: null, received: 1, late: 1 });
    expect(await rowOf("2026-05-09")).toMatchObject({ state: "quiet" });
    expect(await rowOf("2026-05-12")).toMatchObject({ state: "waiting", received: 2, route: "feed" });
    time.advanceTo(new Date("2026-05-13T08:00:00Z"));
    await harvestDue(work);
    expect(await rowOf("2026-05-12")).toMatchObject({ state: "fresh", received: 2, announced: null });
    for (const hour of ["13T20", "14T08", "16T08", "17T08"]) {
      time.advanceTo(new Date(`2026-05-${hour}:00:00Z`));
      await harvestDue(work);
    }
    expect(await rowOf("2026-05-13")).toMatchObject({ state: "waiting", received: 0 });
    body = feedOf(item(2, "Tue, 12 May 2026 07:00:00 GMT"), item(4, "Fri, 15 May 2026 07:00:00 GMT"));
    time.advanceTo(new Date("2026-05-17T13:00:00Z"));
    await harvestDue(work);
    expect(await rowOf("2026-05-13")).toMatchObject({ state: "quiet" });
    expect(await rowOf("2026-05-15")).toMatchObject({ state: "late", late: 1, newPapers: 1 });
  });
});
