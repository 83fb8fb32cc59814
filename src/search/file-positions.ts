// The places of a term in the papers of a finished segment, read group by group.
import { ByteReader, readUint32 } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { type Postings, seek } from "./postings.ts";
import type { Section } from "./section.ts";
import type { Doc, Positions } from "./segment.ts";
import { placeGroupBits } from "./segment-format.ts";
import { readRecord, skipRecord } from "./term-buffer.ts";

export class FilePositions implements Positions {
  readonly start = 0;
  end = 0;
  private readonly places = new IntList(16);
  private readonly section: Section;
  private readonly region: { start: number; end: number };
  private readonly postings: Postings;
  /** Where the records begin, after the starts of groups. */
  private readonly records: number;

  constructor(section: Section, region: { start: number; end: number }, postings: Postings) {
    this.section = section;
    this.region = region;
    this.postings = postings;
    const groups = (postings.docs.length + (1 << placeGroupBits) - 1) >> placeGroupBits;
    this.records = region.start + 4 * Math.max(0, groups - 1);
  }

  get data(): Int32Array {
    return this.places.data;
  }

  moveTo(doc: Doc): boolean {
    const { docs, codes } = this.postings;
    const posting = seek(docs, doc, 0);
    if (docs[posting] !== doc) return false;
    const group = posting >> placeGroupBits;
    const reader = new ByteReader(this.section.read(this.groupStart(group), this.groupEnd(group)));
    for (let i = group << placeGroupBits; i < posting; i++) skipRecord(reader, codes[i]!);
    this.end = readRecord(reader, codes[posting]!, this.places);
    return true;
  }

  private groupStart(group: number): number {
    if (group === 0) return this.records;
    const at = this.region.start + 4 * (group - 1);
    return this.records + readUint32(this.section.read(at, at + 4), 0);
  }

  private groupEnd(group: number): number {
    const next = this.region.start + 4 * group;
    return next < this.records ? this.groupStart(group + 1) : this.region.end;
  }
}
