// Postings that grow paper by paper: chained per term in typed arrays, newest first, so that adding a paper touches nothing
// that is there already.
import { IntList } from "./int-list.ts";
import { packFrequencies } from "./scoring.ts";
import { fieldShift } from "./segment.ts";
import type { Unit } from "./unit.ts";

export class LivePostings {
  /** Stem to term number, and back. */
  readonly terms = new Map<string, number>();
  readonly stems: string[] = [];
  /** By term: its newest posting (-1: none) and its papers. */
  readonly newest = new IntList();
  readonly counts = new IntList();
  /** By posting; the postings of a paper stand together, in order of papers. */
  readonly doc = new IntList();
  readonly term = new IntList();
  readonly code = new IntList();
  readonly before = new IntList();
  readonly start = new IntList();
  /** Places of each posting from its start on: field in the upper bits, rising. */
  readonly places = new IntList();
  /** By doc: its first posting. */
  readonly first = new IntList();
  /** Stands for this list in the notes on units, which must not keep it alive. */
  private readonly owner = {};
  /** Occurrences in the paper being added. */
  private readonly notedTerms = new IntList();
  private readonly notedPlaces = new IntList();

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
    const first = this.doc.length;
    const doc = this.first.length;
    this.first.push(first);
    for (let i = 0; i < this.notedTerms.length; i++)
      this.countOccurrence(this.notedTerms.data[i]!, doc, first);
    this.countsToStarts(first);
    this.placeOccurrences(first);
    for (let posting = first; posting < this.doc.length; posting++) this.packCode(posting);
    this.notedTerms.length = 0;
    this.notedPlaces.length = 0;
  }

  private countOccurrence(term: number, doc: number, first: number): void {
    let posting = this.newest.data[term]!;
    if (posting < first) {
      this.before.push(posting);
      posting = this.doc.length;
      this.doc.push(doc);
      this.term.push(term);
      this.code.push(0);
      this.start.push(0);
      this.newest.data[term] = posting;
      this.counts.data[term]!++;
    }
    this.start.data[posting]!++;
  }

  private countsToStarts(first: number): void {
    let start = this.places.length;
    for (let posting = first; posting < this.doc.length; posting++) {
      const count = this.start.data[posting]!;
      this.start.data[posting] = start;
      start += count;
    }
    this.places.extend(this.notedTerms.length);
  }

  private placeOccurrences(first: number): void {
    const filled = new Int32Array(this.doc.length - first);
    for (let i = 0; i < this.notedTerms.length; i++) {
      const posting = this.newest.data[this.notedTerms.data[i]!]!;
      this.places.data[this.start.data[posting]! + filled[posting - first]!++] = this.notedPlaces.data[i]!;
    }
  }

  private packCode(posting: number): void {
    let title = 0;
    let abstract = 0;
    let authors = 0;
    for (let i = this.start.data[posting]!; i < this.end(posting); i++) {
      const field = this.places.data[i]! >> fieldShift;
      if (field === 0) title++;
      else if (field === 1) abstract++;
      else authors++;
    }
    this.code.data[posting] = packFrequencies(title, abstract, authors);
  }

  /** Where the places of a posting end. */
  end(posting: number): number {
    return posting + 1 < this.start.length ? this.start.data[posting + 1]! : this.places.length;
  }

  /** The terms of a paper. */
  termsOf(doc: number): Int32Array {
    const end = doc + 1 < this.first.length ? this.first.data[doc + 1]! : this.doc.length;
    return this.term.data.subarray(this.first.data[doc]!, end);
  }

  /** A term's postings, oldest first. */
  list(term: number): Int32Array {
    const postings = new Int32Array(this.counts.data[term]!);
    let i = postings.length;
    for (let at = this.newest.data[term]!; at >= 0; at = this.before.data[at]!) postings[--i] = at;
    return postings;
  }
}
