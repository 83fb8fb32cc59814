// Which papers of a segment are gone, and how many of them held a term: what keeps document frequencies exact.
import { type Bits, countInWord, dropAll, forEachBit, hasBit, noBits } from "./bits.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { indexIn, type PaperList } from "./paper-list.ts";

/** Of so many terms it is remembered how many of the removed papers hold them. */
const mostCounted = 2_048;

interface Counted {
  papers: number;
  /** So many of the removed papers, in the order in which they went, have been looked at. */
  seen: number;
}

/** Papers that hold a term. */
type TermPapers = Pick<PaperList, "docs" | "table">;

export class RemovedPapers {
  /** As far as papers have gone. */
  private gone: Bits = noBits(0);
  /** In the order in which they went. */
  private readonly order = new IntList(16);
  private readonly counted = new Map<number, Counted>();

  constructor(docs: Iterable<number> = []) {
    for (const doc of docs) this.add(doc);
  }

  get count(): number {
    return this.order.length;
  }

  has(doc: number): boolean {
    return hasBit(this.gone, doc);
  }

  /** Takes them out of a set. */
  dropFrom(bits: Bits): void {
    dropAll(bits.subarray(0, this.gone.length), this.gone.subarray(0, bits.length));
  }

  /** Removed papers that hold the term; `readPapers` gives all papers that do, and is asked only when one has gone. */
  countWith(term: number, readPapers: () => TermPapers): number {
    if (this.count === 0) return 0;
    const counted = this.counted.get(term) ?? this.startCounting(term);
    if (counted.seen < this.count) {
      const papers = readPapers();
      counted.papers =
        counted.seen === 0 ? this.countIn(papers) : counted.papers + this.countSince(counted.seen, papers);
      counted.seen = this.count;
    }
    return counted.papers;
  }

  private startCounting(term: number): Counted {
    const counted = { papers: 0, seen: 0 };
    if (this.counted.size === mostCounted) this.counted.clear();
    this.counted.set(term, counted);
    return counted;
  }

  /** By what is fewer: all that may have gone, or all that hold the term. */
  private countIn(papers: TermPapers): number {
    const { gone } = this;
    let count = 0;
    if (papers.table) {
      const { bits } = papers.table;
      for (let i = Math.min(bits.length, gone.length) - 1; i >= 0; i--)
        count += countInWord(bits[i]! & gone[i]!);
      return count;
    }
    const { docs } = papers;
    if (docs.length > this.count) return this.countSince(0, papers);
    for (let i = 0; i < docs.length; i++) if (hasBit(gone, docs[i]!)) count++;
    return count;
  }

  private countSince(seen: number, papers: TermPapers): number {
    let count = 0;
    for (const doc of this.since(seen)) if (indexIn(papers, doc) >= 0) count++;
    return count;
  }

  /** Marks a paper as gone. Nothing changes when it was gone already. */
  add(doc: number): void {
    if (this.has(doc)) return;
    const word = doc >>> 5;
    if (word >= this.gone.length) this.grow(word + 1);
    this.gone[word]! |= 1 << (doc & 31);
    this.order.push(doc);
  }

  private grow(words: number): void {
    const larger = new Uint32Array(Math.max(words, 2 * this.gone.length));
    larger.set(this.gone);
    this.gone = larger;
  }

  /** Those that went after the first so many, in the order in which they went. */
  since(count: number): Int32Array {
    return this.order.data.subarray(count, this.order.length);
  }

  /** Rising. */
  docs(): number[] {
    const docs: number[] = [];
    forEachBit(this.gone, (doc) => docs.push(doc));
    return docs;
  }

  /** The papers, rising, as gaps. */
  encode(): Uint8Array {
    const out = new ByteWriter(1024);
    writeRising(out, this.docs());
    return out.view();
  }

  static decode(bytes: Uint8Array): RemovedPapers {
    return new RemovedPapers(readRising(new ByteReader(bytes)));
  }
}

function writeRising(out: ByteWriter, numbers: readonly number[]): void {
  out.varint(numbers.length);
  let before = 0;
  for (const number of numbers) {
    out.varint(number - before);
    before = number;
  }
}

function readRising(reader: ByteReader): number[] {
  let number = 0;
  return Array.from({ length: reader.varint() }, () => {
    number += reader.varint();
    return number;
  });
}
