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
  private readonly ended: boolean[];

  constructor(sources: readonly BuildSource[]) {
    this.sources = sources;
    this.stem = sources[0]!.stem;
    this.ended = sources.map((source) => !source.nextTerm());
  }

  /** Moves to the next stem; false when there is none. */
  next(): boolean {
    for (const at of this.holders) this.ended[at] = !this.sources[at]!.nextTerm();
    this.holders.length = 0;
    for (let at = 0; at < this.sources.length; at++) {
      if (this.ended[at]) continue;
      const { stem } = this.sources[at]!;
      const order = this.holders.length === 0 ? -1 : compareWritten(stem, this.stem);
      if (order > 0) continue;
      if (order < 0) this.holders.length = 0;
      this.holders.push(at);
      this.stem = stem;
    }
    return this.holders.length > 0;
  }
}
