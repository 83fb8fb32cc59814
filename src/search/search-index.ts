// The index behind the face: takes changes, answers queries, writes itself to disk, and starts again when it is damaged.
import { AppError } from "../lib/errors.ts";
import { answerQuery } from "./answer.ts";
import { boundMemory } from "./bound-memory.ts";
import { IndexDamage } from "./damage.ts";
import { findNamed } from "./direct.ts";
import type { TrendTerm } from "./hit-terms.ts";
import { doInSlices } from "./in-slices.ts";
import { readIndex, writeIndex } from "./index-files.ts";
import { IndexFolder, unwritable } from "./index-folder.ts";
import { LiveSegment } from "./live-segment.ts";
import { manifestName } from "./manifest.ts";
import { MeaningSide } from "./meaning/meaning-side.ts";
import { outsideOf } from "./meaning/outside-side.ts";
import { rankPairs } from "./meaning/similar.ts";
import { answerSimilar } from "./meaning/similar-answer.ts";
import { defaultTuning, type MergeTuning } from "./merge-policy.ts";
import { type PaperUnits, readUnits } from "./paper-units.ts";
import type {
  Follower,
  OutsideFollower,
  PaperText,
  Search,
  SearchAnswer,
  SearchChange,
  SearchOptions,
  SearchPart,
  SearchRequest,
  SearchStatus,
  SimilarAnswer,
  SimilarRequest,
  Standing,
  Suggestion,
} from "./search.ts";
import type { Segment } from "./segment.ts";
import { SegmentStore } from "./segment-store.ts";
import { answerSpelled } from "./spelled-answer.ts";
import { Standings } from "./standings.ts";
import { SuggestIndex } from "./suggest-index.ts";
import type { WorkLimits } from "./work-budget.ts";

/** Steps of sealing and merging for each change: a little more than the work it will cause. */
const stepsPerChange = 0.2;
/** The live segment is sealed when it holds so much, however few papers that are. */
const mostLivePostings = 1 << 22;

export interface IndexOptions extends SearchOptions {
  tuning?: MergeTuning;
  limits?: Readonly<WorkLimits>;
}

export class SearchIndex implements Search {
  private readonly options: IndexOptions;
  private readonly folder: IndexFolder;
  private readonly suggestions: SuggestIndex;
  private store: SegmentStore;
  private live = new LiveSegment();
  private followed = 0;
  /** What the files say. */
  private written = 0;
  /** What the files hold was put together for queries. */
  private settled = true;
  private owedSteps = 0;
  private damage: string | null = null;
  private flushing: Promise<void> = Promise.resolve();
  private readonly meaning: MeaningSide | null;
  private standings = new Standings();

  /** Opens what is in the folder; damage is noted and the index starts empty. */
  constructor(options: IndexOptions) {
    this.options = options;
    this.folder = new IndexFolder(options.folder);
    this.store = this.newStore();
    const { meaning, readOnly, small = false } = options;
    const given = { source: options.suggestSource, limits: boundMemory(small) };
    this.suggestions = new SuggestIndex({ segments: () => this.segments, ...given });
    this.meaning = meaning ? new MeaningSide({ ...meaning, readOnly, small }) : null;
    try {
      this.followed = readIndex(this.folder, this.store);
      this.written = this.followed;
      if (this.followed === 0 && !options.readOnly) this.noteMissing();
    } catch (error) {
      this.lose(error);
    }
  }

  private newStore(): SegmentStore {
    const { readOnly, tuning = defaultTuning, cacheBytes = null } = this.options;
    return new SegmentStore({ folder: readOnly ? null : this.folder, tuning, cacheBytes });
  }

  /** Segments without a manifest: it was lost, or the first build was broken off; either way they are not used. */
  private noteMissing(): void {
    if (this.store.finished.length === 0 && this.folder.list().length > 0)
      this.damage = `${manifestName} is missing`;
  }

  get changeNumber(): number {
    return this.followed;
  }

  get unwritten(): number {
    return this.options.readOnly ? 0 : this.followed - this.written;
  }

  private get segments(): Segment[] {
    return [...this.store.finished, ...this.store.full, this.live];
  }

  apply(changes: readonly SearchChange[], since?: number): void {
    if (since !== undefined && since !== this.followed) return;
    for (const change of changes) this.applyOne(change);
    this.owedSteps += changes.length * stepsPerChange;
    this.guard(() => {
      for (; this.owedSteps >= 1; this.owedSteps--) if (!this.store.step()) this.owedSteps = 1;
    });
  }

  /** Words and vectors are made of the same units, which are found once. */
  private applyOne(change: SearchChange): void {
    const before = this.followed;
    const units = change.document ? readUnits(change.document) : null;
    if (change.changeNumber >= before) this.guard(() => this.take(change, units));
    this.meaning?.apply([change], before, units);
  }

  get vectors(): Follower | null {
    return this.meaning?.findBehind(this.followed) ?? null;
  }

