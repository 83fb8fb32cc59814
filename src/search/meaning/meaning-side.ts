// The side of the index that searches by meaning: which model, its vectors following the papers, their files. When another
// model takes over, the vectors of the old one serve until those of the new one are complete. Opened when first asked.
import { setImmediate } from "node:timers/promises";
import { doInSlices, waitAtMost } from "../in-slices.ts";
import type { MeaningStatus } from "../meaning-status.ts";
import type { PaperUnits } from "../paper-units.ts";
import type { Follower, MeaningOptions, SearchChange, SearchRequest } from "../search.ts";
import { FollowedVectors } from "./followed-vectors.ts";
import type { Meaning } from "./hybrid.ts";
import { forgetOlderModel, loadModelById, loadPreferredModel, stampOfModels } from "./model-files.ts";
import { OutsideSide } from "./outside-side.ts";
import { DiskRows } from "./row-store.ts";
import type { OpenRows } from "./shelf-chunk.ts";
import { clearShelf, openShelf, readShelf, type ShelfOutcome } from "./vector-files.ts";

/** Changes that a process without the folder's lock still catches up with. */
const mostBehind = 5_000;
/** So long a query waits for vectors that are being read; then words answer. */
const mostWaitMs = 250;

interface SideOptions extends MeaningOptions {
  readOnly: boolean;
  /** True: the bytes of vectors are left on disk. */
  small?: boolean;
}

export class MeaningSide {
  private readonly options: SideOptions;
  private readonly openRows: OpenRows | null;
  private opened = false;
  /** The files are being read in slices; until they are, nothing is searched by meaning. */
  private reading: Promise<void> | null = null;
  /** What began to be read before the last of them is given up. */
  private resets = 0;
  private stamp = "";
  /** Complete up to its own change number, and asked. */
  private serving: FollowedVectors | null = null;
  /** Of the preferred model, being made while `serving` is of an older one. */
  private coming: FollowedVectors | null = null;
  /** The preferred model is the instance's own. */
  private own = false;
  private damage: string | null = null;
  /** Null: no outside service is set up. */
  readonly outside: OutsideSide | null;

  constructor(options: SideOptions) {
    this.options = options;
    const { folder, outside, readOnly, small } = options;
    // Who only reads writes nothing; and Windows keeps the names of open files.
    const onDisk = small && !readOnly && process.platform !== "win32";
    this.openRows = onDisk ? (dimension) => new DiskRows(folder, dimension) : null;
    this.outside = outside ? new OutsideSide({ ...outside, readOnly }) : null;
  }

  /** As `find`, for a request that may carry what an outside service knows of it. */
  findFor(request: SearchRequest, changeNumber: number): Meaning | null {
    const own = request.mode === "words" ? null : this.find(changeNumber);
    const outside = own && this.outside?.compare(request);
    return own && outside ? { ...own, outside } : own;
  }

  /** What to search with, when its vectors are complete up to the change number. */
  find(changeNumber: number): Meaning | null {
    this.open();
    const { serving } = this;
    return serving && serving.changeNumber >= changeNumber && serving.shelf.size > 0 ? serving : null;
  }

  /** The model alone, for texts that need no vectors of the collection. */
  findModel(): Meaning["model"] | null {
    this.open();
    return this.serving?.model ?? null;
  }

  /** The vectors while they stand behind the index; takes up another model when its file has changed. */
  findBehind(changeNumber: number): Follower | null {
    this.refresh(changeNumber);
    const behind = this.coming ?? this.serving;
    if (!behind || behind.changeNumber >= changeNumber) return null;
    // Beside the process that writes them, many are not made anew for a moment's use.
    if (this.options.readOnly && changeNumber - behind.changeNumber > mostBehind) return null;
    return {
      changeNumber: behind.changeNumber,
      apply: (changes, since = behind.changeNumber) => this.apply(changes, since),
    };
  }

  /**
   * Applies changes that begin after `since`; what begins later than the vectors stand is left alone. `units` are those of
   * the one changed paper, where they have been found already.
   */
  apply(changes: readonly SearchChange[], since: number, units: PaperUnits | null = null): void {
    this.open();
    this.serving?.apply(changes, since, units);
    this.coming?.apply(changes, since, units);
  }

