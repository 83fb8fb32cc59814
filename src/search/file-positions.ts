// The places of a term in the papers of a finished segment, read group by group.
import { ByteReader, readUint32 } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { indexIn } from "./paper-list.ts";
import { readRecord, skipRecords } from "./place-records.ts";
import type { Postings } from "./postings.ts";
import type { Section } from "./section.ts";
import type { Doc, Positions } from "./segment.ts";
import { pageBits, pageSize, placeGroupBits } from "./segment-format.ts";

/** A term's packed frequencies, a byte a posting, and behind them its places, as stored: at hand, or read page by page. */
export interface StoredPlaces {
  length: number;
  bytes: Uint8Array | null;
  /** Where they lie, from `offset` on. */
  section: Pick<Section, "read" | "page">;
  offset: number;
}

const empty = new Uint8Array(0);

/** A page of what is stored, or a piece over the edges of pages, moved to where it is needed. */
class StoredWindow {
  bytes: Uint8Array = empty;
  /** Where they begin; below 0 where the page begins before. */
  start = 0;
  private readonly stored: StoredPlaces;

  constructor(stored: StoredPlaces) {
    this.stored = stored;
    if (stored.bytes) this.bytes = stored.bytes;
  }

  /** Where `from` stands in `bytes`, which hold all up to `to` (not included). */
  reach(from: number, to: number): number {
    if (from < this.start || to > this.start + this.bytes.length) this.move(from, to);
    return from - this.start;
  }

  private move(from: number, to: number): void {
    const { section, offset } = this.stored;
    const page = (offset + from) >>> pageBits;
    const inOne = (offset + to - 1) >>> pageBits === page;
    this.bytes = inOne ? section.page(page) : section.read(offset + from, offset + to);
    this.start = inOne ? page * pageSize - offset : from;
  }
}

const groupSize = 1 << placeGroupBits;

export class FilePositions implements Positions {
  readonly start = 0;
  end = 0;
  private readonly places = new IntList(16);
  private readonly stored: StoredPlaces;
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
    this.stored = stored;
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
    // Where the whole list is not at hand, a look at one paper does not bring it in.
    const listed = this.postings.codesAtHand;
    const at = listed ? first : codes.reach(first, posting + 1);
    const bytes = listed ?? codes.bytes;
    const own = at + posting - first;
    skipRecords(reader, bytes, at, own);
    this.end = readRecord(reader, bytes[own]!, this.places);
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
    const start = this.groupStart(group);
    reader.at = read.reach(start, this.stored.bytes ? start : this.groupStart(group + 1));
    reader.bytes = read.bytes;
  }

  /** For the group after the last: where the places end. */
  private groupStart(group: number): number {
    if (group === 0) return this.records;
    const from = this.groups + 4 * (group - 1);
    if (from >= this.records) return this.stored.length;
    const at = this.starts.reach(from, from + 4);
    return this.records + readUint32(this.starts.bytes, at);
  }
}
