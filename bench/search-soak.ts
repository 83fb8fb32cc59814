// Queries and updates mixed for a long time: does memory grow, is any answer wrong? Run by hand:
//   node --expose-gc --max-semi-space-size=8 bench/search-soak.ts [--papers 20000] [--minutes 30] [--work FOLDER]
//     [--checked 300] [--memory 128]
// The collection is that of bench/search.ts. Every round changes, adds and removes papers and asks queries; a changed paper
// must be found by its new text at once, a removed one never. At the end a second index is built of the papers as they then
// are, in one go and without changes: on a sample of queries both must give the same papers, scores, totals and spellings, unless
// they say that they leave something out. (That an index built in one go answers as the formulas say is what the tests show, with
// a naive reference.) Every other query is asked by words and meaning, the others by words alone. The first index is closed
// before the second is begun. A cache that fills for half an hour hides what grows: --memory (MiB) keeps it small.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openRandom } from "../src/lib/random.ts";
import { shippedModelFile } from "../src/search/meaning/shipped-model.ts";
import { openSearch } from "../src/search/open-search.ts";
import type { Search, SearchDocument, SearchRequest } from "../src/search/search.ts";
import type { BenchQuery } from "./search/engine.ts";
import { openPapers, readRealPapers } from "./search/papers.ts";
import { makeQueries } from "./search/queries.ts";
import { percentile } from "./search/report.ts";

const { values } = parseArgs({
  options: {
    papers: { type: "string", default: "20000" },
    minutes: { type: "string", default: "30" },
    work: { type: "string" },
    checked: { type: "string", default: "300" },
    /** MiB of the index that are kept decoded. */
    memory: { type: "string", default: "128" },
  },
});

const batchSize = 500;
/** Of a round. */
const changesPerRound = 20;
const queriesPerRound = 60;
const flushEveryRounds = 25;
const seed = 20_261_124;

const count = Number(values.papers);
const real = readRealPapers();
const makePaper = openPapers(real);
const queries = makeQueries(real);
/** Papers as they are now, where they are not as first built: their version, 0 when removed. */
const versions = new Map<number, number>();
/** The highest version each changed paper ever had. */
const highest = new Map<number, number>();
let keys = count;
let wrong = 0;

const work = values.work ?? mkdtempSync(join(tmpdir(), "broadsheet-soak-"));
mkdirSync(work, { recursive: true });
try {
  await compare(await soakAndAsk());
} finally {
  if (!values.work) rmSync(work, { recursive: true, force: true });
}
console.log(wrong === 0 ? "no wrong answer" : `${wrong} WRONG ANSWERS`);
process.exitCode = wrong === 0 ? 0 : 1;

function open(name: string): Promise<Search> {
  const models = { own: null, shipped: shippedModelFile };
  const meaning = { folder: join(work, `${name}-vectors`), models };
  const cacheBytes = Number(values.memory) * 2 ** 20;
  return openSearch({ folder: join(work, name), readOnly: false, cacheBytes, meaning });
}

/** What the soaked index answers to the sample; it is closed then. */
async function soakAndAsk(): Promise<string[]> {
  await using soaked = await open("soaked");
  await fill(soaked, count);
  await soak(soaked);
  await soaked.flush();
  return sampleRequests().map((request) => summary(soaked, request));
}

/** The same whenever they are asked for. */
function sampleRequests(): SearchRequest[] {
  const random = openRandom(seed, 1);
  return Array.from({ length: Number(values.checked) }, (_, i) =>
    requestOf(queries[random.below(queries.length)]!, i),
  );
}

function requestOf({ kind, text }: BenchQuery, i: number): SearchRequest {
  return { query: text, limit: 20, prefix: kind === "prefix", mode: i % 2 === 0 ? "words" : "auto" };
}

/** A paper in one of its versions (from 1): its own text, then that of others, with a word of its own. */
function documentOf(key: number, version: number): SearchDocument {
  const text = makePaper(version === 1 ? key : ((key * 7919 + version * 104_729) % 1_000_000) + 1);
  const title = version === 1 ? text.title : `${text.title} ${wordOf(key, version)}`;
  return { ...text, key, id: `soak:${key}`, title };
}

function wordOf(key: number, version: number): string {
  return `qz${key.toString(36)}v${version.toString(36)}`;
}

async function fill(search: Search, papers: number): Promise<void> {
  const startedMs = performance.now();
  for (let first = search.changeNumber + 1; first <= papers; first += batchSize) {
    const last = Math.min(papers, first + batchSize - 1);
    search.apply(
      Array.from({ length: last - first + 1 }, (_, i) => {
        const key = first + i;
        return { changeNumber: key, key, document: documentOf(key, 1) };
      }),
    );
  }
  await search.flush();
  console.log(`${papers} papers in ${seconds(startedMs)} s`);
}

function seconds(startedMs: number): string {
  return ((performance.now() - startedMs) / 1000).toFixed(0);
}

