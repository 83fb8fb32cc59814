// Which papers of a segment are gone, and how many of them held each term: what keeps document frequencies exact.
import { ByteReader, ByteWriter } from "./bytes.ts";

export class RemovedPapers {
  private readonly gone: Set<number>;
  private readonly counts: Map<number, number>;

  constructor(docs: Iterable<number> = [], termCounts: Iterable<[number, number]> = []) {
    this.gone = new Set(docs);
    this.counts = new Map(termCounts);
  }

  get count(): number {
    return this.gone.size;
  }

  has(doc: number): boolean {
    return this.gone.size > 0 && this.gone.has(doc);
  }

  /** Removed papers that hold the term. */
  countWith(term: number): number {
    return this.counts.size > 0 ? (this.counts.get(term) ?? 0) : 0;
  }

  /** Marks a paper as gone; `terms` are those it holds. Nothing changes when it was gone already. */
  add(doc: number, terms: Iterable<number>): void {
    if (this.gone.has(doc)) return;
    this.gone.add(doc);
    for (const term of terms) this.counts.set(term, (this.counts.get(term) ?? 0) + 1);
  }

  /** Rising. */
  docs(): number[] {
    return [...this.gone].sort((a, b) => a - b);
  }

  /** Papers, then terms with their counts, both rising, as gaps. */
  encode(): Uint8Array {
    const out = new ByteWriter(1024);
    writeRising(out, this.docs());
    const terms = [...this.counts.keys()].sort((a, b) => a - b);
    writeRising(out, terms);
    for (const term of terms) out.varint(this.counts.get(term)!);
    return out.view();
  }

  static decode(bytes: Uint8Array): RemovedPapers {
    const reader = new ByteReader(bytes);
    const docs = readRising(reader);
    const terms = readRising(reader);
    return new RemovedPapers(
      docs,
      terms.map((term) => [term, reader.varint()]),
    );
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
