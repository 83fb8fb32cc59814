// Suggestions while a query is typed: titles, authors and concepts with a word that begins so. The tables are made in the
// background from what the index holds, in slices, the first time somebody types; what changes later is noted beside them,
// and they are made anew when that grows. Whatever is suggested is looked up in the index first, so that nothing gone is shown.
import { setImmediate } from "node:timers/promises";
import type { SearchDocument, Suggestion } from "./search.ts";
import type { Segment } from "./segment.ts";
import {
  buildSuggestTables,
  type SuggestLimits,
  type SuggestSource,
  type SuggestTables,
} from "./suggest-build.ts";
import { NotedPapers } from "./suggest-noted.ts";
import { pickSuggestions, type TitleReader } from "./suggest-pick.ts";
import { foldTyped, maxTypedLength } from "./suggest-text.ts";

export interface SuggestOptions {
  /** The present segments. */
  segments(): readonly Segment[];
  /** What the index does not keep: names, votes. */
  source: SuggestSource | undefined;
  /** Default: `ordinaryLimits`. */
  limits?: SuggestLimits | undefined;
}

/** One letter begins everything. */
const fewestLetters = 2;
const sliceMs = 4;
/** Papers noted before the tables are made anew: a share of what they hold, within limits. */
const notedShare = 1 / 16;
const fewestNoted = 512;
const mostNoted = 8192;

export class SuggestIndex {
  private readonly options: SuggestOptions;
  private tables: SuggestTables | null = null;
  private noted = new NotedPapers();
  private building: Promise<void> | null = null;
  private closed = false;
  /** Told by `clear`: what is being built is of no use any more. */
  private generation = 0;

  constructor(options: SuggestOptions) {
    this.options = options;
  }

  /** Up to `limit` suggestions, the best first. The first call starts making the tables, and finds little until they are. */
  suggest(text: string, limit: number): Suggestion[] {
    // What cannot be read is found out by the next search, which says so.
    if (!this.tables || this.noted.size > this.mostNoted) this.prepare().catch(() => {});
    const typed = foldTyped(text.slice(0, maxTypedLength).trimStart());
    if (typed.trim().length < fewestLetters) return [];
    return pickSuggestions({
      typed,
      limit,
      tables: this.tables,
      noted: this.noted,
      readTitle: this.readTitle,
    });
  }

  private get mostNoted(): number {
    const share = (this.tables?.titles.size ?? 0) * notedShare;
    return Math.min(mostNoted, Math.max(fewestNoted, share));
  }

  private readonly readTitle: TitleReader = (key) => {
    for (const segment of this.options.segments()) {
      const doc = segment.findKey(key);
      if (doc >= 0) return segment.readPaper(doc);
    }
    return null;
  };

  /** Notes a new or changed paper; nothing where no tables are wanted yet. */
  note(document: SearchDocument): void {
    if (this.tables || this.building) this.noted.add(document);
  }

  /** Makes the tables in the background; done when they are. */
  prepare(): Promise<void> {
    this.building ??= this.build().finally(() => {
      this.building = null;
    });
    return this.building;
  }

  private async build(): Promise<void> {
    const { generation } = this;
    // What is noted from here on may or may not be read below; it stays noted, which is harmless.
    const before = this.noted;
    this.noted = NotedPapers.after(before);
    const steps = buildSuggestTables(this.options);
    let sliceEndsMs = performance.now() + sliceMs;
    for (;;) {
      const step = await steps.next();
      if (this.closed || generation !== this.generation) return;
      if (step.done) {
        // Null: segments were merged meanwhile; the next call tries again, and what was noted is still needed.
        if (!step.value) return;
        this.tables = step.value;
        this.noted.forget(before);
        return;
      }
      if (performance.now() < sliceEndsMs) continue;
      await setImmediate();
      sliceEndsMs = performance.now() + sliceMs;
    }
  }

  /** The index was emptied. */
  clear(): void {
    this.generation++;
    this.tables = null;
    this.noted = new NotedPapers();
  }

  /** Stops what is being made; nothing is read any more when this is done. */
  async close(): Promise<void> {
    this.closed = true;
    await this.building?.catch(() => {});
  }

  /** Bytes of the tables. */
  get memory(): number {
    return this.tables?.memory ?? 0;
  }
}
