// How fast search is, beside SQLite's FTS5, LanceDB and Turso in the same run. Run by hand:
//   node bench/search.ts [--papers 87326] [--peers fts5,lancedb,turso] [--modes words,auto] [--model FILE]
//     [--kinds keyword,phrase] [--work FOLDER] [--repetitions 10] [--seconds 20] [--limit 900] [--cache MIB] [--json FILE]
// The collection is made of the conference papers below BROADSHEET_SHARED (default ../shared); bench/search/papers.ts says
// how. Every engine builds and answers in processes of its own, the queries and their order are the same for all. Latencies
// are given twice: the least of each query's repetitions, because other programs disturb single ones, and all of them. Before
// they are measured, all are asked each kind of query for two seconds (a round at least), so that they are warm.
// Our own index is built twice: words alone (told beside "words") and with vectors (beside "auto").
// With --work, what was built there is used again. Packages of peers are installed into the work folder, for this run alone.
import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { BenchEngine, BenchQuery, BuildFigures } from "./search/engine.ts";
import { Fts5Engine } from "./search/fts5.ts";
import { LanceEngine } from "./search/lancedb.ts";
import { OurEngine } from "./search/ours.ts";
import { type BenchPaper, openPapers, readRealPapers } from "./search/papers.ts";
import { makeQueries } from "./search/queries.ts";
import { type EngineFigures, renderReport } from "./search/report.ts";
import { buildStage, measureStage, updateStage } from "./search/stages.ts";
import { TursoEngine } from "./search/turso.ts";

const { values } = parseArgs({
  options: {
    papers: { type: "string", default: "87326" },
    peers: { type: "string", default: "fts5,lancedb,turso" },
    modes: { type: "string", default: "words,auto" },
    /** Of queries, see search/queries.ts; all where none is named. */
    kinds: { type: "string", default: "" },
    model: { type: "string" },
    work: { type: "string" },
    repetitions: { type: "string", default: "10" },
    seconds: { type: "string", default: "20" },
    limit: { type: "string", default: "900" },
    cache: { type: "string" },
    json: { type: "string" },
    /** Of the program itself: one engine's stage in a process of its own. */
    stage: { type: "string" },
    engine: { type: "string" },
  },
});

const papers = Number(values.papers);
const packages: Record<string, string> = {
  lancedb: "@lancedb/lancedb@0.39.0",
  turso: "@tursodatabase/database@0.7.2",
};

/** What is asked, and a paper to add. */
interface Asked {
  queries: BenchQuery[];
  paper: BenchPaper;
}
const askedFile = "asked.json";

if (values.stage) await runStage(values.stage, values.engine!, values.work!);
else await runAll();

/** Prints what the stage found as JSON. Only building reads the corpus: what is asked and added later lies beside it. */
async function runStage(stage: string, name: string, work: string): Promise<void> {
  // Both modes read what one building made: with vectors where there is a model.
  const engine = await createEngine(stage === "build" && name === "words" ? "auto" : name, work);
  let figures: unknown;
  if (stage.startsWith("build")) figures = await buildStage(engine, openPapers(readRealPapers()), papers);
  else {
    const { queries, paper }: Asked = JSON.parse(readFileSync(join(work, askedFile), "utf8"));
    const options = { repetitions: Number(values.repetitions), secondsPerKind: Number(values.seconds) };
    if (stage === "measure") figures = await measureStage(engine, { queries, ...options });
    else {
      await engine.open();
      figures = await updateStage(engine, { ...paper, key: papers + 1 }, 30);
    }
  }
  process.stdout.write(`\n${JSON.stringify(figures)}\n`, () => process.exit(0));
}

async function createEngine(name: string, work: string): Promise<BenchEngine> {
  const folder = join(work, `${folderOf(name)}-${papers}`);
  mkdirSync(folder, { recursive: true });
  if (name === "fts5") return new Fts5Engine(folder);
  if (name === "lancedb") return new LanceEngine(folder, await importPeer(work, "@lancedb/lancedb"));
  if (name === "turso") return new TursoEngine(folder, await importPeer(work, "@tursodatabase/database"));
  const cacheBytes = values.cache ? { cacheBytes: Number(values.cache) * 2 ** 20 } : {};
  return new OurEngine(folder, {
    mode: name as "words" | "auto",
    model: values.model ?? null,
    ...cacheBytes,
  });
}

/** The modes of our engine share what was built. */
function folderOf(name: string): string {
  return name === "words" || name === "auto" ? "broadsheet" : name;
}

