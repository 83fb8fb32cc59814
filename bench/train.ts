// How fast the meaning model is trained, how large it is, how fast texts are encoded and vectors scanned, and how many of the
// exact nearest the quick scan finds. Run by hand: node bench/train.ts [--papers N] [--threads N] [--epochs N] [--out FILE].
// Reads the conference lists and the daily pages below BROADSHEET_SHARED (default ../shared). This is also how the model that
// ships is made: docs/model-data-sheet.md.
import { readdirSync, readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { openByteStream } from "../src/lib/byte-stream.ts";
import { systemClock } from "../src/lib/clock.ts";
import { toPlainText } from "../src/lib/plain-text.ts";
import { createProgress } from "../src/lib/progress.ts";
import { abstractWords, titleKey } from "../src/papers/title-key.ts";
import { encodeQuery } from "../src/search/meaning/encode.ts";
import { encodeEntry } from "../src/search/meaning/encode-entry.ts";
import type { MeaningModel } from "../src/search/meaning/meaning-model.ts";
import { formatModel, writeModel } from "../src/search/meaning/model-file.ts";
import { defaultTrainingSettings, trainModel } from "../src/search/meaning/train.ts";
import type { TrainingPaper } from "../src/search/meaning/training-corpus.ts";
import { VectorShelf } from "../src/search/meaning/vector-shelf.ts";
import { candidatesFor, prepareQuery, type QueryVector } from "../src/search/meaning/vectors.ts";
import { pageText } from "../src/sources/page-text.ts";

const { values } = parseArgs({
  options: {
    papers: { type: "string" },
    threads: { type: "string", default: "2" },
    epochs: { type: "string", default: String(defaultTrainingSettings.epochs) },
    out: { type: "string" },
  },
});

const shared = process.env.BROADSHEET_SHARED ?? "../shared";
const papers = drawPapers(await readAllPapers(join(shared, "corpus")), Number(values.papers ?? 1e9));
const rows: [string, string][] = [
  [
    "machine",
    `${cpus().length} x ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  ],
];
const model = await measureTraining();
const shelf = measureEncoding(model);
measureScan(model, shelf);
for (const [name, value] of rows) console.log(`${name.padEnd(32)} ${value}`);

type Given = { title: string; abstract: string; authors: string[] };

/**
 * The conference papers, then the papers of the daily pages that are not among them. What the founding lists brought is left
 * out of the daily ones, because the search is judged by these lists too.
 */
async function readAllPapers(folder: string): Promise<TrainingPaper[]> {
  const all: TrainingPaper[] = readLines(join(folder, "conference-papers.jsonl.gz")).map((line) =>
    cleanPaper(line as Given),
  );
  const byTitle = Map.groupBy([...all, ...(await readFounding())], ({ title }) => titleKey(title));
  const seen = new Set<string>();
  for (const file of readdirSync(join(folder, "hf-daily")).sort()) {
    for (const line of readLines(join(folder, "hf-daily", file))) {
      const { paper, title, summary } = line as DailyLine;
      if (seen.has(paper.id)) continue;
      seen.add(paper.id);
      const authors = (paper.authors ?? []).map(({ name }) => name);
      const given = cleanPaper({
        title: title ?? paper.title,
        abstract: summary ?? paper.summary,
        authors,
      });
      const alike = byTitle.get(titleKey(given.title)) ?? [];
      if (!alike.some((other) => sharedWords(other.abstract, given.abstract) >= 0.7)) all.push(given);
    }
  }
  return all;
}

/** The papers of the founding lists. */
async function readFounding(): Promise<TrainingPaper[]> {
  const papers: TrainingPaper[] = [];
  for (const file of readdirSync(join(shared, "seeds")).filter((name) => name.endsWith(".txt"))) {
    const pages = pageText.read(await openByteStream(join(shared, "seeds", file)), { fileName: file });
    for await (const entry of pages) {
      const [record] = entry.ok ? entry.item.records : [];
      if (record)
        papers.push(cleanPaper({ title: record.title, abstract: record.abstract ?? "", authors: [] }));
    }
  }
  return papers;
}

interface DailyLine {
  title?: string;
  summary?: string;
  paper: { id: string; title: string; summary: string; authors?: { name: string }[] };
}

function readLines(file: string): unknown[] {
  return gunzipSync(readFileSync(file))
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function cleanPaper({ title, abstract, authors }: Given): TrainingPaper {
  return { title: toPlainText(title), abstract: toPlainText(abstract), authors };
}

/** Of the words of the shorter text, the part that the other holds. */
function sharedWords(a: string, b: string): number {
  const [left, right] = [abstractWords(a), abstractWords(b)];
  return [...left].filter((word) => right.has(word)).length / Math.min(left.size, right.size);
}

/** At most so many, evenly. */
function drawPapers(all: TrainingPaper[], most: number): TrainingPaper[] {
  const every = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * every)]!);
}

async function measureTraining(): Promise<MeaningModel> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 200);
  const trained = await trainModel(papers, {
    threads: Number(values.threads),
    settings: { epochs: Number(values.epochs) },
    progress: createProgress({ stream: process.stderr, clock: systemClock }),
  });
  clearInterval(watch);
  const { user, system } = process.cpuUsage(before);
  const bytes = formatModel(trained);
  if (values.out) await writeModel(values.out, trained);
  rows.push(
    ["papers, epochs, threads", `${papers.length}, ${values.epochs}, ${values.threads}`],
    [
      "training, reading included",
      `${((performance.now() - startedMs) / 1000).toFixed(0)} s wall, ${((user + system) / 1e6).toFixed(0)} s processor`,
    ],
    ["peak memory", `${Math.round(peak / 1e6)} MB (with the papers' texts, which this bench holds)`],
    [
      "rows",
      `${trained.vocabulary.stems} stems, ${trained.vocabulary.names.length - trained.vocabulary.stems} phrases`,
    ],
    [
      "model file",
      `${(bytes.length / 1e6).toFixed(1)} MB, id ${trained.facts.id}, loss ${trained.facts.loss.toFixed(3)}`,
    ],
  );
  return trained;
}

function measureEncoding(trained: MeaningModel): VectorShelf {
  const held = new VectorShelf(trained.dimension);
  const startedMs = performance.now();
  for (const [key, paper] of papers.entries()) held.set(key, encodeEntry(trained, paper));
  const ms = performance.now() - startedMs;
  rows.push(
    ["encoding a paper", `${((ms * 1000) / papers.length).toFixed(0)} µs (vector, stem weights)`],
    ["vectors in memory", `${(held.bytes / papers.length).toFixed(0)} bytes a paper`],
  );
  return held;
}

/** Titles of every 200th paper are the queries. */
function measureScan(trained: MeaningModel, held: VectorShelf): void {
  const queries = papers
    .filter((_, i) => i % 200 === 0)
    .map(({ title }) => encodeQuery(trained, title))
    .filter((vector) => vector !== null)
    .map(prepareQuery);
  for (const k of [20, 200]) {
    const exact = queries.map((query) => new Set(nearestExactly(held, query, k)));
    let found = 0;
    const times = queries.map((query, i) => {
      const startedMs = performance.now();
      const near = held.nearest(query, k);
      const ms = performance.now() - startedMs;
      found += near.filter(({ key }) => exact[i]!.has(key)).length;
      return ms;
    });
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(2);
    rows.push([
      `scan, ${k} nearest`,
      `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, recall ${(found / (k * queries.length)).toFixed(4)} (${candidatesFor(k, papers.length)} candidates, ${queries.length} queries)`,
    ]);
  }
}

/** Every cosine, sorted. */
function nearestExactly(held: VectorShelf, query: QueryVector, k: number): number[] {
  const keys = papers.map((_, key) => key);
  const cosines = held.cosines(query, keys);
  return keys.sort((a, b) => cosines[b]! - cosines[a]! || a - b).slice(0, k);
}
