// The papers that hold a term in their title: few, and nearly always the best.
import { countInWord } from "./bits.ts";
import { boundOf, inTitle, isDense, type PaperList, sizeOfTables, tellPapers } from "./paper-list.ts";
import { makeTable, type PaperTable } from "./paper-table.ts";
import { postingsPerStep, type RisingPostings } from "./rising-postings.ts";

interface PickedTitles {
  docs: Int32Array;
  codes: Uint8Array;
  at: Int32Array;
}

/** Where a smaller part of a common term's papers has it in the title, these are told one by one instead of walking all. */
const walkShare = 1 / 8;

export function pickTitled(postings: PaperList): TitledPostings {
  const { codes, lengths, table } = postings;
  const picked = roomFor(codes);
  if (table && picked.docs.length > codes.length * walkShare) pickFromTable(picked, table.bits, codes);
  else pickOneByOne(picked, tellPapers(postings), codes);
  return new TitledPostings(picked, lengths, picked.at);
}

/** Of postings whose papers are listed, in steps. */
export function* listTitled({ docs, codes }: RisingPostings): Generator<void, PickedTitles> {
  const picked = roomFor(codes);
  let next = 0;
  for (let from = 0; from < codes.length; from += postingsPerStep) {
    const to = Math.min(codes.length, from + postingsPerStep);
    for (let i = from; i < to; i++) {
      if (codes[i]! < inTitle) continue;
      picked.docs[next] = docs[i]!;
      picked.codes[next] = codes[i]!;
      picked.at[next++] = i;
    }
    yield;
  }
  return picked;
}

function roomFor(codes: Uint8Array): PickedTitles {
  const count = countTitled(codes);
  return { docs: new Int32Array(count), codes: new Uint8Array(count), at: new Int32Array(count) };
}

function pickOneByOne(picked: PickedTitles, paperOf: (index: number) => number, codes: Uint8Array): void {
  const { length } = picked.docs;
  for (let i = 0, next = 0; next < length; i++) {
    if (codes[i]! < inTitle) continue;
    picked.docs[next] = paperOf(i);
    picked.codes[next] = codes[i]!;
    picked.at[next++] = i;
  }
}

/** Without listing the other papers. */
function pickFromTable(picked: PickedTitles, bits: Uint32Array, codes: Uint8Array): void {
  let i = 0;
  let next = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]!; left !== 0; left &= left - 1, i++) {
      const code = codes[i]!;
      if (code < inTitle) continue;
      picked.docs[next] = (word << 5) + 31 - Math.clz32(left & -left);
      picked.codes[next] = code;
      picked.at[next++] = i;
    }
  }
}

/** Of the papers that hold a term in their title. Bounds are told when they are first asked for: of stop words they never are. */
export class TitledPostings implements PaperList {
  readonly docs: Int32Array;
  readonly codes: Uint8Array;
  /** Index of each among all postings of the term; null where that is not known. */
  readonly at: Int32Array | null;
  readonly table: PaperTable | null;
  readonly lengths: Uint32Array;
  /**
   * By index, of papers looked at lately: where in the title it stands, a bit for each of the places below 31, the last bit for
   * others.
   */
  readonly places = new Map<number, number>();
  private known: { bounds: Uint8Array; most: number } | null = null;

  constructor(
    { docs, codes }: { docs: Int32Array; codes: Uint8Array },
    lengths: Uint32Array,
    at: Int32Array | null = null,
  ) {
    this.docs = docs;
    this.codes = codes;
    this.at = at;
    this.lengths = lengths;
    this.table = isDense(docs.length, lengths.length) ? makeTable(docs, lengths.length) : null;
  }

  get count(): number {
    return this.docs.length;
  }

  get bounds(): Uint8Array {
    this.known ??= this.tellBounds();
    return this.known.bounds;
  }

  get maxBound(): number {
    this.known ??= this.tellBounds();
    return this.known.most;
  }

  private tellBounds(): { bounds: Uint8Array; most: number } {
    const { docs, codes, lengths } = this;
    const bounds = new Uint8Array(docs.length);
    let most = 0;
    for (let i = 0; i < docs.length; i++) {
      bounds[i] = boundOf(codes[i]!, lengths[docs[i]!]!);
      most = Math.max(most, bounds[i]!);
    }
    return { bounds, most };
  }
}

function countTitled(codes: Uint8Array): number {
  const four = new DataView(codes.buffer, codes.byteOffset, codes.length);
  let count = 0;
  let i = 0;
  for (; i + 4 <= codes.length; i += 4) {
    const own = four.getInt32(i);
    count += countInWord(((own >>> 6) | (own >>> 7)) & 0x01010101);
  }
  for (; i < codes.length; i++) count += codes[i]! < inTitle ? 0 : 1;
  return count;
}

/** So many titles' places are remembered, each in so many bytes. */
export const mostPlaces = 256;
const bytesAPlace = 40;

/** Bytes held by what a term's titles are. */
export function sizeOfTitled({ count, lengths, at }: TitledPostings): number {
  return (
    count * (at ? 10 : 6) + Math.min(count, mostPlaces) * bytesAPlace + sizeOfTables(count, lengths.length)
  );
}
