// What a paper that holds all words can score at most beside the sum over its words, told by the fields the words stand in.
// Few combinations occur, so each is worked out once a query.

/** Three bits a word, in the order of the query: the fields it stands in. Of words beyond these nothing is kept. */
export const placedWords = 10;
/** Up to so many words, what is known lies in a table by places. */
const tabledWords = 3;
const unknown = -1;
/** Of one query at a time: making arrays costs more than emptying one. */
const table = new Float32Array(8 ** tabledWords);
const anyPlaces = 255;

/** Which fields a packed frequency names: title 1, abstract 2, authors 4. */
export const fieldsOf = Uint8Array.from(
  { length: 256 },
  (_, code) => (code >= 64 ? 1 : 0) | ((code & 0x3c) !== 0 ? 2 : 0) | ((code & 3) !== 0 ? 4 : 0),
);
/** A packed frequency that names these fields. */
const codeOf = Uint8Array.from(
  { length: 8 },
  (_, fields) => ((fields & 1) !== 0 ? 64 : 0) | ((fields & 2) !== 0 ? 4 : 0) | ((fields & 4) !== 0 ? 1 : 0),
);

export class MostBeside {
  /** Bits that say that every word stands in the title. */
  readonly inTitle: number;
  /** The most wherever the words stand. */
  readonly largest: number;
  private readonly most: (codes: Uint8Array) => number;
  private readonly codes: Uint8Array;
  private readonly table: Float32Array | null;
  private readonly known = new Map<number, number>();

  /** `most`: by packed frequencies, of which only the fields count; never below 0. */
  constructor(words: number, most: (codes: Uint8Array) => number) {
    this.most = most;
    this.codes = new Uint8Array(words).fill(anyPlaces);
    this.largest = most(this.codes);
    this.table = words <= tabledWords ? table.fill(unknown) : null;
    let inTitle = 0;
    for (let i = 0; i < Math.min(words, placedWords); i++) inTitle |= 1 << (3 * i);
    this.inTitle = inTitle;
  }

  /** The most where the words stand in no other fields than these packed frequencies name, and one not in the title. */
  untitled(codes: Uint8Array): number {
    let most = 0;
    for (let i = 0; i < codes.length; i++) {
      this.codes.set(codes);
      this.codes[i]! &= 63;
      most = Math.max(most, this.most(this.codes));
    }
    return most;
  }

  of(places: number): number {
    const { table } = this;
    if (!table) return this.known.get(places) ?? this.learn(places);
    const most = table[places]!;
    return most === unknown ? this.learn(places) : most;
  }

  private learn(places: number): number {
    const { codes } = this;
    for (let i = 0; i < Math.min(codes.length, placedWords); i++)
      codes[i] = codeOf[(places >>> (3 * i)) & 7]!;
    const most = this.most(codes);
    if (this.table) this.table[places] = most;
    else this.known.set(places, most);
    return most;
  }
}
