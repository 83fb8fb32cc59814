// How long the page of results takes over HTTP, with numbers, facets, passages and text from the database, mode `auto`:
//   node bench/search-page.ts [--papers 1000000] [--folder DATA] [--each 150] [--rounds 3]
// Without a folder so many papers of bench/search/papers.ts are imported by the program first (a million: a quarter of an hour
// and 9 GB). The server is warmed up by other queries; then every query is asked once, all different, and asked again. Beside
// what the asker waits (the server's packing and its own reading included) stands the processor time of the server's threads.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { Pool } from "undici";
import { writePageList } from "./search/page-list.ts";
import { makePagePaths, secondPages } from "./search/page-paths.ts";
import { percentile } from "./search/report.ts";
import { build, importFiles, processorMs, residentMegabytes, type Served, serving } from "./served.ts";

const { values } = parseArgs({
  options: {
    papers: { type: "string", default: "1000000" },
    folder: { type: "string" },
    each: { type: "string", default: "150" },
    rounds: { type: "string", default: "3" },
  },
});
const warmings = 100;
const connections = 4;

interface Asked {
  /** Milliseconds of each request, in the order of the addresses. */
  times: number[];
  processor: number;
  bytes: number;
}

const folder = values.folder ?? mkdtempSync(join(tmpdir(), "broadsheet-page-"));
try {
  if (!existsSync(join(folder, "broadsheet.sqlite"))) await fill(folder, Number(values.papers));
  await serving(folder, {}, measureAll);
} finally {
  if (!values.folder) rmSync(folder, { recursive: true, force: true });
}

async function fill(folder: string, papers: number): Promise<void> {
  build();
  const list = join(folder, "list.jsonl.gz");
  await writePageList(list, papers);
  importFiles([list], folder);
  rmSync(list);
}

async function measureAll(served: Served): Promise<void> {
  const { kinds, warming } = makePagePaths(Number(values.each));
  const one = new Pool(served.url, { connections: 1 });
  const more = new Pool(served.url, { connections });
  await ask(served, one, warming.slice(0, warmings));
  await untilSuggesting(one);
  kinds.set(secondPages, await listSecondPages(one, kinds.get(secondPages)!));
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  console.log(
    "milliseconds p50 / p95 / p99: asked for the first time | least of all rounds | 4 connections; processor time a page",
  );
  for (const [kind, paths] of kinds) {
    const rounds: Asked[] = [];
    for (let round = 0; round < Number(values.rounds); round++) rounds.push(await ask(served, one, paths));
    const least = paths.map((_, i) => Math.min(...rounds.map(({ times }) => times[i]!)));
    const many = await ask(served, more, paths, connections);
    const processor = Math.min(...rounds.map((round) => round.processor)).toFixed(1);
    console.log(
      `${kind.padEnd(8)} ${spread(rounds[0]!.times)} | ${spread(least)} | ${spread(many.times)}; ${processor} (first ${rounds[0]!.processor.toFixed(1)}); ${(rounds[0]!.bytes / 1000).toFixed(1)} KB gz`,
    );
  }
  console.log(`memory of the server: ${residentMegabytes(served)} MB resident`);
  await Promise.all([one.close(), more.close()]);
}

async function ask(served: Served, pool: Pool, paths: readonly string[], lanes = 1): Promise<Asked> {
  const times: number[] = [];
  const before = processorMs(served);
  let bytes = 0;
  let sent = 0;
  const lane = async () => {
    while (sent < paths.length) {
      const at = sent++;
      const begun = performance.now();
      bytes += (await get(pool, paths[at]!)).byteLength;
      times[at] = performance.now() - begun;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { times, processor: (processorMs(served) - before) / paths.length, bytes: bytes / paths.length };
}

/** The body as sent; a query that names a paper leads on to it. */
async function get(pool: Pool, path: string, packed = true): Promise<Buffer> {
  const headers = { "sec-fetch-mode": "navigate", ...(packed ? { "accept-encoding": "gzip" } : {}) };
  const { statusCode, body } = await pool.request({ path, method: "GET", headers });
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200 && statusCode !== 302) throw new Error(`${path} answered ${statusCode}`);
  return bytes;
}

/** The tables of suggestions are made beside the first pages. */
async function untilSuggesting(pool: Pool): Promise<void> {
  while (!(await get(pool, "/search/suggest?q=mod", false)).includes("title")) await setTimeout(500);
}

/** Where the first pages lead on to. */
async function listSecondPages(pool: Pool, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const page = gunzipSync(await get(pool, path)).toString();
    const next = /<a href="([^"]+)" rel="next">/.exec(page)?.[1];
    if (next) found.push(next.replaceAll("&amp;", "&"));
  }
  return found;
}

function spread(times: readonly number[]): string {
  return [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1)).join(" / ");
}
