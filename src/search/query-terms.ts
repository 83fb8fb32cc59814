// The stems of one query looked up once: their numbers in every segment, how many papers hold them, what they weigh.
import type { Postings } from "./postings.ts";
import { inverseDocumentFrequency } from "./scoring.ts";
import type { Segment } from "./segment.ts";

export interface QueryTerm {
  /** Its number in each segment, -1 where it is not. */
  numbers: number[];
  /** By segment: its postings, once they were asked for. */
  postings: Postings[];
  /** Papers that hold it over all segments, without removed ones. */
  papers: number;
  /** Its idf over all segments. */
  weight: number;
}

export class QueryTerms {
  readonly segments: readonly Segment[];
  /** Papers in all segments, without removed ones. */
  readonly documents: number;
  /** Unfinished words in the query. */
  readonly prefixes: number;
  private readonly known = new Map<string, QueryTerm>();

  constructor(segments: readonly Segment[], prefixes = 0) {
    this.segments = segments;
    this.prefixes = prefixes;
    this.documents = segments.reduce((sum, segment) => sum + segment.size - segment.removed.count, 0);
  }

  get(stem: string): QueryTerm {
    let term = this.known.get(stem);
    if (!term) {
      term = this.lookUp(stem);
      this.known.set(stem, term);
    }
    return term;
  }

  private lookUp(stem: string): QueryTerm {
    const numbers: number[] = [];
    let papers = 0;
    for (const segment of this.segments) {
      const number = segment.findTerm(stem);
      numbers.push(number);
      if (number >= 0) papers += segment.countPapers(number);
    }
    return { numbers, postings: [], papers, weight: inverseDocumentFrequency(papers, this.documents) };
  }

  /** Postings of a stem in a segment; null where it is not. */
  postings(stem: string, segment: number): Postings | null {
    const { numbers, postings } = this.get(stem);
    if (numbers[segment]! < 0) return null;
    postings[segment] ??= this.segments[segment]!.readPostings(numbers[segment]!);
    return postings[segment];
  }
}
