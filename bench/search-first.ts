// How fast and how large the search index is, over the conference papers. Run by hand: node bench/search-first.ts [PAPERS].
// Latencies are the best of several runs of each query, because other programs disturb single ones; "walk" is what one
// posting costs in the simplest loop on this machine at this moment, to compare runs by.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openSearch } from "../src/search/open-search.ts";
import type { Search, SearchRequest } from "../src/search/search.ts";

const shared = process.env.BROADSHEET_SHARED ?? "../shared";
const wanted = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const repetitions = 5;
const batchSize = 200;

interface ConferencePaper {
  id: string;
  title: string;
  abstract?: string;
  authors?: string[];
}

const folder = mkdtempSync(join(tmpdir(), "broadsheet-bench-search-"));
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model ?? "?"}, Node ${process.version}`);
  const papers = readPapers();
  await build(papers);
  const memoryBefore = process.memoryUsage.rss();
  const startedMs = performance.now();
  await using search = await openSearch({ folder, readOnly: true });
  console.log(`open ${(performance.now() - startedMs).toFixed(1)} ms`);
  for (const [name, requests] of Object.entries(querySets())) measure(search, name, requests);
  const held = (process.memoryUsage.rss() - memoryBefore) / 2 ** 20;
  console.log(
    `memory grown by ${held.toFixed(0)} MiB since opening; walk ${walkNanoseconds().toFixed(2)} ns`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readPapers(): ConferencePaper[] {
  const text = gunzipSync(readFileSync(join(shared, "corpus", "conference-papers.jsonl.gz"))).toString();
  const lines = text.trimEnd().split("\n");
  return lines.slice(0, wanted).map((line) => JSON.parse(line) as ConferencePaper);
}

async function build(papers: readonly ConferencePaper[]): Promise<void> {
  await using search = await openSearch({ folder, readOnly: false });
  const batches: number[] = [];
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  for (let start = 0; start < papers.length; start += batchSize) {
    const changes = papers.slice(start, start + batchSize).map(({ id, title, abstract, authors }, i) => {
      const key = start + i + 1;
      return {
        changeNumber: key,
        key,
        document: { key, id, title, abstract: abstract ?? "", authors: authors ?? [] },
      };
    });
    const batchMs = performance.now();
    search.apply(changes);
    batches.push(performance.now() - batchMs);
  }
  await search.flush();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - startedMs) / 1000;
  const { documents, bytesOnDisk } = search.status();
  console.log(
    `build ${documents} papers in ${seconds.toFixed(1)} s: ${(documents / seconds).toFixed(0)}/s, ` +
      `${(documents / ((user + system) / 1e6)).toFixed(0)} a second of processor; ${(bytesOnDisk / documents).toFixed(0)} bytes a paper`,
  );
  console.log(`apply of ${batchSize}: ${percentiles(batches)} ms`);
}

function querySets(): Record<string, SearchRequest[]> {
  const judged = (name: string): { q: string }[] => {
    const read = JSON.parse(readFileSync(join(shared, "eval", name), "utf8"));
    return read.queries ?? read;
  };
  const requests = (name: string, change: (query: string) => string, prefix = false) =>
    judged(name).map(({ q }) => ({ query: change(q), limit: 20, prefix }));
  return {
    keyword: requests("author-keywords.json", (query) => query),
    title: requests("title-fragments.json", (query) => query),
    summary: requests("summaries.json", (query) => query),
    phrase: requests("author-keywords.json", (query) => `"${query}"`),
    prefix: requests("author-keywords.json", (query) => query.slice(0, Math.max(4, query.length - 3)), true),
  };
}

function measure(search: Search, name: string, requests: SearchRequest[]): void {
  const best = new Float64Array(requests.length).fill(Number.POSITIVE_INFINITY);
  let cpu = process.cpuUsage();
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    // The first time warms up.
    if (repetition === 1) cpu = process.cpuUsage();
    for (const [i, request] of requests.entries()) {
      const { tookMs } = search.search(request);
      if (repetition > 0) best[i] = Math.min(best[i]!, tookMs);
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const mean = (user + system) / 1000 / repetitions / requests.length;
  console.log(
    `${name.padEnd(8)} ${percentiles([...best])} ms; processor ${mean.toFixed(3)} ms a query (${requests.length})`,
  );
}

function percentiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(3);
  return `p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} max ${at(1)}`;
}

/** Adding up 20,000 postings in an array of 80,000 papers, the best of many times. */
function walkNanoseconds(): number {
  const docs = Int32Array.from({ length: 20_000 }, (_, i) => i * 4);
  const sums = new Float32Array(80_000);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 2_000; round++) {
    const startedMs = performance.now();
    for (let i = 0; i < docs.length; i++) sums[docs[i]!]! += 0.5;
    best = Math.min(best, performance.now() - startedMs);
  }
  return (best * 1e6) / docs.length;
}
