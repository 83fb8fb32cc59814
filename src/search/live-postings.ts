// Postings that grow paper by paper: chained per term, newest first, so that adding a paper touches nothing that is there
// already. A posting is four numbers side by side, because a term's postings lie far apart and are read one by one.
import { ByteWriter } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { LiveTerms } from "./live-terms.ts";
import { writeRecord } from "./place-records.ts";
import { packFrequencies } from "./scoring.ts";
import { fieldShift } from "./segment.ts";
import { knownUnits } from "./unit-scanner.ts";
import { placeInUnit } from "./unit-table.ts";

/** Numbers of a posting, and which is which. */
export const postingWidth = 4;
const docAt = 0;
/** The term in the upper bits, its packed frequencies in the lower: fewer than 2^23 terms. */
const termAt = 1;
/** The term's posting before, -1 for none. */
const beforeAt = 2;
/** Where its record begins; it ends where the next posting's begins. */
const startAt = 3;

export const codeBits = 8;
export const codeMask = (1 << codeBits) - 1;

/** Numbers of a term: its newest posting and 1 more (0: none), and its papers. */
const termWidth = 2;

const placeMask = (1 << fieldShift) - 1;
/** Places beyond are not told apart: they never fall, whatever a hostile record holds. None follows it in the next field. */
const lastPlace = placeMask - 1;

/** By field: packed frequencies of one occurrence there. */
const onceIn = Uint8Array.of(packFrequencies(1, 0, 0), packFrequencies(0, 1, 0), packFrequencies(0, 0, 1));

/** Some of a paper's units, to be added to one of its fields. */
export interface FieldPart {
  units: Int32Array;
  start: number;
  end: number;
  field: number;
  /** Place of the first. */
  position: number;
  /** No unit is added behind so many stems. */
  most: number;
}

export class LivePostings {
  readonly terms = new LiveTerms();
  /** Places of each posting as they will be stored (place-records.ts). */
  readonly records = new ByteWriter();
  private readonly byTerm = new IntList(termWidth * 1024);
  /** The postings of a paper stand together, in order of papers. */
  private readonly postings = new IntList(postingWidth * 1024);
  /** By doc: its first posting. */
  private readonly first = new IntList();
  /** The first posting of the paper being added. */
  private paperStart = 0;
  /** Occurrences in that paper: terms (later the postings, counted from its first) and places. */
  private readonly noted = new IntList();
  private readonly notedPlaces = new IntList();
  /** The places again, posting by posting. */
  private readonly places = new IntList();
  /** By posting of that paper: its occurrences; later where its places end. */
  private readonly filled = new IntList();

  get length(): number {
    return this.postings.length / postingWidth;
  }

  /** Notes units of the paper being added, field by field; returns how many places they take. */
  addPart({ units, start, end, field, position, most }: FieldPart): number {
    const { terms } = this;
    terms.refresh();
    const { data: stems } = knownUnits.terms;
    const base = field << fieldShift;
    let place = 0;
    for (let i = start; i < end && place < most; i++) {
      const stem = stems[units[i]!]!;
      if (stem >= 0) {
        this.noteTerm(terms.termOf(stem), base | Math.min(position + place, lastPlace));
        place++;
      } else {
        this.noteSeveral(~stem, base, position + place);
        place += knownUnits.countAt(units[i]!);
      }
    }
    return place;
  }

  /** `start`: of the terms of the unit among those of all of several. */
  private noteSeveral(start: number, base: number, place: number): void {
    const { data } = knownUnits.several;
    const end = start + 2 * data[start]!;
    for (let i = start + 1; i < end; i += 2)
      this.noteTerm(
        this.terms.termOf(data[i]!),
        base | Math.min(place + placeInUnit(data[i + 1]!), lastPlace),
      );
  }

  private noteTerm(term: number, place: number): void {
    this.noted.push(term);
    this.notedPlaces.push(place);
  }

