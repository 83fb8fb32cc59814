// Writes the terms of a segment in the order of their stems: dictionary, postings and places.
import { ByteWriter } from "./bytes.ts";
import { CommonTermsWriter } from "./common-terms.ts";
import { DictionaryWriter } from "./dictionary.ts";
import { IntList } from "./int-list.ts";
import { findLargestInSteps } from "./largest-bounds.ts";
import { writeLongPostings, writePostings } from "./rising-postings.ts";
import { pageSize } from "./segment-format.ts";
import type { SegmentOutput } from "./segment-output.ts";
import type { TermBuffer } from "./term-buffer.ts";
import { writeTitled } from "./titled-lists.ts";

export class TermWriter {
  private readonly output: SegmentOutput;
  private readonly lengths: Uint32Array;
  private readonly common = new CommonTermsWriter();
  private readonly dictionary = new DictionaryWriter();
  private readonly papers = new IntList();
  /** Offsets in the inverted section: may pass 2^31, so they are kept as bits and read unsigned. */
  private readonly postingStarts = new IntList();
  private readonly placeStarts = new IntList();
  private readonly bytes = new ByteWriter();
  /** Where `bytes` will stand in the section. */
  private offset = 0;

  /** `lengths` are the packed lengths of all papers of the segment. */
  constructor(output: SegmentOutput, lengths: Uint32Array) {
    this.output = output;
    this.lengths = lengths;
  }

  get count(): number {
    return this.papers.length;
  }

  /** Adds a stem above all before it, which fewer than `leastCommon` papers hold. */
  add(stem: ByteWriter, postings: TermBuffer): void {
    this.begin(stem);
    writePostings(postings.list(), this.lengths.length, this.bytes);
    this.placeStarts.push(this.end);
    postings.writePlaces(this.bytes);
    this.papers.push(postings.count);
    if (this.bytes.length >= pageSize) this.writeBytes();
  }

  /** The same of a stem that more papers hold, in steps. */
  *addCommon(stem: ByteWriter, postings: TermBuffer): Generator<void> {
    const listed = postings.list();
    this.begin(stem);
    yield* this.writeInSteps(writeLongPostings(listed, this.lengths.length, this.bytes));
    this.placeStarts.push(this.end);
    yield* this.writeInSteps(postings.writeLongPlaces(this.bytes));
    const largest = yield* findLargestInSteps({ ...listed, lengths: this.lengths });
    this.common.add(this.count, this.end, largest);
    yield* this.writeInSteps(writeTitled(listed, this.bytes));
    this.papers.push(postings.count);
  }

  private *writeInSteps(steps: Generator<void>): Generator<void> {
    for (const _ of steps) {
      this.writeBytes();
      yield;
    }
  }

  private begin(stem: ByteWriter): void {
    this.dictionary.add(stem.data, stem.length);
    this.postingStarts.push(this.end);
  }

  /** Where what is written next stands in the section. */
  private get end(): number {
    return this.offset + this.bytes.length;
  }

  private writeBytes(): void {
    this.output.write(this.bytes.view());
    this.offset += this.bytes.length;
    this.bytes.clear();
  }

  /** Ends the inverted section. */
  endSection(): void {
    this.writeBytes();
    this.postingStarts.push(this.offset);
    this.output.endSection("inverted");
  }

  *writeTables(): Generator<void> {
    const { output } = this;
    yield* output.table("terms", this.dictionary.bytes.view());
    yield* output.table("termBlocks", Uint32Array.from(this.dictionary.blocks));
    yield* output.table("termPapers", this.papers.view());
    yield* output.table("postingStarts", this.postingStarts.view());
    yield* output.table("placeStarts", this.placeStarts.view());
    yield* this.common.writeTables(output);
  }
}
