// A reader beside 200 crawlers that walk the archive, each from an address of its own and with one request open at a time: how
// long the reader waits, with nobody else there and with all of them. Half of the crawlers say what they are, half send what
// browsers send. The bar: p99 under 100 ms.
// Run: node bench/crawl.ts [DATA-FOLDER]   (Linux; without a folder the corpora of BROADSHEET_SHARED are imported first)
import { Agent, get } from "node:http";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type Served, serving } from "./served.ts";

const crawlers = 200;
const seconds = 40;
/** The crawlers have begun so long before the reader comes. */
const leadMs = 15_000;
/** A reader who clicks fast. */
const pauseMs = 500;

const readerPaths = [
  "/",
  "/papers?q=token%20position",
  "/papers/2605.10730",
  "/papers/date/2026-05-12",
  "/papers?q=diffusion%20models",
  "/papers/week/2026-W20",
  "/papers/2605.09063",
];

interface Tally {
  times: number[];
  statuses: Map<number, number>;
}

// A public address: without one everybody on this machine would be its owner.
const env = { BROADSHEET_PUBLIC_URL: "https://papers.example.org", BROADSHEET_LOG_LEVEL: "error" };

async function measure({ url }: Served): Promise<void> {
  const addresses = await listAddresses(url);
  console.log(
    `${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}; ${addresses.length} pages to walk`,
  );
  console.log("                          requests/s   p50 ms   p95 ms   p99 ms   answers");
  await run(url, addresses, { crawlers: 0, label: "a reader alone" });
  await run(url, addresses, { crawlers, label: `with ${crawlers} crawlers` });
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

async function run(url: string, addresses: readonly string[], options: { crawlers: number; label: string }) {
  const ending = new AbortController();
  const [reader, crawled]: [Tally, Tally] = [newTally(), newTally()];
  const walks = Array.from({ length: options.crawlers }, (_, i) =>
    crawl(url, addresses, { number: i, tally: crawled, signal: ending.signal }),
  );
  await sleep(options.crawlers === 0 ? 0 : leadMs);
  await read(url, reader);
  ending.abort();
  await Promise.all(walks);
  print(options.label, reader);
  if (options.crawlers > 0) print("  the crawlers", crawled);
}

function newTally(): Tally {
  return { times: [], statuses: new Map() };
}

async function read(url: string, tally: Tally): Promise<void> {
  const agent = new Agent({ keepAlive: true, localAddress: "127.0.0.2" });
  const until = performance.now() + seconds * 1_000;
  for (let i = 0; performance.now() < until; i++) {
    await ask(url + readerPaths[i % readerPaths.length], { agent, headers: browserHeaders }, tally);
    await sleep(pauseMs);
  }
  agent.destroy();
}

async function crawl(
  url: string,
  addresses: readonly string[],
  { number, tally, signal }: { number: number; tally: Tally; signal: AbortSignal },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, localAddress: `127.1.${number >> 6}.${(number & 63) + 1}` });
  const headers =
    number % 2 === 0 ? { "user-agent": "ExampleBot/1.0 (+http://example.org/bot)" } : browserHeaders;
  // Each begins elsewhere, so that no page is kept from the one before.
  for (let i = number * 397; !signal.aborted; i++) {
    const status = await ask(url + addresses[i % addresses.length], { agent, headers }, tally);
    if (status === 503 || status === 429) await sleep(1_000);
  }
  agent.destroy();
}

const browserHeaders = {
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "same-origin",
};

interface From {
  agent: Agent;
  headers: Record<string, string>;
}

function ask(address: string, { agent, headers }: From, tally: Tally): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const request = get(address, { agent, headers: { ...headers, "accept-encoding": "gzip" } }, (answer) => {
      answer.resume();
      answer.on("end", () => {
        const status = answer.statusCode ?? 0;
        tally.times.push(performance.now() - begun);
        tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
        resolve(status);
      });
    });
    // An open connection that the server had just closed for idleness, say; counted, and asked anew.
    request.on("error", () => {
      tally.statuses.set(0, (tally.statuses.get(0) ?? 0) + 1);
      resolve(0);
    });
  });
}

function print(label: string, { times, statuses }: Tally): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  const answers = [...statuses].map(([status, count]) => `${count} x ${status}`).join(", ");
  const columns = [(times.length / seconds).toFixed(0), at(0.5), at(0.95), at(0.99)].map((text) =>
    text.padStart(8),
  );
  console.log(`${label.padEnd(24)}    ${columns.join(" ")}   ${answers}`);
}

await serving(process.argv[2], env, measure);