async function soak(search: Search): Promise<void> {
  const random = openRandom(seed);
  const startedMs = performance.now();
  const endsMs = startedMs + Number(values.minutes) * 60_000;
  let asked = 0;
  let changed = 0;
  let queryMs: number[] = [];
  let applyMs: number[] = [];
  let reportAtMs = startedMs;
  for (let round = 1; performance.now() < endsMs; round++) {
    for (let i = 0; i < changesPerRound; i++)
      applyMs.push(changeOne(search, random.below(10), random.below(keys) + 1));
    changed += changesPerRound;
    for (let i = 0; i < queriesPerRound; i++) {
      const request = requestOf(queries[random.below(queries.length)]!, i);
      const { hits, tookMs } = search.search(request);
      queryMs.push(tookMs);
      for (const { key } of hits)
        if (versions.get(key) === 0) report(`removed paper ${key} found by ${request.query}`);
    }
    asked += queriesPerRound;
    if (round % flushEveryRounds === 0) await search.flush();
    if (performance.now() < reportAtMs) continue;
    reportAtMs += Number(values.minutes) * 6_000;
    const spread = (list: number[]) =>
      [0.5, 0.99, 1].map((share) => percentile(list, share).toFixed(2)).join(" / ");
    console.log(
      `${seconds(startedMs)} s: ${asked} queries (ms p50 / p99 / max ${spread(queryMs)}), ${changed} changes (${spread(applyMs)}), ${memory()}`,
    );
    queryMs = [];
    applyMs = [];
  }
}

/** Of ten, six change a paper, two add one, two remove one; what was written must be found, and only once. */
function changeOne(search: Search, draw: number, drawn: number): number {
  const key = draw < 8 && draw >= 6 ? ++keys : drawn;
  const before = versions.get(key) ?? (key <= count ? 1 : 0);
  const version = draw >= 8 ? 0 : Math.max(before, highest.get(key) ?? 0, 1) + 1;
  const startedMs = performance.now();
  const document = version === 0 ? null : documentOf(key, version);
  search.apply([{ changeNumber: search.changeNumber + 1, key, document }]);
  const tookMs = performance.now() - startedMs;
  versions.set(key, version);
  if (version > 0) highest.set(key, version);
  if (version > 0 && !finds(search, wordOf(key, version), key)) report(`paper ${key} is not found at once`);
  if (before > 1 && finds(search, wordOf(key, before), key)) report(`paper ${key} is found by what it was`);
  return tookMs;
}

function finds(search: Search, query: string, key: number): boolean {
  const { hits } = search.search({ query, limit: 2, mode: "words", asTyped: true });
  return hits.some((hit) => hit.key === key);
}

function report(message: string): void {
  wrong++;
  if (wrong < 20) console.error(message);
}

/** After collecting what nobody needs, where Node was started with --expose-gc. */
function memory(): string {
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
  return `rss ${mib(rss)} MiB, heap ${mib(heapUsed)}, buffers ${mib(arrayBuffers)}`;
}

/** What the index as it became has found, against one built in one go of the same papers. */
async function compare(found: readonly string[]): Promise<void> {
  for (const name of ["fresh", "fresh-vectors"]) rmSync(join(work, name), { recursive: true, force: true });
  await using fresh = await open("fresh");
  let changeNumber = 0;
  let batch: Parameters<Search["apply"]>[0][number][] = [];
  for (let key = 1; key <= keys; key++) {
    const version = versions.get(key) ?? (key <= count ? 1 : 0);
    if (version > 0) batch.push({ changeNumber: ++changeNumber, key, document: documentOf(key, version) });
    if (batch.length < batchSize && key < keys) continue;
    fresh.apply(batch);
    batch = [];
  }
  await fresh.flush();
  let bounded = 0;
  for (const [i, request] of sampleRequests().entries()) {
    const [was, should] = [found[i], summary(fresh, request)];
    if (!should.startsWith("[")) bounded++;
    if (was !== should) report(`${request.mode} ${request.query}\n  is     ${was}\n  should ${should}`);
  }
  const { documents } = fresh.status();
  console.log(
    `${found.length} queries compared over ${documents} papers, ${bounded} of them answered in part, as they say; ${memory()}`,
  );
}

/**
 * Without the numbers where not all papers were looked at: which were depends on how they lie. Where the answer itself says that
 * a part of the query was left out for its cost, nothing but that is compared.
 */
function summary(search: Search, request: SearchRequest): string {
  const { total, complete, bound, hits, corrected, didYouMean, leftOut } = search.search(request);
  if (leftOut !== undefined) return leftOut;
  return JSON.stringify([
    bound,
    corrected?.query ?? didYouMean ?? null,
    ...(bound === "exact" ? [total, complete] : []),
    hits.map(({ key, score }) => [key, score.toFixed(9)]),
  ]);
}