async function importPeer(work: string, name: string): Promise<object> {
  const require = createRequire(join(work, "peers", "package.json"));
  return await import(pathToFileURL(require.resolve(name)).href);
}

async function runAll(): Promise<void> {
  const work = values.work ?? mkdtempSync(join(tmpdir(), "broadsheet-bench-search-"));
  mkdirSync(work, { recursive: true });
  console.log(
    `${cpus().length} x ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  );
  console.log(`${papers.toLocaleString("en-US")} papers; walk ${walkNanoseconds().toFixed(2)} ns a posting`);
  const real = readRealPapers();
  const kinds = list(values.kinds);
  const queries = makeQueries(real).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  const asked: Asked = { queries, paper: real[0]! };
  writeFileSync(join(work, askedFile), JSON.stringify(asked));
  const engines: EngineFigures[] = [];
  try {
    for (const name of [...list(values.modes), ...list(values.peers)])
      engines.push(await runEngine(name, work));
  } finally {
    if (!values.work) rmSync(work, { recursive: true, force: true });
  }
  console.log(renderReport(engines));
  if (values.json) writeFileSync(values.json, JSON.stringify({ papers, engines }));
}

function list(names: string): string[] {
  return names.split(",").filter((name) => name !== "" && name !== "none");
}

async function runEngine(name: string, work: string): Promise<EngineFigures> {
  const figures: EngineFigures = { name };
  try {
    if (packages[name]) await install(packages[name], join(work, "peers"));
    const built = join(work, `${folderOf(name)}-${papers}.json`);
    if (!existsSync(built)) {
      rmSync(built.slice(0, -5), { recursive: true, force: true });
      writeFileSync(built, await spawnStage("build", name, work));
    }
    figures.build = name === "words" ? await buildWordsAlone(work) : JSON.parse(readFileSync(built, "utf8"));
    figures.measure = JSON.parse(await spawnStage("measure", name, work));
    figures.visibleMs = await measureUpdates(name, work);
  } catch (error) {
    figures.failed = (error as Error).message;
  }
  return figures;
}

/** What both modes are asked of has vectors: how long the words take without them is measured aside, and thrown away. */
async function buildWordsAlone(work: string): Promise<BuildFigures> {
  const built = join(work, `words-${papers}.json`);
  const aside = join(work, "words");
  if (existsSync(built)) return JSON.parse(readFileSync(built, "utf8"));
  try {
    writeFileSync(built, await spawnStage("build-words", "words", aside));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return JSON.parse(readFileSync(built, "utf8"));
}

/** On a copy, which is thrown away: what was built stays as it is for the next run. */
async function measureUpdates(name: string, work: string): Promise<number[]> {
  const aside = join(work, "updated");
  const folder = `${folderOf(name)}-${papers}`;
  try {
    cpSync(join(work, folder), join(aside, folder), { recursive: true });
    cpSync(join(work, askedFile), join(aside, askedFile));
    if (existsSync(join(work, "peers"))) symlinkSync(join(work, "peers"), join(aside, "peers"));
    return JSON.parse(await spawnStage("update", name, aside));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function install(name: string, folder: string): Promise<void> {
  if (existsSync(join(folder, "node_modules", name.replace(/@[^@]*$/, "")))) return;
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "package.json"))) writeFileSync(join(folder, "package.json"), "{}");
  await output(
    spawn("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", name], { stdio: "pipe" }),
  );
}

function spawnStage(stage: string, name: string, work: string): Promise<string> {
  const own = ["papers", "model", "repetitions", "seconds", "cache"] as const;
  const passed = own.flatMap((option) => (values[option] ? [`--${option}`, values[option]] : []));
  const program = fileURLToPath(import.meta.url);
  const args = [program, "--stage", stage, "--engine", name, "--work", work, ...passed];
  return output(spawn(process.execPath, args, { stdio: "pipe" }));
}

/** The last line a program prints; fails when it fails or takes longer than the limit. */
function output(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => child.kill("SIGKILL"), Number(values.limit) * 1000);
    let text = "";
    let errors = "";
    child.stdout!.on("data", (part) => {
      text += part;
    });
    child.stderr!.on("data", (part) => {
      errors = (errors + part).slice(-2_000);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(limit);
      if (signal === "SIGKILL") reject(new Error(`not done within ${values.limit} s`));
      else if (code !== 0)
        reject(new Error(errors.trim().split("\n").slice(-3).join(" ") || `ended with ${code}`));
      else resolve(text.trim().split("\n").at(-1) ?? "");
    });
  });
}

/** Adding up 20,000 postings in an array of 80,000 papers, the best of many times: what the machine does at this moment. */
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
