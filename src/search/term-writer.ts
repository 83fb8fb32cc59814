// Writes the terms of a segment in the order of their stems: dictionary, postings and places.
import { ByteWriter } from "./bytes.ts";
import { CommonTermsWriter } from "./common-terms.ts";
import { DictionaryWriter } from "./dictionary.ts";
import { IntList } from "./int-list.ts";
import { findLargestInSteps } from "./largest-bounds.ts";
import { type RisingPostings, writePostings } from "./rising-postings.ts";
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
    this.addPostings(stem, postings.list());
    postings.writePlaces(this.bytes);
    this.papers.push(postings.count);
    if (this.bytes.length >= pageSize) this.writeBytes();
  }

  /** The same of a stem that more papers hold, in steps. */
  *addCommon(stem: ByteWriter, postings: TermBuffer): Generator<void> {
    const listed = postings.list();
    this.addPostings(stem, listed);
    yield;
    yield* this.writeInSteps(postings.writeLongPlaces(this.bytes));
    const largest = yield* findLargestInSteps({ ...listed, lengths: this.lengths });
    this.common.add(this.count, this.offset + this.bytes.length, largest);
    yield* this.writeInSteps(writeTitled(listed, this.bytes));
    this.papers.push(postings.count);
  }

  private *writeInSteps(steps: Generator<void>): Generator<void> {
    for (const _ of steps) {
      this.writeBytes();
      yield;
    }
  }

  private addPostings(stem: ByteWriter, listed: RisingPostings): void {
    const { bytes } = this;
    this.dictionary.add(stem.data, stem.length);
    this.postingStarts.push(this.offset + bytes.length);
    writePostings(listed, this.lengths.length, bytes);
    this.placeStarts.push(this.offset + bytes.length);
  }

  private writeBytes(): void {
    this.output.write(this.bytes.view());
    this.offset += this.bytes.length;
    this.bytes.clear();
  }

  /** Ends the inverted section. */
  end(): void {
    this.writeBytes();
    this.postingStarts.push(this.offset);
    this.output.endSection("inverted");
  }

  *writeTables(): Generator<void> {
    this.output.table("terms", this.dictionary.bytes.view());
    yield;
    this.output.table("termBlocks", Uint32Array.from(this.dictionary.blocks));
    this.output.table("termPapers", this.papers.view());
    yield;
    this.output.table("postingStarts", this.postingStarts.view());
    this.output.table("placeStarts", this.placeStarts.view());
    yield;
    this.common.writeTables(this.output);
    yield;
  }
}
