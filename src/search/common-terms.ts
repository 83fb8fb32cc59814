// What is stored of terms that thousands of papers hold, besides their postings: where their titles lie, and the most they can add.
import { IntList } from "./int-list.ts";
import type { Largest } from "./largest-bounds.ts";
import { lowerBound } from "./number-search.ts";
import type { TableSection } from "./segment-format.ts";
import type { SegmentOutput } from "./segment-output.ts";

/** Stored of a term. */
export interface CommonTerm {
  /** Offset in the inverted section, behind the term's places. */
  titledStart: number;
  largest: Largest;
}

export class CommonTermsWriter {
  private readonly terms = new IntList(64);
  private readonly titledStarts = new IntList(64);
  private readonly largest = new IntList(64);

  /** Adds a term above all before it. */
  add(term: number, titledStart: number, { all, untitled, anyCode }: Largest): void {
    this.terms.push(term);
    this.titledStarts.push(titledStart);
    this.largest.push(all | (untitled << 8) | (anyCode << 16));
  }

  *writeTables(output: SegmentOutput): Generator<void> {
    yield* output.table("commonTerms", this.terms.view());
    yield* output.table("titledStarts", this.titledStarts.view());
    yield* output.table("largest", this.largest.view());
  }
}

export class CommonTerms {
  private readonly terms: Uint32Array;
  private readonly titledStarts: Uint32Array;
  private readonly largest: Uint32Array;

  constructor(read: (name: TableSection) => Uint32Array) {
    this.terms = read("commonTerms");
    this.titledStarts = read("titledStarts");
    this.largest = read("largest");
  }

  /** Null: the term is not among them. */
  find(term: number): CommonTerm | null {
    const { terms } = this;
    const at = lowerBound(terms.length, (i) => terms[i]! < term);
    if (at === terms.length || terms[at] !== term) return null;
    const packed = this.largest[at]!;
    return {
      titledStart: this.titledStarts[at]!,
      largest: { all: packed & 255, untitled: (packed >>> 8) & 255, anyCode: (packed >>> 16) & 255 },
    };
  }
}
