// The finished segments and the work on them: sealing what was live, merging what is small. The work is done in steps, some
// with every batch of changes, the rest when the index is flushed, so that no query waits long.
import { type ByteSource, memorySource, openFileSource } from "./byte-source.ts";
import { FileSegment } from "./file-segment.ts";
import { FileSource } from "./file-source.ts";
import { createCaches, type IndexCaches, ordinaryCacheBytes } from "./index-cache.ts";
import type { IndexFolder } from "./index-folder.ts";
import type { LiveSegment } from "./live-segment.ts";
import { LiveSource } from "./live-source.ts";
import { chooseMerge, chooseRest, type MergeTuning } from "./merge-policy.ts";
import { RemovedPapers } from "./removed-papers.ts";
import type { Segment } from "./segment.ts";
import { type BuildSource, buildSegment } from "./segment-build.ts";
import { memorySink, openFileSink, type Sink } from "./segment-output.ts";
import { loadTables } from "./segment-tables.ts";

export interface SegmentStoreOptions {
  /** Null: finished segments are kept in memory (another process writes the files). */
  folder: IndexFolder | null;
  tuning: MergeTuning;
  /** Bytes of pages and decoded postings kept in memory; null: as many as suit the index, whatever it grows to. */
  cacheBytes: number | null;
}

/** Work in progress: one segment being made of others. */
interface Build {
  sources: readonly Segment[];
  /** How many of their papers were gone when the work began. */
  removedBefore: readonly number[];
  steps: Generator<void, FileSegment>;
  /** Gives it up. */
  discard(): void;
}

/** What is written, and how it is opened then. */
interface Output {
  sink: Sink;
  open(): ByteSource;
}

export class SegmentStore {
  /** Sealed, in files. */
  finished: FileSegment[] = [];
  /** Full, waiting to be sealed, oldest first. */
  readonly full: LiveSegment[] = [];
  readonly caches: IndexCaches;
  private readonly folder: IndexFolder | null;
  private readonly tuning: MergeTuning;
  private sealing: Build | null = null;
  private merging: Build | null = null;

  constructor({ folder, tuning, cacheBytes }: SegmentStoreOptions) {
    this.folder = folder;
    this.tuning = tuning;
    this.caches = createCaches(cacheBytes ?? (() => ordinaryCacheBytes(this.bytes)));
  }

  /** Does one step of the work; false when there is none. What fails is started anew at the next step. */
  step(): boolean {
    this.sealing ??= this.startSealing();
    if (!this.sealing) this.merging ??= this.startMerging();
    const build = this.sealing ?? this.merging;
    if (!build) return false;
    let ended = true;
    try {
      ended = this.advance(build);
    } catch (error) {
      // Or a full disk would be filled further by every attempt.
      build.discard();
      throw error;
    } finally {
      if (ended && build === this.sealing) this.sealing = null;
      else if (ended) this.merging = null;
    }
    return true;
  }

  private startSealing(): Build | null {
    const live = this.full[0];
    return live ? this.start([live], [new LiveSource(live)]) : null;
  }

  private startMerging(chosen = chooseMerge(this.finished, this.tuning)): Build | null {
    const sources = chosen.map((segment) => new FileSource(segment));
    return sources.length > 0 ? this.start(chosen, sources) : null;
  }

  /** Begins to put segments together for queries to come, where that pays; call it when no step is left to do. */
  settle(): boolean {
    this.merging ??= this.startMerging(chooseRest(this.finished, this.tuning));
    return this.merging !== null;
  }

  private start(sources: readonly Segment[], inputs: readonly BuildSource[]): Build {
    const output = this.createOutput();
    const removedBefore = sources.map(({ removed }) => removed.count);
    const steps = this.make(inputs, output);
    const discard = () => {
      steps.return(null as never);
      output.sink.discard();
    };
    return { sources, removedBefore, steps, discard };
  }

  /** Writes the segment and reads what queries want of it at once. */
  private *make(inputs: readonly BuildSource[], { sink, open }: Output): Generator<void, FileSegment> {
    yield* buildSegment(inputs, sink);
    const source = open();
    let opened = false;
    try {
      const tables = yield* loadTables(source);
      const segment = new FileSegment({ source, caches: this.caches, removed: new RemovedPapers(), tables });
      const { findGroups } = yield* segment.readColumns();
      if (findGroups) yield* findGroups();
      opened = true;
      return segment;
    } finally {
      if (!opened) source.close();
    }
  }

  private createOutput(): Output {
    if (!this.folder) {
      const sink = memorySink();
      return { sink, open: () => memorySource("a segment in memory", sink.bytes()) };
    }
    this.folder.create();
    const path = this.folder.file(this.folder.newSegmentName());
    return { sink: openFileSink(path), open: () => openFileSource(path) };
  }

  /** Does one step; true when the new segment has taken the place of its sources. */
  private advance(build: Build): boolean {
    const { done, value: segment } = build.steps.next();
    if (!done) return false;
    build.sources.forEach((source, at) => {
      for (const doc of source.removed.since(build.removedBefore[at]!))
        segment.remove(segment.findKey(source.keyOf(doc)));
    });
    this.replace(build.sources, segment);
    return true;
  }

  private replace(sources: readonly Segment[], segment: FileSegment): void {
    if (sources[0] === this.full[0]) this.full.shift()?.postings.release();
    const kept = this.finished.filter((other) => !sources.includes(other));
    for (const other of this.finished) if (!kept.includes(other)) other.source.close();
    if (segment.size > 0) kept.push(segment);
    else segment.source.close();
    this.finished = kept;
  }

  /** Length of all finished segments. */
  get bytes(): number {
    return this.finished.reduce((sum, segment) => sum + segment.source.size, 0);
  }

  close(): void {
    for (const segment of this.finished) segment.source.close();
    for (const build of [this.sealing, this.merging]) build?.discard();
  }
}
