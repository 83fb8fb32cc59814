// What the search benchmark needs of an engine, and what it tells of one.
import type { BenchPaper } from "./papers.ts";

export interface BenchQuery {
  kind: string;
  /** As a reader types it. */
  text: string;
}

/** One engine over one collection in one folder of its own. */
export interface BenchEngine {
  /** Adds papers; called batch after batch, then `finish` once. */
  add(papers: readonly BenchPaper[]): Promise<void>;
  finish(): Promise<void>;
  /** Opens what was built, in a fresh process. */
  open(): Promise<void>;
  /** The best 20; null: this engine has no such query. */
  ask(query: BenchQuery): Promise<number | null> | number | null;
  /** Adds one paper and returns when a query finds it. */
  show(paper: BenchPaper, word: string): Promise<void>;
  bytes(): number;
}

export interface BuildFigures {
  papers: number;
  seconds: number;
  /** Processor time over all threads. */
  cpuSeconds: number;
  bytes: number;
}

export interface KindFigures {
  /** Milliseconds of each query in every repetition, and the least of each. */
  all: number[];
  best: number[];
  /** Mean processor milliseconds of each query. */
  cpu: number[];
}

export interface MeasureFigures {
  openMs: number;
  kinds: Record<string, KindFigures>;
  /** Bytes of the process before opening, and after all queries. */
  rssBefore: number;
  rssAfter: number;
  visibleMs: number[];
}

/** Words of a text as other engines' query languages need them. */
export function plainWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
