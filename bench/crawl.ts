// Readers beside 200 crawlers that walk the archive, each from an address of its own and with one request open at a time: how
// long a reader waits, with nobody else there and with all of them. Half of the crawlers say what they are, half send what
// browsers send. The bar: p99 under 100 ms. The crawlers are in a thread of their own, so that the readers' clock is not theirs.
// Run: node bench/crawl.ts [DATA-FOLDER]   (Linux; without a folder the corpora of BROADSHEET_SHARED are imported first)
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { browserHeaders, newTally, openAsker, type Tally } from "./crawl-ask.ts";
import { type Served, serving } from "./served.ts";

const crawlers = 200;
const seconds = 40;
/** The crawlers have begun so long before the readers come. */
const leadMs = 15_000;
/** Readers who click fast, each from an address of his own: enough answers for a 99th percentile. */
const readers = 4;
const pauseMs = 1_500;

const readerPaths = [
  "/",
  "/papers?q=token%20position",
  "/papers/2605.10730",
  "/papers/date/2026-05-12",
  "/papers?q=diffusion%20models",
  "/papers/week/2026-W20",
  "/papers/2605.09063",
];

// A public address: without one everybody on this machine would be its owner.
const env = { BROADSHEET_PUBLIC_URL: "https://papers.example.org", BROADSHEET_LOG_LEVEL: "error" };

async function measure(served: Served): Promise<void> {
  const addresses = await listAddresses(served.url);
  console.log(
    `${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}; ${addresses.length} pages to walk`,
  );
  await warm(served.url);
  console.log("                          requests/s   p50 ms   p95 ms   p99 ms   answers");
  await run(served, addresses, { crawlers: 0, label: "readers alone" });
  await run(served, addresses, { crawlers, label: `with ${crawlers} crawlers` });
}

/** Everything the sitemap names: what a crawler walks. */
async function listAddresses(url: string): Promise<string[]> {
  const locationsOf = async (path: string) => {
    const xml = await (await fetch(url + path)).text();
    return [...xml.matchAll(/<loc>[^<]*?example\.org([^<]*)<\/loc>/g)].map((match) => match[1]!);
  };
  const parts = await locationsOf("/sitemap.xml");
  return (await Promise.all(parts.slice(0, 3).map(locationsOf))).flat();
}

/** A program that has just been started compiles what it runs; that is measured by none of the runs. */
async function warm(url: string): Promise<void> {
  const ask = openAsker("127.0.3.1");
  for (let round = 0; round < 20; round++)
    for (const path of readerPaths) await ask.get(url + path, browserHeaders, newTally());
  ask.close();
}

async function run(
  served: Served,
  addresses: readonly string[],
  options: { crawlers: number; label: string },
) {
  const walk = options.crawlers > 0 ? startCrawlers(served.url, addresses, options.crawlers) : null;
  if (walk) await sleep(leadMs);
  const [read, before] = [newTally(), processorMs(served)];
  const sinceMs = performance.now();
  await Promise.all(Array.from({ length: readers }, (_, i) => readOn(served.url, i, read)));
  const [ms, usedMs] = [performance.now() - sinceMs, processorMs(served) - before];
  print(options.label, read, ms);
  const crawled = await walk?.stop();
  if (crawled) print("  the crawlers", crawled, ms + leadMs);
  console.log(`  processor: ${((100 * usedMs) / ms).toFixed(0)} %`);
}

async function readOn(url: string, number: number, tally: Tally): Promise<void> {
  const ask = openAsker(`127.0.2.${number + 1}`);
  const until = performance.now() + seconds * 1_000;
  await sleep((number * pauseMs) / readers);
  for (let i = number * 2; performance.now() < until; i++) {
    await ask.get(url + readerPaths[i % readerPaths.length], browserHeaders, tally);
    await sleep(pauseMs);
  }
  ask.close();
}

function startCrawlers(url: string, addresses: readonly string[], count: number) {
  const worker = new Worker(new URL("crawl-crawlers.ts", import.meta.url), {
    workerData: { url, addresses, count },
  });
  return {
    async stop(): Promise<Tally> {
      const { promise, resolve, reject } = Promise.withResolvers<Tally>();
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.postMessage("stop");
      return promise;
    },
  };
}

/** Of the server, since it began; in steps of 10 ms. */
function processorMs({ child }: Served): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function print(label: string, { times, statuses }: Tally, ms: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  const answers = [...statuses].map(([status, count]) => `${count} x ${status}`).join(", ");
  const columns = [((times.length * 1_000) / ms).toFixed(0), at(0.5), at(0.95), at(0.99)].map((text) =>
    text.padStart(8),
  );
  console.log(`${label.padEnd(24)}    ${columns.join(" ")}   ${answers}`);
}

await serving(process.argv[2], env, measure);
