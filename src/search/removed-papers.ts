// Which papers of a segment are gone, and how many of them held a term: what keeps document frequencies exact.
import { ByteReader, ByteWriter } from "./bytes.ts";
import { seek } from "./paper-list.ts";

/** Of so many terms it is remembered how many of the removed papers hold them. */
const mostCounted = 2_048;

interface Counted {
  papers: number;
  /** So many of the removed papers, in the order in which they went, have been looked at. */
  seen: number;
}

export class RemovedPapers {
  private readonly gone: Set<number>;
  /** In the order in which they went. */
  private readonly order: number[];
  private readonly counted = new Map<number, Counted>();

  constructor(docs: Iterable<number> = []) {
    this.gone = new Set(docs);
    this.order = [...this.gone];
  }

  get count(): number {
    return this.gone.size;
  }

  has(doc: number): boolean {
    return this.gone.size > 0 && this.gone.has(doc);
  }

  /** Removed papers that hold the term; `readDocs` gives all papers that do, rising, and is asked only when one has gone. */
  countWith(term: number, readDocs: () => Int32Array): number {
    if (this.order.length === 0) return 0;
    const counted = this.counted.get(term) ?? this.startCounting(term);
    if (counted.seen < this.order.length) {
      const docs = readDocs();
      for (; counted.seen < this.order.length; counted.seen++) {
        const doc = this.order[counted.seen]!;
        if (docs[seek(docs, doc, 0)] === doc) counted.papers++;
      }
    }
    return counted.papers;
  }

  private startCounting(term: number): Counted {
    const counted = { papers: 0, seen: 0 };
    if (this.counted.size === mostCounted) this.counted.clear();
    this.counted.set(term, counted);
    return counted;
  }

  /** Marks a paper as gone. Nothing changes when it was gone already. */
  add(doc: number): void {
    if (this.gone.has(doc)) return;
    this.gone.add(doc);
    this.order.push(doc);
  }

  /** Rising. */
  docs(): number[] {
    return [...this.gone].sort((a, b) => a - b);
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
