// Requests a second and latency of what programs read, over loopback: our API's search, paper and day, and a feed.
// Run: npm run build, then: node bench/api.ts DATA-FOLDER   (a folder that no other process holds; one with all corpora)
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";

const program = join(fileURLToPath(new URL("..", import.meta.url)), "dist", "main.js");
const connections = 8;
const requestsEach = 1_000;

const queries = ["token position", "diffusion models", "speculative decoding", "graph neural network"];

/** Each asked in turn. */
const addresses: Record<string, string[]> = {
  search: queries.map((query) => `/api/v1/search?q=${encodeURIComponent(query)}`),
  paper: ["/api/v1/papers/2605.10730", "/api/v1/papers/2605.09063", "/api/v1/papers/2605.10344"],
  day: ["/api/v1/editions/2026-05-12", "/api/v1/editions/2026-05-11"],
  "hub day": ["/api/daily_papers?date=2026-05-12", "/api/daily_papers?date=2026-05-11"],
  feed: ["/feeds/today.atom", "/feeds/editions/2026-05-12.rss", "/feeds/days.json"],
  "feed of a search": queries.map((query) => `/feeds/search.atom?q=${encodeURIComponent(query)}`),
};

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name a data folder: node bench/api.ts DATA-FOLDER");
const { child, url } = await startServer(folder);
try {
  console.log(`${connections} connections, ${requestsEach} requests each; kept alive, gzip`);
  console.log("address            requests/s   p50 ms   p99 ms    KB gz");
  for (const [name, paths] of Object.entries(addresses)) {
    await measure(url, paths, 50);
    const { perSecond, p50, p99, bytes } = await measure(url, paths, requestsEach);
    const columns = [perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2), (bytes / 1_000).toFixed(1)];
    console.log(`${name.padEnd(18)} ${columns.map((column) => column.padStart(9)).join("")}`);
  }
} finally {
  child.kill("SIGINT");
}

async function startServer(data: string): Promise<{ child: ChildProcess; url: string }> {
  const flags = ["--disable-warning=ExperimentalWarning", program];
  const served = spawn(process.execPath, [...flags, "serve", "--port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise<string>((resolve, reject) => {
    served.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
    served.stdout?.on("data", (text) => {
      const found = /http:\/\/[\d.]+:\d+/.exec(String(text))?.[0];
      if (found) resolve(found);
    });
  });
  return { child: served, url: address };
}

async function measure(origin: string, paths: readonly string[], requests: number) {
  const pool = new Pool(origin, { connections });
  const times: number[] = [];
  let sent = 0;
  let bytes = 0;
  const started = performance.now();
  const lane = async () => {
    while (sent < requests) {
      const path = paths[sent++ % paths.length]!;
      const begun = performance.now();
      const headers = { "accept-encoding": "gzip" };
      const { statusCode, body } = await pool.request({ path, method: "GET", headers });
      bytes = (await body.arrayBuffer()).byteLength;
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - started) / 1_000;
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))]!;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), bytes };
}
