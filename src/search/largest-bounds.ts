// The most a term can add in any paper of a segment, told without looking at most of its papers.
import { boundOf, inTitle, mostOf, type PaperList, tellPapers } from "./paper-list.ts";

/** The most a term can add, in 255ths. */
export interface Largest {
  all: number;
  /** In papers that hold it elsewhere than in their title. */
  untitled: number;
  /** Packed frequencies that name the fields in which some paper holds the term. */
  anyCode: number;
}

/** What is the most so far, and the packed frequencies that cannot be more even in the shortest of papers. */
class MostSoFar {
  all = 0;
  untitled = 0;
  private titled = 0;
  private readonly lengths: Uint32Array;
  readonly hopeless = new Uint8Array(256);

  constructor(lengths: Uint32Array) {
    this.lengths = lengths;
  }

  note(code: number, doc: number): void {
    const bound = boundOf(code, this.lengths[doc]!);
    if (bound <= (code >= inTitle ? this.titled : this.untitled)) return;
    if (code >= inTitle) this.titled = bound;
    else this.untitled = bound;
    this.all = Math.max(this.titled, this.untitled);
    for (let other = 0; other < 256; other++)
      this.hopeless[other] = Number(mostOf[other]! <= (other >= inTitle ? this.titled : this.untitled));
  }
}

/** Of most postings the packed frequencies alone tell that they are not the most. */
export function findLargest(list: PaperList): Largest {
  const { codes } = list;
  const most = new MostSoFar(list.lengths);
  const { hopeless } = most;
  const paperOf = tellPapers(list);
  let anyCode = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    anyCode |= code;
    if (hopeless[code] === 0) most.note(code, paperOf(i));
  }
  const { all, untitled } = most;
  return { all, untitled, anyCode };
}
