// Has the vectors of papers made by an outside service: in order of change, in batches, going on where it stopped. A service
// that fails is left alone for longer and longer; the papers wait, and search does without.
import type { Db } from "../database/dialect.ts";
import type { Clock } from "../lib/clock.ts";
import type { Embedded, Embeddings } from "../lib/embeddings.ts";
import type { Log } from "../lib/log.ts";
import { latestChangeNumber, listChanges, type PaperChange } from "../papers/papers-store.ts";
import type { OutsideChange, OutsideFollower } from "../search/search.ts";

export interface EmbedContext {
  db: Db;
  follower: OutsideFollower;
  embeddings: Embeddings;
  clock: Clock;
  log: Pick<Log, "warn" | "info">;
}

/** Texts of one request. */
const batchSize = 32;
/** Characters of a paper that are sent: about a thousand words. */
const mostCharacters = 6_000;
/** Written so often, so that a kill costs little of what was paid for. */
const batchesPerSave = 64;
const patience = { timeoutMs: 60_000, tries: 4 };
const firstPauseMs = 10_000;
const longestPauseMs = 10 * 60_000;

export class PaperEmbedder {
  private readonly context: EmbedContext;
  private failures = 0;
  private restsUntilMs = 0;

  constructor(context: EmbedContext) {
    this.context = context;
  }

  /** Until all papers have theirs, the signal, or a failure, which is logged. Returns how many changes were followed. */
  async run(signal: AbortSignal): Promise<number> {
    const { clock, follower } = this.context;
    if (clock().getTime() < this.restsUntilMs) return 0;
    let followed = 0;
    try {
      for (let batches = 1; !signal.aborted; batches++) {
        const count = await this.followBatch(signal);
        if (count === 0) break;
        followed += count;
        if (batches % batchesPerSave === 0) await follower.save();
      }
    } finally {
      await follower.save();
    }
    return followed;
  }

  /** 0: there was none, or the service failed. */
  private async followBatch(signal: AbortSignal): Promise<number> {
    const { db, follower } = this.context;
    if ((await latestChangeNumber(db)) <= follower.changeNumber) return 0;
    const changes = await listChanges(db, follower.changeNumber, batchSize);
    const texts = new Map(changes.flatMap(({ pk, paper }) => (paper ? [[pk, textOf(paper)] as const] : [])));
    const lacking = [...texts].filter(([pk, text]) => follower.lacks(pk, text)).map(([pk]) => pk);
    const made = await this.embedAll(
      lacking.map((pk) => texts.get(pk)!),
      signal,
    );
    if (typeof made === "string") return this.rest(made, signal);
    const vectors = new Map(lacking.map((pk, i) => [pk, made[i]!]));
    follower.apply(changes.map((change) => outsideChange(change, texts, vectors)));
    this.failures = 0;
    return changes.length;
  }

  /** Null for a text that the service does not take; a sentence when it failed. */
  private async embedAll(texts: string[], signal: AbortSignal): Promise<(Float32Array | null)[] | string> {
    if (texts.length === 0) return [];
    const outcome = await this.context.embeddings.embed(texts, { ...patience, signal });
    if ("vectors" in outcome) return this.checkLength(outcome.vectors);
    if (!outcome.refused) return this.noteFailure(outcome);
    if (texts.length === 1) return await this.giveUpOn(signal, outcome);
    const half = texts.length >> 1;
    const first = await this.embedAll(texts.slice(0, half), signal);
    if (typeof first === "string") return first;
    const second = await this.embedAll(texts.slice(half), signal);
    return typeof second === "string" ? second : [...first, ...second];
  }

  /** One text is not taken: its fault only if another one is. */
  private async giveUpOn(signal: AbortSignal, refusal: Failure): Promise<null[] | string> {
    const probe = await this.context.embeddings.embed(["paper"], { ...patience, signal });
    return "vectors" in probe ? [null] : this.noteFailure(refusal);
  }

  private checkLength(vectors: Float32Array[]): Float32Array[] | string {
    const { length } = vectors[0]!;
    if (this.context.follower.fits(length)) return vectors;
    return `its vectors are of ${length} components now, those that are kept are not; name the model otherwise, or take away the folder meaning/outside, to have all of them made again`;
  }

  private noteFailure({ failure, retryAfterMs }: Failure): string {
    this.restsUntilMs = this.context.clock().getTime() + (retryAfterMs ?? 0);
    return failure;
  }

  private rest(failure: string, signal: AbortSignal): number {
    if (signal.aborted) return 0;
    const { clock, log, embeddings } = this.context;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.failures++);
    this.restsUntilMs = Math.max(this.restsUntilMs, clock().getTime() + pauseMs);
    log.warn({ model: embeddings.name }, `the embeddings service gave no vectors: ${failure}`);
    return 0;
  }
}

type Failure = Exclude<Embedded, { vectors: unknown }>;

function textOf({ titleText, abstractText }: { titleText: string; abstractText: string }): string {
  return `${titleText}\n\n${abstractText}`.slice(0, mostCharacters).toWellFormed().trim();
}

/** `vector` is absent where what is kept still holds. */
function outsideChange(
  { changeNumber, pk, paper }: PaperChange,
  texts: ReadonlyMap<number, string>,
  vectors: ReadonlyMap<number, Float32Array | null>,
): OutsideChange {
  if (!paper) return { changeNumber, key: pk, paper: null };
  const made = vectors.has(pk) ? { vector: vectors.get(pk)! } : {};
  return { changeNumber, key: pk, paper: { text: texts.get(pk)!, ...made } };
}
