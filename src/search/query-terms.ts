// The stems of one query looked up once: their numbers in every segment, how many papers hold them, what they weigh; and what
// the query may cost.
import type { Postings } from "./postings.ts";
import { inverseDocumentFrequency } from "./scoring.ts";
import type { Segment } from "./segment.ts";
import { WorkBudget } from "./work-budget.ts";

export class QueryTerm {
  /** Its number in each segment, -1 where it is not. */
  readonly numbers: readonly number[];
  /** By segment: its postings, once they were asked for. */
  readonly postings: Postings[] = [];
  /** Postings in all segments, those of removed papers too: known without reading any. */
  readonly held: number;
  private readonly terms: QueryTerms;
  private counted = -1;

  constructor(stem: string, terms: QueryTerms) {
    const { segments } = terms;
    this.terms = terms;
    this.numbers = segments.map((segment) => segment.findTerm(stem));
    this.held = this.sum((segment, number) => segment.countPostings(number));
  }

  private sum(count: (segment: Segment, number: number) => number): number {
    const { segments } = this.terms;
    return this.numbers.reduce(
      (sum, number, at) => (number < 0 ? sum : sum + count(segments[at]!, number)),
      0,
    );
  }

  /** Papers that hold it over all segments, without removed ones. */
  get papers(): number {
    if (this.counted < 0) this.counted = this.sum((segment, number) => segment.countPapers(number));
    return this.counted;
  }

  /** Its idf over all segments. */
  get weight(): number {
    return inverseDocumentFrequency(this.papers, this.terms.documents);
  }
}

export interface QueryTermsOptions {
  /** Unfinished words in the query. */
  prefixes?: number;
  budget?: WorkBudget;
}

export class QueryTerms {
  readonly segments: readonly Segment[];
  /** Papers in all segments, without removed ones. */
  readonly documents: number;
  readonly prefixes: number;
  readonly budget: WorkBudget;
  /** By beginning: the stems that it stands for, once they were asked for (begun-stems.ts). */
  readonly expanded = new Map<string, readonly string[]>();
  private readonly known = new Map<string, QueryTerm>();

  constructor(
    segments: readonly Segment[],
    { prefixes = 0, budget = new WorkBudget() }: QueryTermsOptions = {},
  ) {
    this.segments = segments;
    this.prefixes = prefixes;
    this.budget = budget;
    this.documents = segments.reduce((sum, segment) => sum + segment.size - segment.removed.count, 0);
  }

  get(stem: string): QueryTerm {
    let term = this.known.get(stem);
    if (!term) {
      term = new QueryTerm(stem, this);
      this.known.set(stem, term);
    }
    return term;
  }

  /** Postings of a stem in a segment; null where it is not. */
  postings(stem: string, segment: number): Postings | null {
    const { numbers, postings } = this.get(stem);
    if (numbers[segment]! < 0) return null;
    postings[segment] ??= this.segments[segment]!.readPostings(numbers[segment]!);
    return postings[segment];
  }
}
