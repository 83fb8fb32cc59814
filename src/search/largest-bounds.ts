// The most a term can add in any paper of a segment, told without looking at most of its papers.
import { addBit, type Bits, noBits } from "./bits.ts";
import { boundOf, inTitle, mostOf, type PaperList, tellPapers } from "./paper-list.ts";
import { type PaperTable, rankIn } from "./paper-table.ts";
import { packLengths } from "./scoring.ts";

/** The most a term can add, in 255ths. */
export interface Largest {
  all: number;
  /** In papers that hold it elsewhere than in their title. */
  untitled: number;
  /** Packed frequencies that name the fields in which some paper holds the term. */
  anyCode: number;
}

/** Papers below these lengths are few, and looked at by themselves: of the others frequencies alone tell more. */
const ordinary = packLengths(3, 30, 0);
const mostOrdinary = Uint8Array.from({ length: 256 }, (_, code) => boundOf(code, ordinary));

const known = new WeakMap<Uint32Array, Bits>();

/** Papers shorter than ordinary ones; made once for a table of lengths. */
function shortPapers(lengths: Uint32Array): Bits {
  const made = known.get(lengths);
  if (made) return made;
  const bits = noBits(lengths.length);
  for (let doc = 0; doc < lengths.length; doc++) {
    const own = lengths[doc]!;
    if ((own & 0xff) < (ordinary & 0xff) || (own & 0xff00) < (ordinary & 0xff00)) addBit(bits, doc);
  }
  known.set(lengths, bits);
  return bits;
}

/** What is the most so far, and the packed frequencies that cannot be more in any paper that is left. */
class MostSoFar {
  titled = 0;
  untitled = 0;
  private readonly lengths: Uint32Array;
  /** By packed frequencies: the most in papers that are left. */
  private readonly left: Uint8Array;
  readonly hopeless = new Uint8Array(256);

  constructor(lengths: Uint32Array, left: Uint8Array) {
    this.lengths = lengths;
    this.left = left;
  }

  note(code: number, doc: number): void {
    const bound = boundOf(code, this.lengths[doc]!);
    if (bound <= (code >= inTitle ? this.titled : this.untitled)) return;
    if (code >= inTitle) this.titled = bound;
    else this.untitled = bound;
    for (let other = 0; other < 256; other++)
      this.hopeless[other] = Number(this.left[other]! <= (other >= inTitle ? this.titled : this.untitled));
  }

  tell(anyCode: number): Largest {
    const { titled, untitled } = this;
    return { all: Math.max(titled, untitled), untitled, anyCode };
  }
}

/** Of most postings the packed frequencies alone tell that they are not the most. */
export function findLargest(list: PaperList): Largest {
  const { codes, table, lengths } = list;
  const most = new MostSoFar(lengths, table ? mostOrdinary : mostOf);
  if (table) noteShort(most, table, list);
  return most.tell(noteHopeful(most, codes, tellPapers(list)));
}

/** Postings looked at between two yields. */
const postingsPerStep = 1 << 15;

/** The same, in steps. */
export function* findLargestInSteps({
  docs,
  codes,
  lengths,
}: Pick<PaperList, "docs" | "codes" | "lengths">): Generator<void, Largest> {
  const most = new MostSoFar(lengths, mostOf);
  let anyCode = 0;
  for (let from = 0; from < codes.length; from += postingsPerStep) {
    anyCode |= noteHopeful(most, codes.subarray(from, from + postingsPerStep), (i) => docs[from + i]!);
    yield;
  }
  return most.tell(anyCode);
}

/** Notes what may be the most; returns all bits of all packed frequencies. Four at once take half the time of one by one. */
function noteHopeful(most: MostSoFar, codes: Uint8Array, paperOf: (index: number) => number): number {
  const { hopeless } = most;
  let any = 0;
  let i = 0;
  for (; i + 4 <= codes.length; i += 4) {
    const [a, b, c, d] = [codes[i]!, codes[i + 1]!, codes[i + 2]!, codes[i + 3]!];
    any |= a | b | c | d;
    if ((hopeless[a]! & hopeless[b]! & hopeless[c]! & hopeless[d]!) === 1) continue;
    for (let k = i; k < i + 4; k++) if (hopeless[codes[k]!] === 0) most.note(codes[k]!, paperOf(k));
  }
  for (; i < codes.length; i++) {
    any |= codes[i]!;
    most.note(codes[i]!, paperOf(i));
  }
  return any;
}

function noteShort(most: MostSoFar, table: PaperTable, { codes, lengths }: PaperList): void {
  const short = shortPapers(lengths);
  for (let word = 0; word < short.length; word++) {
    for (let left = short[word]! & table.bits[word]!; left !== 0; left &= left - 1) {
      const doc = (word << 5) + 31 - Math.clz32(left & -left);
      most.note(codes[rankIn(table, doc)]!, doc);
    }
  }
}
