// Walks the terms of several sources together, in order of their stems, each stem once.
import type { ByteWriter } from "./bytes.ts";
import { compareWritten } from "./dictionary.ts";
import type { BuildSource } from "./segment-build.ts";

export class TermMerger {
  /** Indexes of the sources that hold the stem. */
  readonly holders: number[] = [];
  /** Bytes of the stem; valid until the next. */
  stem: ByteWriter;
  private readonly sources: readonly BuildSource[];
  /** By source: the beginning of its stem as a number; infinite when it has no more. */
  private readonly beginnings: Float64Array;

  constructor(sources: readonly BuildSource[]) {
    this.sources = sources;
    this.stem = sources[0]!.stem;
    this.beginnings = new Float64Array(sources.length);
    sources.forEach((_, at) => {
      this.advance(at);
    });
  }

  private advance(at: number): void {
    const source = this.sources[at]!;
    this.beginnings[at] = source.nextTerm() ? beginningOf(source.stem) : Number.POSITIVE_INFINITY;
  }

  /** Moves to the next stem; false when there is none. */
  next(): boolean {
    const { beginnings, holders, sources } = this;
    for (const at of holders) this.advance(at);
    holders.length = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < sources.length; at++) {
      const beginning = beginnings[at]!;
      if (beginning > least || beginning === Number.POSITIVE_INFINITY) continue;
      const { stem } = sources[at]!;
      const order = beginning < least ? -1 : compareWritten(stem, this.stem);
      if (order > 0) continue;
      if (order < 0) holders.length = 0;
      holders.push(at);
      this.stem = stem;
      least = beginning;
    }
    return holders.length > 0;
  }
}

/** Bytes of a stem that are compared as one number; shorter stems have zeros behind them. */
const beginningLength = 6;

function beginningOf({ data, length }: ByteWriter): number {
  let number = 0;
  for (let i = 0; i < beginningLength; i++) number = number * 256 + (i < length ? data[i]! : 0);
  return number;
}
