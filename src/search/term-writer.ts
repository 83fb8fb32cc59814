// Writes the terms of a segment in the order of their stems: dictionary, postings and places.
import { ByteWriter } from "./bytes.ts";
import { DictionaryWriter } from "./dictionary.ts";
import { IntList } from "./int-list.ts";
import { pageSize } from "./segment-format.ts";
import type { SegmentOutput } from "./segment-output.ts";
import type { TermBuffer } from "./term-buffer.ts";

export class TermWriter {
  private readonly output: SegmentOutput;
  private readonly dictionary = new DictionaryWriter();
  private readonly papers = new IntList();
  /** Offsets in the inverted section: may pass 2^31, so they are kept as bits and read unsigned. */
  private readonly postingStarts = new IntList();
  private readonly placeStarts = new IntList();
  private readonly bytes = new ByteWriter();
  /** Where `bytes` will stand in the section. */
  private offset = 0;

  constructor(output: SegmentOutput) {
    this.output = output;
  }

  get count(): number {
    return this.papers.length;
  }

  /** Adds a stem above all before it. */
  add(stem: ByteWriter, postings: TermBuffer): void {
    this.dictionary.add(stem.data, stem.length);
    this.papers.push(postings.count);
    this.postingStarts.push(this.offset + this.bytes.length);
    postings.writePostings(this.bytes);
    this.placeStarts.push(this.offset + this.bytes.length);
    postings.writePlaces(this.bytes);
    if (this.bytes.length >= pageSize) this.writeBytes();
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
  }
}
