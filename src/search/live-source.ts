// A live segment as the source of a finished one.
import { ByteWriter } from "./bytes.ts";
import { compareBytes } from "./dictionary.ts";
import type { LiveSegment } from "./live-segment.ts";
import type { BuildSource } from "./segment-build.ts";
import { encodeStored } from "./stored-paper.ts";
import type { TermBuffer } from "./term-buffer.ts";

const encoder = new TextEncoder();

/** Reads a live segment that takes no more papers. */
export class LiveSource implements BuildSource {
  readonly size: number;
  readonly termCount: number;
  private readonly segment: LiveSegment;
  private readonly lengths: Uint32Array;
  private readonly removed: ReadonlySet<number>;
  term = -1;
  readonly stem = new ByteWriter(64);
  private sorted: number[] = [];
  private next = 0;
  /** Postings of the term, oldest first, and how many are copied. */
  private open: Int32Array = new Int32Array(0);
  private copied = 0;

  constructor(segment: LiveSegment) {
    this.segment = segment;
    this.size = segment.size;
    this.termCount = segment.postings.stems.length;
    this.lengths = segment.lengths;
    this.removed = new Set(segment.removed.docs());
  }

  listDocs(): Int32Array {
    const { papers } = this.segment;
    return new Int32Array(this.size)
      .map((_, doc) => doc)
      .filter((doc) => !this.removed.has(doc))
      .sort((a, b) => papers[a]!.key - papers[b]!.key);
  }

  keyOf(doc: number): number {
    return this.segment.keyOf(doc);
  }

  lengthsOf(doc: number): number {
    return this.lengths[doc]!;
  }

  titleHashOf(doc: number): number {
    return this.segment.titleHashOf(doc);
  }

  readStored(doc: number): Uint8Array {
    return encodeStored(this.segment.papers[doc]!);
  }

  readTerms(doc: number): Int32Array {
    return this.segment.postings.termsOf(doc);
  }

  *sortTerms(): Generator<void> {
    this.sorted = yield* sortTerms(this.segment.postings.stems);
  }

  nextTerm(): boolean {
    if (this.next === this.sorted.length) return false;
    this.term = this.sorted[this.next++]!;
    writeStem(this.segment.postings.stems[this.term]!, this.stem);
    this.open = this.segment.postings.list(this.term);
    this.copied = 0;
    return true;
  }

  copyPostings(newDocs: Int32Array, into: TermBuffer, limit: number): boolean {
    const { postings } = this.segment;
    const { data } = postings.places;
    const end = Math.min(this.open.length, this.copied + limit);
    for (let i = this.copied; i < end; i++) {
      const posting = this.open[i]!;
      const newDoc = newDocs[postings.doc(posting)]!;
      if (newDoc < 0) continue;
      into.addPlaces(newDoc, postings.code(posting), data, postings.start(posting), postings.end(posting));
    }
    this.copied = end;
    return end === this.open.length;
  }
}

/** Nearly all stems are ASCII and short: no encoder is called for them. */
function writeStem(stem: string, out: ByteWriter): void {
  out.clear();
  for (let i = 0; i < stem.length; i++) {
    const code = stem.charCodeAt(i);
    if (code > 127) {
      out.clear();
      out.raw(encoder.encode(stem));
      return;
    }
    out.byte(code);
  }
}

/** Stems sorted at once between two steps. */
const sortedAtOnce = 4096;

/** The terms in order of their stems' UTF-8 bytes: sorted piecewise, then merged. */
function* sortTerms(stems: readonly string[]): Generator<void, number[]> {
  const compareStems = stems.some((stem) => surrogate.test(stem)) ? compareEncoded : compareUnits;
  const compare = (a: number, b: number) => compareStems(stems[a]!, stems[b]!);
  let runs: number[][] = [];
  for (let start = 0; start < stems.length; start += sortedAtOnce) {
    const length = Math.min(sortedAtOnce, stems.length - start);
    runs.push(Array.from({ length }, (_, i) => start + i).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: number[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(yield* mergeRuns(runs[i]!, runs[i + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

type Compare = (a: number, b: number) => number;

function* mergeRuns(a: number[], b: number[], compare: Compare): Generator<void, number[]> {
  const merged: number[] = [];
  let i = 0;
  let k = 0;
  while (i < a.length || k < b.length) {
    const takeFirst = k === b.length || (i < a.length && compare(a[i]!, b[k]!) < 0);
    merged.push(takeFirst ? a[i++]! : b[k++]!);
    if (merged.length % sortedAtOnce === 0) yield;
  }
  return merged;
}

const surrogate = /[\ud800-\udfff]/;

/** Order of UTF-16 units, which is that of the UTF-8 bytes where there are no surrogates. */
function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareEncoded(a: string, b: string): number {
  return compareBytes(encoder.encode(a), encoder.encode(b));
}
