// Which papers of a finished segment have a title of a given hash: their numbers in order of the hashes' first bits. It is made
// piece by piece with the first look-ups, so that none of them waits for the whole; until then the hashes are walked.

/** Papers in a bucket on average, or fewer. */
const bucketSize = 4;
/** Papers that are put in order with every look-up. */
const pieceSize = 1 << 16;

export class TitleTable {
  private readonly hashes: Uint32Array;
  private readonly shift: number;
  /** By bucket: its first place among docs; one more at the end. */
  private readonly starts: Uint32Array;
  private readonly docs: Uint32Array;
  /** By bucket: where its next paper goes; null until all are counted. */
  private next: Uint32Array | null = null;
  /** Papers that were counted or, after that, dealt out. */
  private done = 0;
  private complete = false;

  constructor(hashes: Uint32Array) {
    const bits = Math.max(1, Math.ceil(Math.log2(Math.max(1, hashes.length / bucketSize))));
    this.hashes = hashes;
    this.shift = 32 - bits;
    this.starts = new Uint32Array((1 << bits) + 1);
    this.docs = new Uint32Array(hashes.length);
  }

  /** Rising. */
  find(hash: number): number[] {
    if (!this.complete) this.step();
    return this.complete ? this.look(hash) : this.walk(hash);
  }

  /** Counts the buckets, then deals the papers out. */
  private step(): void {
    const { hashes, starts, docs, shift, next } = this;
    const end = Math.min(hashes.length, this.done + pieceSize);
    if (next) for (let doc = this.done; doc < end; doc++) docs[next[hashes[doc]! >>> shift]!++] = doc;
    else for (let doc = this.done; doc < end; doc++) starts[(hashes[doc]! >>> shift) + 1]!++;
    this.done = end;
    if (end < hashes.length) return;
    this.complete = next !== null;
    if (next) this.next = null;
    else this.startDealing();
  }

  private startDealing(): void {
    const { starts } = this;
    for (let bucket = 1; bucket < starts.length; bucket++) starts[bucket]! += starts[bucket - 1]!;
    this.next = starts.slice();
    this.done = 0;
  }

  private look(hash: number): number[] {
    const bucket = hash >>> this.shift;
    const found: number[] = [];
    for (let i = this.starts[bucket]!; i < this.starts[bucket + 1]!; i++)
      if (this.hashes[this.docs[i]!] === hash) found.push(this.docs[i]!);
    return found;
  }

  private walk(hash: number): number[] {
    const found: number[] = [];
    for (let doc = this.hashes.indexOf(hash); doc >= 0; doc = this.hashes.indexOf(hash, doc + 1))
      found.push(doc);
    return found;
  }
}
