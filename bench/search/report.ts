// The figures of the search benchmark as tables.
import type { BuildFigures, MeasureFigures } from "./engine.ts";

export interface EngineFigures {
  name: string;
  /** Why there are no (more) figures. */
  failed?: string;
  build?: BuildFigures;
  measure?: MeasureFigures;
  visibleMs?: number[];
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function spread(values: readonly number[]): string {
  return [0.5, 0.95, 0.99].map((share) => percentile(values, share).toFixed(3)).join(" / ");
}

/** Mean over the first `count` queries. */
function mean(values: readonly number[], count = values.length): number {
  return values.slice(0, count).reduce((sum, value) => sum + value, 0) / Math.min(count, values.length);
}

export function renderReport(engines: readonly EngineFigures[]): string {
  const lines: string[] = [];
  const done = engines.filter(({ measure }) => measure);
  const kinds = [...new Set(done.flatMap(({ measure }) => Object.keys(measure!.kinds)))];
  lines.push("", "latency ms, p50 / p95 / p99: least of each query's repetitions | all of them | queries");
  for (const kind of kinds) {
    for (const { name, measure } of done) {
      const figures = measure!.kinds[kind];
      if (figures)
        lines.push(
          `  ${kind.padEnd(8)} ${name.padEnd(10)} ${spread(figures.best)} | ${spread(figures.all)} | ${figures.best.length}`,
        );
    }
  }
  lines.push("", "processor ms a query (times that of the first engine, same queries)");
  for (const kind of kinds) lines.push(`  ${kind.padEnd(8)} ${renderCpu(kind, done)}`);
  lines.push("", "the rest");
  for (const engine of engines) lines.push(`  ${renderRest(engine)}`);
  return lines.join("\n");
}

function renderCpu(kind: string, engines: readonly EngineFigures[]): string {
  const first = engines[0]!.measure!.kinds[kind];
  return engines
    .flatMap(({ name, measure }) => {
      const own = measure!.kinds[kind];
      if (!own) return [];
      const times = first ? ` (${(mean(own.cpu) / mean(first.cpu, own.cpu.length)).toFixed(1)}x)` : "";
      return [`${name} ${mean(own.cpu).toFixed(3)}${times}`];
    })
    .join("; ");
}

/** What was built for our own modes. */
const builtOf: Record<string, string> = { words: " without vectors", auto: " with vectors" };

function renderRest({ name, failed, build, measure, visibleMs }: EngineFigures): string {
  const parts = [name.padEnd(10)];
  if (build) {
    const perSecond = (seconds: number) => Math.round(build.papers / seconds).toLocaleString("en-US");
    parts.push(
      `built${builtOf[name] ?? ""} in ${build.seconds.toFixed(1)} s, ${perSecond(build.seconds)} papers/s, ${perSecond(build.cpuSeconds)} a second of processor (${((build.cpuSeconds / build.papers) * 1e6).toFixed(0)} us a paper)`,
      `${Math.round(build.bytes / build.papers)} bytes a paper`,
    );
  }
  if (measure) {
    const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
    parts.push(
      `open ${measure.openMs.toFixed(1)} ms`,
      `memory ${mib(measure.rssBefore)} before, ${mib(measure.rssAfter)} after all queries`,
    );
  }
  if (visibleMs) parts.push(`new paper found in ms ${spread(visibleMs)}`);
  if (failed) parts.push(`NOT FINISHED: ${failed}`);
  return parts.join("; ");
}
