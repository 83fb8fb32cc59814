// Where the terms of a segment's file lie in its inverted section.
import { type CommonTerm, CommonTerms } from "./common-terms.ts";
import { leastCommon, placeGroupBits, type TableSection } from "./segment-format.ts";

/** Offsets in the inverted section: papers (bits, or gaps between them), packed frequencies, a byte each, places, titles. */
export interface TermPlace {
  count: number;
  start: number;
  codes: number;
  /** Where groups of places begin; behind that the places. */
  groups: number;
  records: number;
  /** Of the places; behind them, of common terms, the papers that hold the term in their title. */
  end: number;
}

export class TermPlaces {
  /** By term: how many papers hold it. */
  readonly papers: Uint32Array;
  private readonly postingStarts: Uint32Array;
  private readonly placeStarts: Uint32Array;
  private readonly common: CommonTerms;

  constructor(read: (name: TableSection) => Uint32Array) {
    this.papers = read("termPapers");
    this.postingStarts = read("postingStarts");
    this.placeStarts = read("placeStarts");
    this.common = new CommonTerms(read);
  }

  find(term: number): TermPlace {
    const count = this.papers[term]!;
    const groups = this.placeStarts[term]!;
    return {
      count,
      start: this.postingStarts[term]!,
      codes: groups - count,
      groups,
      records: groups + 4 * ((count - 1) >> placeGroupBits),
      end: this.findCommon(term)?.titledStart ?? this.postingStarts[term + 1]!,
    };
  }

  /** Null: so few papers hold it that nothing more is stored. */
  findCommon(term: number): CommonTerm | null {
    return this.papers[term]! < leastCommon ? null : this.common.find(term);
  }

  /** Where the last of what is stored of a term ends. */
  endOf(term: number): number {
    return this.postingStarts[term + 1]!;
  }
}
