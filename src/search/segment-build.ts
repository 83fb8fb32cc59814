// Makes one finished segment out of others: the live one is sealed and several are merged by the same work, done in steps
// so that it can be spread between queries.
import { ByteWriter } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import { ColumnWriter } from "./file-columns.ts";
import { formatVersion, leastCommon } from "./segment-format.ts";
import { SegmentOutput, type Sink } from "./segment-output.ts";
import { TermBuffer } from "./term-buffer.ts";
import { TermMerger } from "./term-merger.ts";
import { TermWriter } from "./term-writer.ts";

/** A segment as it is read while another is made of it. Papers removed after the work began stay in. */
export interface BuildSource {
  readonly size: number;
  /** Its papers by rising key, removed ones left out. */
  listDocs(): Int32Array;
  keyOf(doc: number): number;
  /** Packed field lengths. */
  lengthsOf(doc: number): number;
  titleHashOf(doc: number): number;
  /** Id and title as stored (stored-paper.ts), of papers by rising key; valid until the next. */
  readStored(doc: number): Uint8Array;
  readColumns(): Generator<void, Columns>;
  /** Puts the terms in order, in steps; before the first of them is asked for. */
  sortTerms(): Generator<void>;
  /** Moves to the next term in order of the stems' bytes; false when there is none. */
  nextTerm(): boolean;
  /** The bytes of the term's stem, valid until the next. */
  readonly stem: ByteWriter;
  /**
   * Copies up to `limit` (a multiple of 8) further postings of that term under the papers' new numbers (those with -1 stay
   * behind); true when there are no more.
   */
  copyPostings(newDocs: Int32Array, into: TermBuffer, limit: number): boolean;
}

/** Numbers of papers listed between two yields. */
const numbersPerStep = 8_192;
/** Postings, or papers put in order, between two yields: less than a millisecond. */
const stepSize = 2048;
/** A term costs about as much as so many postings, however few it has. */
const termWork = 8;

/** Writes the segment; yields after every step. Returns the length of what was written. */
export function* buildSegment(sources: readonly BuildSource[], sink: Sink): Generator<void, number> {
  const output = new SegmentOutput(sink);
  const papers = yield* orderPapers(sources);
  const lengths = yield* listNumbers(sources, papers, (source, doc) => source.lengthsOf(doc));
  const terms = new TermWriter(output, lengths);
  yield* writeTerms(sources, papers, terms);
  const storedEnds = yield* writePapers(papers, output, (source, doc, out) => {
    out.raw(sources[source]!.readStored(doc));
  });
  output.endSection("stored");
  const read: Columns[] = [];
  for (const source of sources) read.push(yield* source.readColumns());
  const columns = new ColumnWriter(read);
  yield* writePapers(papers, output, (source, doc, out) => columns.writeRow(source, doc, out));
  output.endSection("columns");
  yield* output.table("labelNames", columns.encodeNames());
  yield* output.table("storedEnds", storedEnds);
  yield* terms.writeTables();
  yield* output.table("lengths", lengths);
  const keys = yield* listNumbers(sources, papers, (source, doc) => source.keyOf(doc));
  yield* output.table("keys", keys);
  const titleHashes = yield* listNumbers(sources, papers, (source, doc) => source.titleHashOf(doc));
  yield* output.table("titleHashes", titleHashes);
  return yield* output.end(papers.count, terms.count, formatVersion);
}

/** The papers that go in, by rising key: their order in the new segment. */
interface BuildPapers {
  count: number;
  /** Beside each other: index of the source, doc in it. */
  sources: Uint8Array;
  docs: Int32Array;
}

function* orderPapers(sources: readonly BuildSource[]): Generator<void, BuildPapers> {
  const lists: Int32Array[] = [];
  for (const source of sources) {
    lists.push(source.listDocs());
    yield;
  }
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  const papers = { count, sources: new Uint8Array(count), docs: new Int32Array(count) };
  const at = lists.map(() => 0);
  const keyOf = (source: number) => sources[source]!.keyOf(lists[source]![at[source]!]!);
  for (let paper = 0; paper < count; paper++) {
    let least = -1;
    for (let source = 0; source < lists.length; source++) {
      if (at[source]! === lists[source]!.length) continue;
      if (least < 0 || keyOf(source) < keyOf(least)) least = source;
    }
    papers.sources[paper] = least;
    papers.docs[paper] = lists[least]![at[least]!++]!;
    if (paper % stepSize === stepSize - 1) yield;
  }
  return papers;
}

/** Terms that only removed papers held stay behind. */
function* writeTerms(
  sources: readonly BuildSource[],
  papers: BuildPapers,
  terms: TermWriter,
): Generator<void> {
  const newDocs = yield* renumber(sources, papers);
  for (const source of sources) yield* source.sortTerms();
  const merger = new TermMerger(sources);
  const buffer = new TermBuffer(papers.count);
  let work = 0;
  while (merger.next()) {
    buffer.clear();
    for (const at of merger.holders) {
      while (!sources[at]!.copyPostings(newDocs[at]!, buffer, stepSize)) yield;
    }
    work += buffer.count + termWork * merger.holders.length;
    if (!buffer.isRising) yield* buffer.sort();
    if (buffer.count >= leastCommon) yield* terms.addCommon(merger.stem, buffer);
    else if (buffer.count > 0) terms.add(merger.stem, buffer);
    if (work < stepSize) continue;
    work = 0;
    yield;
  }
  terms.endSection();
}

/** By source and its doc: the number in the new segment, -1 for removed papers. */
function* renumber(sources: readonly BuildSource[], papers: BuildPapers): Generator<void, Int32Array[]> {
  const newDocs = sources.map((source) => new Int32Array(source.size).fill(-1));
  yield;
  for (let paper = 0; paper < papers.count; paper++) {
    newDocs[papers.sources[paper]!]![papers.docs[paper]!] = paper;
    if (paper % numbersPerStep === numbersPerStep - 1) yield;
  }
  return newDocs;
}

const papersPerStep = 256;

/** Writes something of every paper to the section; returns where each paper's part ends. */
function* writePapers(
  papers: BuildPapers,
  output: SegmentOutput,
  write: (source: number, doc: number, out: ByteWriter) => void,
): Generator<void, Uint32Array> {
  const ends = new Uint32Array(papers.count);
  const bytes = new ByteWriter();
  let offset = 0;
  for (let paper = 0; paper < papers.count; paper++) {
    write(papers.sources[paper]!, papers.docs[paper]!, bytes);
    ends[paper] = offset + bytes.length;
    if (paper % papersPerStep !== papersPerStep - 1 && paper !== papers.count - 1) continue;
    output.write(bytes.view());
    offset += bytes.length;
    bytes.clear();
    yield;
  }
  return ends;
}

/** A number of every paper. */
function* listNumbers(
  sources: readonly BuildSource[],
  papers: BuildPapers,
  read: (source: BuildSource, doc: number) => number,
): Generator<void, Uint32Array> {
  const numbers = new Uint32Array(papers.count);
  for (let i = 0; i < papers.count; i++) {
    numbers[i] = read(sources[papers.sources[i]!]!, papers.docs[i]!);
    if (i % numbersPerStep === numbersPerStep - 1) yield;
  }
  yield;
  return numbers;
}