  private take({ changeNumber, key, document }: SearchChange, units: PaperUnits | null): void {
    for (const segment of this.segments) {
      const doc = segment.findKey(key);
      if (doc >= 0) segment.remove(doc);
    }
    if (document) {
      this.live.add(document, units ?? undefined);
      this.suggestions.note(document);
    }
    const { sealAt } = this.options.tuning ?? defaultTuning;
    if (this.live.size >= sealAt || this.live.postings.length >= mostLivePostings) this.closeLive();
    this.followed = changeNumber;
  }

  private closeLive(): void {
    if (this.live.size === 0) return;
    this.store.full.push(this.live);
    this.live = new LiveSegment();
  }

  search(request: SearchRequest): SearchAnswer {
    const startedMs = performance.now();
    const meaning = this.meaning?.findFor(request, this.followed) ?? null;
    const { segments, standings, options } = this;
    const context = { meaning, standings, limits: options.limits, typed: request.query };
    const ask = (asked: SearchRequest) => answerQuery(asked, segments, context);
    const answer = this.guard(() => answerSpelled(request, segments, ask));
    const outside = outsideOf(request, { answer, meaning });
    return { ...answer, ...(outside ? { outside } : {}), tookMs: performance.now() - startedMs };
  }

  async prepare(request: SearchRequest): Promise<SearchRequest> {
    const named = await findNamed(request, this.options.findNamed);
    if (named !== null) return { ...request, named };
    const outside = await this.meaning?.ask(request, this.documents);
    return outside === undefined ? request : { ...request, outside };
  }

  get outside(): OutsideFollower | null {
    return this.options.readOnly ? null : (this.meaning?.outside?.vectors ?? null);
  }

  setStandings(standings: Iterable<Standing>, explainTrend?: (standing: Standing) => TrendTerm[]): void {
    this.standings = new Standings(standings, explainTrend);
  }

  similar(request: SimilarRequest): SimilarAnswer {
    const startedMs = performance.now();
    const meaning = this.meaning?.find(this.followed) ?? null;
    const answer = this.guard(() => answerSimilar(request, this.segments, meaning));
    return { ...answer, tookMs: performance.now() - startedMs };
  }

  rankPairs(
    query: PaperText,
    candidates: readonly PaperText[],
    without: readonly SearchPart[] = [],
  ): number[] {
    const model = this.meaning?.findModel();
    if (model) return rankPairs(model, { query, candidates, without });
    const remedy = "Train one: broadsheet train.";
    throw new AppError("not-found", "There is no meaning model to compare texts with.", { remedy });
  }

  suggest(text: string, limit: number): Suggestion[] {
    return this.guard(() => this.suggestions.suggest(text, limit));
  }

  prepareMeaning = async (): Promise<void> => await this.meaning?.prepare();

  prepareSuggestions = (): Promise<void> => this.suggestions.prepare();

  /** Runs what reads the files; damage found empties the index, to be followed again from change 0. */
  private guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.lose(error);
      throw new AppError("index-damaged", `The search index is damaged (${this.damage}).`, {
        remedy: "It is built again from the papers; broadsheet doctor --repair does so at once.",
        cause: error,
      });
    }
  }

  /** Rethrows what is no damage; what the system refuses names the folder. */
  private lose(error: unknown): void {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw unwritable(this.folder.path, error);
    if (!(error instanceof IndexDamage)) throw error;
    this.clear();
    this.damage = error.message;
  }

  private clear(): void {
    this.store.close();
    this.store = this.newStore();
    this.live = new LiveSegment();
    this.suggestions.clear();
    this.followed = 0;
    this.written = 0;
    this.owedSteps = 0;
    this.damage = null;
  }

  flush({ more = false } = {}): Promise<void> {
    const next = this.flushing.then(() => this.writeAll(more));
    // The next flush runs whether or not this one fails.
    this.flushing = next.catch(() => {});
    return next;
  }

  private async writeAll(more: boolean): Promise<void> {
    await this.writeIndex(more);
    await this.meaning?.flush();
  }

  private async writeIndex(more: boolean): Promise<void> {
    if (this.options.readOnly || (this.followed === this.written && (more || this.settled))) return;
    const { store } = this;
    this.closeLive();
    const changeNumber = this.followed;
    this.settled = !more;
    await doInSlices(
      () => store === this.store && this.guard(() => store.step() || (!more && store.settle())),
    );
    if (store !== this.store) return;
    await writeIndex(this.folder, store, changeNumber);
    if (store !== this.store) return; // found damaged meanwhile: empty again
    this.written = changeNumber;
    this.damage = null;
  }

  async reset(): Promise<void> {
    await this.flushing;
    this.clear();
    if (!this.options.readOnly) this.folder.clear();
    this.meaning?.reset();
  }

  verify(): string | null {
    try {
      for (const segment of this.store.finished) segment.verify();
    } catch (error) {
      this.lose(error);
    }
    return this.damage ?? this.meaning?.verify() ?? null;
  }

  private get documents(): number {
    return this.segments.reduce((sum, segment) => sum + segment.size - segment.removed.count, 0);
  }

  status(): SearchStatus {
    return {
      documents: this.documents,
      changeNumber: this.followed,
      bytesOnDisk: this.store.bytes,
      damage: this.damage,
      ...(this.meaning ? { meaning: this.meaning.status() } : {}),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.suggestions.close();
    this.meaning?.close();
    await this.flush();
    this.store.close();
  }
}
