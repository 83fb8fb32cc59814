import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { settingsFor } from "../../test/support/harvesting.ts";
import { countPapers } from "../papers/papers-store.ts";
import { harvestDue } from "./harvest.ts";
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
});