  /** Takes up another model when its file has changed; lets it serve once its vectors reach the change number. */
  private refresh(changeNumber: number): void {
    this.open();
    if (!this.opened) return;
    if (stampOfModels(this.options.models) !== this.stamp) this.takeUpModel();
    if (this.coming && this.coming.changeNumber >= changeNumber) {
      this.serving = this.coming;
      this.coming = null;
    }
  }

  /** Reads the files in slices, so that queries are answered meanwhile, by words; done when they are read. Harmless twice. */
  async prepare(): Promise<void> {
    if (this.opened) return;
    this.reading ??= this.read();
    await this.reading;
  }

  private async read(): Promise<void> {
    const { resets } = this;
    const steps = readShelf(this.options.folder, this.openRows);
    let outcome: ShelfOutcome | null = null;
    try {
      await doInSlices(() => {
        const { done, value } = steps.next();
        if (done) outcome = value;
        return !done && resets === this.resets;
      });
      // Others first: models are read too.
      await setImmediate();
    } finally {
      if (resets === this.resets) this.reading = null;
    }
    if (outcome && resets === this.resets && !this.opened) this.takeUp(outcome);
  }

  /** Waits a moment for vectors that are being read, then asks the outside service, where there is one; see OutsideSide.ask. */
  async ask(request: SearchRequest, documents: number): ReturnType<OutsideSide["ask"]> {
    if (request.mode !== "words") await waitAtMost(mostWaitMs, this.prepare());
    return await this.outside?.ask(request, documents);
  }

  /** What is being read is given up. */
  close(): void {
    this.resets++;
  }

  /** At once, unless it is being done already. */
  private open(): void {
    if (!this.opened && this.reading === null) this.takeUp(openShelf(this.options.folder, this.openRows));
  }

  private takeUp(outcome: ShelfOutcome): void {
    this.opened = true;
    if ("damage" in outcome) this.damage = outcome.damage;
    if ("opened" in outcome) {
      const older = loadModelById(this.options.models, outcome.opened.modelId);
      if (older?.dimension === outcome.opened.dimension)
        this.serving = new FollowedVectors(older, outcome.opened);
    }
    this.takeUpModel();
  }

  private takeUpModel(): void {
    this.stamp = stampOfModels(this.options.models);
    const preferred = loadPreferredModel(this.options.models, (problem) => {
      this.damage = problem;
    });
    this.own = preferred?.own ?? false;
    const model = preferred?.model;
    if (!model || model.facts.id === this.serving?.model.facts.id) return;
    const fresh = new FollowedVectors(model, null, this.openRows);
    // Vectors that hold no paper yet are worth no waiting.
    if (!this.serving || this.serving.shelf.size === 0) this.serving = fresh;
    else this.coming = fresh;
  }

  /** Writes the vectors that serve, or are the first ones on their way. */
  async flush(): Promise<void> {
    if (!this.opened || this.options.readOnly || !this.serving) return;
    await this.serving.save(this.options.folder);
    this.damage = null;
    if (!this.coming) forgetOlderModel(this.options.models);
  }

  /** Empties vectors and files. */
  reset(): void {
    if (!this.options.readOnly) clearShelf(this.options.folder);
    this.outside?.restart();
    this.resets++;
    this.reading = null;
    this.opened = false;
    this.serving = null;
    this.coming = null;
    this.damage = null;
  }

  /** Reads the files; returns what is damaged (the vectors then start again from change 0), or null. */
  verify(): string | null {
    const outcome = openShelf(this.options.folder);
    if (!("damage" in outcome)) return this.outside?.verify() ?? null;
    if (!this.options.readOnly) this.reset();
    this.damage = outcome.damage;
    return outcome.damage;
  }

  status(): MeaningStatus {
    this.open();
    const { serving, coming, damage } = this;
    const newest = coming ?? serving;
    return {
      modelId: serving?.model.facts.id ?? null,
      own: this.own,
      trainedOn: newest?.model.facts.papers ?? 0,
      papers: serving?.shelf.size ?? 0,
      changeNumber: (coming ?? serving)?.changeNumber ?? 0,
      changing: coming !== null,
      damage,
      ...(this.outside ? { outside: this.outside.status() } : {}),
    };
  }
}
