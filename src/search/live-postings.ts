// Postings that grow paper by paper: chained per term, newest first, so that adding a paper touches nothing that is there
// already. A posting is five numbers side by side, because a term's postings lie far apart and are read one by one.
import { knownUnits } from "./analyzer.ts";
import { ByteWriter } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { writeRecord } from "./place-records.ts";
import { packFrequencies } from "./scoring.ts";
import { fieldShift } from "./segment.ts";

/** Numbers of a posting, and which is which. */
const width = 5;
const docAt = 0;
const termAt = 1;
const codeAt = 2;
/** The term's posting before, -1 for none. */
const beforeAt = 3;
/** Where its record begins; it ends where the next posting's begins. */
const startAt = 4;

/** A unit of several terms, where else its term stands. */
const several = -1;

export class LivePostings {
  /** Stem to term number, and back. */
  readonly terms = new Map<string, number>();
  readonly stems: string[] = [];
  /** Places of each posting as they will be stored (place-records.ts). */
  readonly records = new ByteWriter();
  /** By term: its newest posting (-1: none), its papers, and the bytes of its records. */
  private readonly newest = new IntList();
  private readonly counts = new IntList();
  private readonly recordBytes = new IntList();
  /** The postings of a paper stand together, in order of papers. */
  private readonly postings = new IntList(width * 1024);
  /** By doc: its first posting. */
  private readonly first = new IntList();
  /** By number of a unit: its only term and 1 more; 0 is unknown. */
  private readonly unitTerms = new IntList();
  /** The terms of the others, extras last. */
  private readonly manyTerms = new Map<number, number[]>();
  private epoch = knownUnits.epoch;
  /** The first posting of the paper being added. */
  private paperStart = 0;
  /** Its occurrences: posting and place; and the places again, posting by posting. */
  private readonly notedPostings = new IntList();
  private readonly notedPlaces = new IntList();
  private readonly places = new IntList();
  /** By posting of that paper: occurrences counted, then filled in. */
  private readonly filled = new IntList();

  get length(): number {
    return this.postings.length / width;
  }

  /** Notes that a unit (by its number) stands at a place of the paper being added; places must not fall. */
  note(unit: number, place: number): void {
    if (this.epoch !== knownUnits.epoch) this.forgetUnits();
    const known = unit < this.unitTerms.length ? this.unitTerms.data[unit]! : 0;
    if (known > 0) this.noteTerm(known - 1, place);
    else if (known === several) this.noteMany(unit, place);
    else {
      this.learn(unit);
      this.note(unit, place);
    }
  }

  private forgetUnits(): void {
    this.epoch = knownUnits.epoch;
    this.unitTerms.length = 0;
    this.manyTerms.clear();
  }

  private noteMany(unit: number, place: number): void {
    const { count, extras } = knownUnits.units[unit]!;
    const terms = this.manyTerms.get(unit)!;
    for (let i = 0; i < count; i++) {
      this.noteTerm(terms[i]!, place + i);
      for (let k = 0; k < extras.length; k++) {
        if (extras[k]!.at === i) this.noteTerm(terms[count + k]!, place + i);
      }
    }
  }

  private noteTerm(term: number, place: number): void {
    let posting = this.newest.data[term]!;
    if (posting < this.paperStart) posting = this.addPosting(term, posting);
    this.filled.data[posting - this.paperStart]!++;
    this.notedPostings.push(posting);
    this.notedPlaces.push(place);
  }

  private addPosting(term: number, before: number): number {
    const posting = this.length;
    const at = posting * width;
    this.postings.extend(width);
    const { data } = this.postings;
    data[at + docAt] = this.first.length;
    data[at + termAt] = term;
    data[at + beforeAt] = before;
    this.newest.data[term] = posting;
    this.counts.data[term]!++;
    this.filled.push(0);
    return posting;
  }

