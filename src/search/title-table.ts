// Which papers of a finished segment have a title of a given hash: their numbers in order of the hashes' first bits, made when
// first asked for, in one walk over the hashes.

/** Papers in a bucket on average, or fewer. */
const bucketSize = 4;

export class TitleTable {
  private readonly hashes: Uint32Array;
  private readonly shift: number;
  /** By bucket: its first place among docs; one more at the end. */
  private readonly starts: Uint32Array;
  private readonly docs: Uint32Array;

  constructor(hashes: Uint32Array) {
    const bits = Math.max(1, Math.ceil(Math.log2(Math.max(1, hashes.length / bucketSize))));
    this.hashes = hashes;
    this.shift = 32 - bits;
    this.starts = new Uint32Array((1 << bits) + 1);
    this.docs = new Uint32Array(hashes.length);
    this.fill();
  }

  /** Counts the buckets, then deals the papers out. */
  private fill(): void {
    const { hashes, starts, docs, shift } = this;
    for (let doc = 0; doc < hashes.length; doc++) starts[(hashes[doc]! >>> shift) + 1]!++;
    for (let bucket = 1; bucket < starts.length; bucket++) starts[bucket]! += starts[bucket - 1]!;
    const next = starts.slice();
    for (let doc = 0; doc < hashes.length; doc++) docs[next[hashes[doc]! >>> shift]!++] = doc;
  }

  /** Rising. */
  find(hash: number): number[] {
    const bucket = hash >>> this.shift;
    const found: number[] = [];
    for (let i = this.starts[bucket]!; i < this.starts[bucket + 1]!; i++)
      if (this.hashes[this.docs[i]!] === hash) found.push(this.docs[i]!);
    return found;
  }
}
