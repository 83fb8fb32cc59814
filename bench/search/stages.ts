// The two stages an engine goes through, each in a process of its own: building its collection, and being asked.
import { setTimeout } from "node:timers/promises";
import type { BenchEngine, BenchQuery, BuildFigures, KindFigures, MeasureFigures } from "./engine.ts";
import type { BenchPaper } from "./papers.ts";

const batchSize = 500;

/** Only the engine's work is timed, not the making of papers. */
export async function buildStage(
  engine: BenchEngine,
  papers: (key: number) => BenchPaper,
  count: number,
): Promise<BuildFigures> {
  let ms = 0;
  const cpu = { user: 0, system: 0 };
  const timed = async (work: () => Promise<void>) => {
    const startedMs = performance.now();
    const before = process.cpuUsage();
    await work();
    ms += performance.now() - startedMs;
    const { user, system } = process.cpuUsage(before);
    cpu.user += user;
    cpu.system += system;
  };
  for (let first = 1; first <= count; first += batchSize) {
    const batch = Array.from({ length: Math.min(batchSize, count - first + 1) }, (_, i) => papers(first + i));
    await timed(() => engine.add(batch));
  }
  await timed(() => engine.finish());
  await engine.open();
  return {
    papers: count,
    seconds: ms / 1000,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    bytes: engine.bytes(),
  };
}

export interface MeasureOptions {
  queries: readonly BenchQuery[];
  repetitions: number;
  /** No further query of a kind is begun after so long, for engines that are slow. */
  secondsPerKind: number;
}

export async function measureStage(engine: BenchEngine, options: MeasureOptions): Promise<MeasureFigures> {
  const rssBefore = process.memoryUsage.rss();
  const startedMs = performance.now();
  await engine.open();
  const openMs = performance.now() - startedMs;
  const kinds: Record<string, KindFigures> = {};
  for (const kind of new Set(options.queries.map((query) => query.kind))) {
    const own = options.queries.filter((query) => query.kind === kind);
    const figures = await measureKind(engine, own, options);
    if (figures) kinds[kind] = figures;
  }
  return { openMs, kinds, rssBefore, rssAfter: process.memoryUsage.rss(), visibleMs: [] };
}

/** So long an engine is asked before it is measured, in whole rounds, one at least: what it compiles while it runs is then compiled. */
const warmUpMs = 2_000;

interface QueryFigures {
  ms: number;
  cpuMs: number;
}

/** Whole rounds over all queries, as many as wanted, after those that warm up; the first counts where there is no time for more. */
async function measureKind(
  engine: BenchEngine,
  queries: readonly BenchQuery[],
  { repetitions, secondsPerKind }: MeasureOptions,
): Promise<KindFigures | null> {
  const startedMs = performance.now();
  const endsMs = startedMs + secondsPerKind * 1000;
  const first = await askAll(engine, queries, endsMs);
  if (!first) return null;
  while (performance.now() < Math.min(endsMs, startedMs + warmUpMs)) await askAll(engine, queries, endsMs);
  const rounds: QueryFigures[][] = [];
  while (rounds.length < repetitions && performance.now() < endsMs)
    rounds.push((await askAll(engine, queries, endsMs)) ?? []);
  const whole = rounds.filter((figures) => figures.length === queries.length);
  const warm = whole.length > 0 ? whole : [first];
  const each = <T>(pick: (i: number) => T) => Array.from({ length: warm[0]!.length }, (_, i) => pick(i));
  return {
    all: warm.flatMap((figures) => figures.map(({ ms }) => ms)),
    best: each((i) => Math.min(...warm.map((figures) => figures[i]!.ms))),
    cpu: each((i) => warm.reduce((sum, figures) => sum + figures[i]!.cpuMs, 0) / warm.length),
  };
}

/** One round, broken off when the time is over; null: the engine does not answer such queries. */
async function askAll(
  engine: BenchEngine,
  queries: readonly BenchQuery[],
  endsMs: number,
): Promise<QueryFigures[] | null> {
  const figures: QueryFigures[] = [];
  for (const query of queries) {
    if (performance.now() > endsMs) break;
    const one = await measureOne(engine, query);
    if (!one) return null;
    figures.push(one);
  }
  return figures;
}

async function measureOne(engine: BenchEngine, query: BenchQuery): Promise<QueryFigures | null> {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  const found = engine.ask(query);
  // Waiting for what is no promise would cost a turn of the loop.
  const count = typeof found === "object" && found !== null ? await found : found;
  const ms = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  return count === null ? null : { ms, cpuMs: (user + system) / 1000 };
}

/**
 * How long a new paper takes to be found; each has a word of its own. The first opens the files to write, and is not
 * counted: a program that runs has them open.
 */
export async function updateStage(engine: BenchEngine, paper: BenchPaper, times: number): Promise<number[]> {
  const visibleMs: number[] = [];
  for (let i = 0; i <= times; i++) {
    const word = `zyx${(i + 1).toString(36)}qv${paper.key}`;
    const startedMs = performance.now();
    await engine.show({ ...paper, key: paper.key + i }, word);
    visibleMs.push(performance.now() - startedMs);
    await setTimeout(5);
  }
  return visibleMs.slice(1);
}
