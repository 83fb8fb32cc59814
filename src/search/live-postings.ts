// Postings that grow paper by paper: chained per term, newest first, so that adding a paper touches nothing that is there
// already. A posting is five numbers side by side, because a term's postings lie far apart and are read one by one.
import { IntList } from "./int-list.ts";
import { packFrequencies } from "./scoring.ts";
import { fieldShift } from "./segment.ts";
import type { Unit } from "./unit.ts";

/** Numbers of a posting, and which is which. */
const width = 5;
const docAt = 0;
const termAt = 1;
const codeAt = 2;
/** The term's posting before, -1 for none. */
const beforeAt = 3;
/** Where its places begin; they end where the next posting's begin. */
const startAt = 4;

export class LivePostings {
  /** Stem to term number, and back. */
  readonly terms = new Map<string, number>();
  readonly stems: string[] = [];
  /** Places of each posting: field in the upper bits, rising. */
  readonly places = new IntList();
  /** By term: its newest posting (-1: none) and its papers. */
  private readonly newest = new IntList();
  private readonly counts = new IntList();
  /** The postings of a paper stand together, in order of papers. */
  private readonly postings = new IntList(width * 1024);
  /** By doc: its first posting. */
  private readonly first = new IntList();
  /** Stands for this list in the notes on units, which must not keep it alive. */
  private readonly owner = {};
  /** Occurrences in the paper being added. */
  private readonly notedTerms = new IntList();
  private readonly notedPlaces = new IntList();
  /** By posting of that paper: places counted, then filled in. */
  private readonly filled = new IntList();

  private get length(): number {
    return this.postings.length / width;
  }

  /** Notes that a unit stands at a place of the paper being added; places must not fall. */
  note(unit: Unit, place: number): void {
    if (unit.owner !== this.owner) this.learn(unit);
    if (unit.terms === null) {
      this.notedTerms.push(unit.term);
      this.notedPlaces.push(place);
    } else {
      this.noteMany(unit, unit.terms, place);
    }
  }

  private noteMany({ count, extras }: Unit, terms: number[], place: number): void {
    for (let i = 0; i < count; i++) {
      this.notedTerms.push(terms[i]!);
      this.notedPlaces.push(place + i);
      for (let k = 0; k < extras.length; k++) {
        if (extras[k]!.at !== i) continue;
        this.notedTerms.push(terms[count + k]!);
        this.notedPlaces.push(place + i);
      }
    }
  }

  /** Leaves a note on the unit, so that the next time its stems need no look-up. */
  private learn(unit: Unit): void {
    const terms = [...unit.stems, ...unit.extras.map((extra) => extra.stem)].map((stem) => this.termOf(stem));
    unit.owner = this.owner;
    unit.term = terms[0] ?? -1;
    unit.terms = terms.length === 1 ? null : terms;
  }

  private termOf(stem: string): number {
    const known = this.terms.get(stem);
    if (known !== undefined) return known;
    const term = this.stems.length;
    this.terms.set(stem, term);
    this.stems.push(stem);
    this.newest.push(-1);
    this.counts.push(0);
    return term;
  }

  /** Ends the paper: its occurrences become one posting a term. */
  endPaper(): void {
    const first = this.length;
    const doc = this.first.length;
    this.first.push(first);
    this.filled.length = 0;
    for (let i = 0; i < this.notedTerms.length; i++)
      this.countOccurrence(this.notedTerms.data[i]!, doc, first);
    this.layOut(first);
    this.placeOccurrences(first);
    for (let posting = first; posting < this.length; posting++) this.packCode(posting);
    this.notedTerms.length = 0;
    this.notedPlaces.length = 0;
  }

  private countOccurrence(term: number, doc: number, first: number): void {
    let posting = this.newest.data[term]!;
    if (posting < first) {
      const before = posting;
      posting = this.length;
      const at = posting * width;
      this.postings.extend(width);
      this.postings.data[at + docAt] = doc;
      this.postings.data[at + termAt] = term;
      this.postings.data[at + beforeAt] = before;
      this.newest.data[term] = posting;
      this.counts.data[term]!++;
      this.filled.push(0);
    }
    this.filled.data[posting - first]!++;
  }

  /** Gives each posting of the paper room for its places. */
  private layOut(first: number): void {
    let start = this.places.length;
    for (let i = 0; i < this.filled.length; i++) {
      this.postings.data[(first + i) * width + startAt] = start;
      start += this.filled.data[i]!;
      this.filled.data[i] = 0;
    }
    this.places.extend(this.notedTerms.length);
  }

  private placeOccurrences(first: number): void {
    const { filled, places } = this;
    for (let i = 0; i < this.notedTerms.length; i++) {
      const posting = this.newest.data[this.notedTerms.data[i]!]!;
      places.data[this.start(posting) + filled.data[posting - first]!++] = this.notedPlaces.data[i]!;
    }
  }

  private packCode(posting: number): void {
    let title = 0;
    let abstract = 0;
    let authors = 0;
    const end = this.end(posting);
    for (let i = this.start(posting); i < end; i++) {
      const field = this.places.data[i]! >> fieldShift;
      if (field === 0) title++;
      else if (field === 1) abstract++;
      else authors++;
    }
    this.postings.data[posting * width + codeAt] = packFrequencies(title, abstract, authors);
  }

  doc(posting: number): number {
    return this.postings.data[posting * width + docAt]!;
  }

  /** Packed frequencies. */
  code(posting: number): number {
    return this.postings.data[posting * width + codeAt]!;
  }

  /** Where the places of a posting begin. */
  start(posting: number): number {
    return this.postings.data[posting * width + startAt]!;
  }

  /** Where they end. */
  end(posting: number): number {
    return posting + 1 < this.length ? this.start(posting + 1) : this.places.length;
  }

  /** Papers with the term. */
  count(term: number): number {
    return this.counts.data[term]!;
  }

  /** The terms of a paper. */
  termsOf(doc: number): Int32Array {
    const first = this.first.data[doc]!;
    const end = doc + 1 < this.first.length ? this.first.data[doc + 1]! : this.length;
    const terms = new Int32Array(end - first);
    for (let i = 0; i < terms.length; i++) terms[i] = this.postings.data[(first + i) * width + termAt]!;
    return terms;
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
