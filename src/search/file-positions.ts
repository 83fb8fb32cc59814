// The places of a term in the papers of a finished segment, read group by group.
import { ByteReader, readUint32 } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { indexIn } from "./paper-list.ts";
import { readRecord, skipRecords } from "./place-records.ts";
import type { Postings } from "./postings.ts";
import type { Doc, Positions } from "./segment.ts";
import { placeGroupBits } from "./segment-format.ts";

/** A term's packed frequencies, a byte a posting, and behind them its places, as stored: at hand, or read piece by piece. */
export interface StoredPlaces {
  length: number;
  bytes: Uint8Array | null;
  /** Bytes from..to (not included); valid for the moment. */
  read(from: number, to: number): Uint8Array;
}

const empty = new Uint8Array(0);
const groupSize = 1 << placeGroupBits;

export class FilePositions implements Positions {
  readonly start = 0;
  end = 0;
  private readonly places = new IntList(16);
  private readonly stored: StoredPlaces;
  private readonly postings: Postings;
  /** Where the starts of groups are kept, and behind them the records. */
  private readonly groups: number;
  private readonly records: number;
  private readonly reader = new ByteReader(empty);
  /** Where the last search ended: papers often come in order. */
  private at = 0;
  /** The posting whose record the reader stands before; -1 before the first call. */
  private next = -1;

  constructor(stored: StoredPlaces, postings: Postings) {
    this.stored = stored;
    this.postings = postings;
    const groups = (postings.count + groupSize - 1) >> placeGroupBits;
    this.groups = postings.count;
    this.records = this.groups + 4 * Math.max(0, groups - 1);
  }

  get data(): Int32Array {
    return this.places.data;
  }

  moveTo(doc: Doc, known = -1): boolean {
    const posting = known >= 0 ? known : this.indexOf(doc);
    if (posting < 0) return false;
    const { reader } = this;
    const first = this.nearest(posting);
    // The frequencies alone are read: a look at one paper does not bring in the whole list.
    const { bytes } = this.stored;
    const codes = bytes ?? this.stored.read(first, posting + 1);
    const base = bytes ? 0 : first;
    skipRecords(reader, codes, first - base, posting - base);
    this.end = readRecord(reader, codes[posting - base]!, this.places);
    this.next = posting + 1;
    return true;
  }

  private indexOf(doc: Doc): number {
    if (this.postings.table) return indexIn(this.postings, doc);
    const { docs } = this.postings;
    const posting = indexIn(this.postings, doc, docs[this.at]! <= doc ? this.at : 0);
    if (posting >= 0) this.at = posting;
    return posting;
  }

  /** The posting whose record the reader stands before, moved to the group where that is nearer to the wanted one. */
  private nearest(posting: number): number {
    const { next } = this;
    const group = posting >> placeGroupBits;
    // Papers that come in order are often in the group of the one before.
    if (next <= posting && next > group << placeGroupBits) return next;
    this.openGroup(group);
    return group << placeGroupBits;
  }

  private openGroup(group: number): void {
    const { bytes } = this.stored;
    const start = this.groupStart(group);
    this.reader.bytes = bytes ?? this.stored.read(start, this.groupStart(group + 1));
    this.reader.at = bytes ? start : 0;
  }

  /** For the group after the last: where the places end. */
  private groupStart(group: number): number {
    if (group === 0) return this.records;
    const at = this.groups + 4 * (group - 1);
    if (at >= this.records) return this.stored.length;
    const { bytes } = this.stored;
    return this.records + (bytes ? readUint32(bytes, at) : readUint32(this.stored.read(at, at + 4), 0));
  }
}
