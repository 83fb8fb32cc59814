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
/** Bytes read at once: papers that come in order need the next ones soon. */
const windowBytes = 512;

/** A piece of what is stored, moved to where it is needed. */
class StoredWindow {
  bytes: Uint8Array = empty;
  start = 0;
  private readonly stored: StoredPlaces;

  constructor(stored: StoredPlaces) {
    this.stored = stored;
    if (stored.bytes) this.bytes = stored.bytes;
  }

  /** Where `from` stands in `bytes`, which hold all up to `to` (not included). */
  reach(from: number, to: number): number {
    if (from < this.start || to > this.start + this.bytes.length) {
      this.start = from;
      this.bytes = this.stored.read(from, Math.min(this.stored.length, Math.max(to, from + windowBytes)));
    }
    return from - this.start;
  }
}

const groupSize = 1 << placeGroupBits;

export class FilePositions implements Positions {
  readonly start = 0;
  end = 0;
  private readonly places = new IntList(16);
  private readonly length: number;
  private readonly postings: Postings;
  /** Packed frequencies, starts of groups, records: three places in what is stored. */
  private readonly codes: StoredWindow;
  private readonly starts: StoredWindow;
  private readonly read: StoredWindow;
  /** Where the starts of groups are kept, and behind them the records. */
  private readonly groups: number;
  private readonly records: number;
  private readonly reader = new ByteReader(empty);
  /** Where the last search ended: papers often come in order. */
  private at = 0;
  /** The posting whose record the reader stands before; -1 before the first call. */
  private next = -1;

  constructor(stored: StoredPlaces, postings: Postings) {
    this.length = stored.length;
    this.codes = new StoredWindow(stored);
    this.starts = new StoredWindow(stored);
    this.read = new StoredWindow(stored);
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
    const { reader, codes } = this;
    const first = this.nearest(posting);
    // The frequencies alone are read: a look at one paper does not bring in the whole list.
    const at = codes.reach(first, posting + 1);
    const own = at + posting - first;
    skipRecords(reader, codes.bytes, at, own);
    this.end = readRecord(reader, codes.bytes[own]!, this.places);
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
    const { reader, read } = this;
    reader.at = read.reach(this.groupStart(group), this.groupStart(group + 1));
    reader.bytes = read.bytes;
  }

  /** For the group after the last: where the places end. */
  private groupStart(group: number): number {
    if (group === 0) return this.records;
    const from = this.groups + 4 * (group - 1);
    if (from >= this.records) return this.length;
    const at = this.starts.reach(from, from + 4);
    return this.records + readUint32(this.starts.bytes, at);
  }
}