  /** Notes the terms of a unit, so that the next time its stems need no look-up. */
  private learn(unit: number): void {
    const { stems, extras } = knownUnits.units[unit]!;
    while (this.unitTerms.length <= unit) this.unitTerms.push(0);
    if (stems.length === 1 && extras.length === 0) {
      this.unitTerms.data[unit] = this.termOf(stems[0]!) + 1;
      return;
    }
    const terms = stems.map((stem) => this.termOf(stem));
    for (const { stem } of extras) terms.push(this.termOf(stem));
    this.manyTerms.set(unit, terms);
    this.unitTerms.data[unit] = several;
  }

  private termOf(stem: string): number {
    const known = this.terms.get(stem);
    if (known !== undefined) return known;
    const term = this.stems.length;
    this.terms.set(stem, term);
    this.stems.push(stem);
    this.newest.push(-1);
    this.counts.push(0);
    this.recordBytes.push(0);
    return term;
  }

  /** Ends the paper: the occurrences of each of its terms are laid side by side, and written down. */
  endPaper(): void {
    this.first.push(this.paperStart);
    this.layOut();
    const { data: places } = this.places;
    const { data: next } = this.filled;
    const { data: notedPlaces } = this.notedPlaces;
    const { data: notedPostings, length } = this.notedPostings;
    for (let i = 0; i < length; i++) {
      places[next[notedPostings[i]! - this.paperStart]!++] = notedPlaces[i]!;
    }
    this.writeRecords();
    this.paperStart = this.length;
    this.notedPostings.length = 0;
    this.notedPlaces.length = 0;
    this.filled.length = 0;
  }

  /** Gives each posting of the paper room for its places; `filled` says from now on where the next one goes. */
  private layOut(): void {
    let start = 0;
    for (let i = 0; i < this.filled.length; i++) {
      const count = this.filled.data[i]!;
      this.filled.data[i] = start;
      start += count;
    }
    this.places.length = 0;
    this.places.extend(start);
  }

  /** Where a posting's places end is where its next one would go. */
  private writeRecords(): void {
    const { records, recordBytes } = this;
    const { data: postings } = this.postings;
    const { data } = this.places;
    let start = 0;
    for (let i = 0; i < this.filled.length; i++) {
      const at = (this.paperStart + i) * width;
      const end = this.filled.data[i]!;
      const code = codeOf(data, start, end);
      postings[at + codeAt] = code;
      postings[at + startAt] = records.length;
      writeRecord(records, code, { data, start, end });
      recordBytes.data[postings[at + termAt]!]! += records.length - postings[at + startAt]!;
      start = end;
    }
  }

  doc(posting: number): number {
    return this.postings.data[posting * width + docAt]!;
  }

  /** Packed frequencies. */
  code(posting: number): number {
    return this.postings.data[posting * width + codeAt]!;
  }

  /** Where the record of a posting begins. */
  start(posting: number): number {
    return this.postings.data[posting * width + startAt]!;
  }

  /** Where they end. */
  end(posting: number): number {
    return posting + 1 < this.length ? this.start(posting + 1) : this.records.length;
  }

  /** First posting of a paper, or of the next one to come. */
  firstOf(doc: number): number {
    return doc < this.first.length ? this.first.data[doc]! : this.length;
  }

  term(posting: number): number {
    return this.postings.data[posting * width + termAt]!;
  }

  /** Bytes of all records of a term. */
  bytesOf(term: number): number {
    return this.recordBytes.data[term]!;
  }

  /** Papers with the term. */
  count(term: number): number {
    return this.counts.data[term]!;
  }

  /** A term's postings, oldest first. */
  list(term: number): Int32Array {
    const postings = new Int32Array(this.count(term));
    let at = this.newest.data[term]!;
    for (let i = postings.length - 1; i >= 0; i--) {
      postings[i] = at;
      at = this.postings.data[at * width + beforeAt]!;
    }
    return postings;
  }
}

function codeOf(places: Int32Array, start: number, end: number): number {
  let title = 0;
  let abstract = 0;
  for (let i = start; i < end; i++) {
    const field = places[i]! >> fieldShift;
    if (field === 0) title++;
    else if (field === 1) abstract++;
  }
  return packFrequencies(title, abstract, end - start - title - abstract);
}
