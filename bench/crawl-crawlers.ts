// The thread of the crawlers: each walks from a page of its own on until it is told to stop, and then says what it was answered.
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { browserHeaders, newTally, openAsker } from "./crawl-ask.ts";

const { url, addresses, count } = workerData as { url: string; addresses: string[]; count: number };
const tally = newTally();
let isStopped = false;

async function crawl(number: number): Promise<void> {
  const ask = openAsker(`127.1.${number >> 6}.${(number & 63) + 1}`);
  const headers =
    number % 2 === 0 ? { "user-agent": "ExampleBot/1.0 (+http://example.org/bot)" } : browserHeaders;
  // Each begins elsewhere, so that no page is kept from the one before.
  for (let i = number * 397; !isStopped; i++) {
    const status = await ask.get(url + addresses[i % addresses.length], headers, tally);
    if (status === 503 || status === 429) await sleep(1_000);
  }
  ask.close();
}

parentPort?.once("message", () => {
  isStopped = true;
});
await Promise.all(Array.from({ length: count }, (_, i) => crawl(i)));
parentPort?.postMessage(tally);