  /** Ends the paper: the occurrences of each of its terms are laid side by side, and written down. */
  endPaper(): void {
    this.first.push(this.paperStart);
    this.byTerm.extend(this.terms.count * termWidth - this.byTerm.length);
    const count = this.addPostings();
    this.layOut(count);
    this.writeRecords(count);
    this.paperStart = this.length;
    this.noted.length = 0;
    this.notedPlaces.length = 0;
  }

  /** Adds a posting for each term of the paper; from then on `noted` names postings. Returns how many. */
  private addPostings(): number {
    const { paperStart } = this;
    const { data: noted, length } = this.noted;
    this.filled.length = 0;
    this.filled.extend(length);
    this.postings.extend(length * postingWidth);
    const { data: byTerm } = this.byTerm;
    const { data: filled } = this.filled;
    const { data: postings } = this.postings;
    const doc = this.first.length - 1;
    let count = 0;
    for (let i = 0; i < length; i++) {
      const term = noted[i]!;
      const newest = byTerm[term * termWidth]! - 1;
      let own = newest - paperStart;
      if (own < 0) {
        own = count++;
        const at = (paperStart + own) * postingWidth;
        postings[at + docAt] = doc;
        postings[at + termAt] = term << codeBits;
        postings[at + beforeAt] = newest;
        byTerm[term * termWidth] = paperStart + own + 1;
        byTerm[term * termWidth + 1]!++;
        filled[own] = 0;
      }
      noted[i] = own;
      filled[own]!++;
    }
    this.postings.length = (paperStart + count) * postingWidth;
    return count;
  }

  /** Lays each posting's places side by side, in the order in which they were noted. */
  private layOut(count: number): void {
    const { data: noted, length } = this.noted;
    this.places.length = 0;
    this.places.extend(length);
    const { data: filled } = this.filled;
    const { data: places } = this.places;
    const { data: notedPlaces } = this.notedPlaces;
    let start = 0;
    for (let own = 0; own < count; own++) {
      start += filled[own]!;
      filled[own] = start - filled[own]!;
    }
    for (let i = 0; i < length; i++) places[filled[noted[i]!]!++] = notedPlaces[i]!;
  }

  private writeRecords(count: number): void {
    const { records, paperStart } = this;
    const { data: postings } = this.postings;
    const { data } = this.places;
    const { data: ends } = this.filled;
    let start = 0;
    for (let own = 0; own < count; own++) {
      const at = (paperStart + own) * postingWidth;
      const end = ends[own]!;
      postings[at + startAt] = records.length;
      if (end === start + 1) {
        const place = data[start]!;
        postings[at + termAt]! |= onceIn[place >> fieldShift]!;
        records.varint(place & placeMask);
      } else {
        const code = codeOf(data, start, end);
        postings[at + termAt]! |= code;
        writeRecord(records, code, { data, start, end });
      }
      start = end;
    }
  }

  doc(posting: number): number {
    return this.postings.data[posting * postingWidth + docAt]!;
  }

  /** Packed frequencies. */
  code(posting: number): number {
    return this.postings.data[posting * postingWidth + termAt]! & codeMask;
  }

  /** Where the record of a posting begins. */
  start(posting: number): number {
    return this.postings.data[posting * postingWidth + startAt]!;
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
    return this.postings.data[posting * postingWidth + termAt]! >>> codeBits;
  }

  /** Papers with the term. */
  count(term: number): number {
    return this.byTerm.data[term * termWidth + 1]!;
  }

  /** A term's postings, oldest first. */
  list(term: number): Int32Array {
    const postings = new Int32Array(this.count(term));
    let at = this.byTerm.data[term * termWidth]! - 1;
    for (let i = postings.length - 1; i >= 0; i--) {
      postings[i] = at;
      at = this.postings.data[at * postingWidth + beforeAt]!;
    }
    return postings;
  }

  /** Gives the memory back at once; nothing is asked of them any more. */
  release(): void {
    this.postings.release();
    this.records.release();
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
