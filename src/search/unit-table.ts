// Remembers what written units stand for: every word of a text passes here, and most have been seen before.
import { IntList } from "./int-list.ts";
import { buildUnit, type Unit } from "./unit.ts";

/** Units remembered before all are forgotten: most of those are names and misprints that nobody writes again. */
export const mostUnits = 1 << 18;
/** The same where memory is short: a page of results has some thousands. */
export const fewUnits = 1 << 14;
const slotBits = 19;
const slotMask = (1 << slotBits) - 1;
/** The common ones are met first: of those that share a place here the first stays, so that most of a text needs no more. */
const frontBits = 14;
const frontMask = (1 << frontBits) - 1;
/**
 * Numbers a unit has in `rows`: its length and, above, the positions it takes, then its first characters; of a longer one, at the end
 * where the others stand.
 */
const rowBits = 4;
const rowLength = 1 << rowBits;
const inRow = rowLength - 1;
const inLongRow = inRow - 2;
const lengthBits = 7;
const lengthMask = (1 << lengthBits) - 1;

/** What the hash of a unit begins with; each character is mixed in by `mixHash`. */
export const emptyHash = 0x811c9dc5;

/** FNV-1a by characters. */
export function mixHash(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/**
 * Units are numbered as they are met, so that what is said of the common ones stands together at the beginning of every
 * table. They are recognised by their characters in one array, without being cut out of their text.
 */
export class UnitTable {
  /** Changes when all is forgotten: the numbers mean other units then. */
  epoch = 0;
  /** Units remembered before all are forgotten; what was noted of them may be forgotten too. */
  most = mostUnits;
  /** By number: the number of its stem; below 0, of a unit that stands for several terms or for none, ~start in `several`. */
  readonly terms = new IntList();
  /** From such a start: how many terms, then of each the number of its stem and what `placeInUnit` and `isExtra` read, by rising place. */
  readonly several = new IntList();
  /** Stems are numbered as well, so that who keeps notes on them looks none up. */
  readonly stems: string[] = [];
  private readonly stemNumbers = new Map<string, number>();
  /** By number; made when asked for: indexing asks for none. */
  private readonly units: (Unit | undefined)[] = [];
  private rows = new Uint16Array(rowLength << 10);
  /** Of units longer than a row what stands behind its beginning, one unit after another. */
  private readonly tails = new IntList();
  /** Number of a unit and 1 more, by its hash; where that is taken, in one of the next slots. */
  private readonly slots = new Int32Array(1 << slotBits);
  /** The same by fewer bits. */
  private readonly front = new Int32Array(1 << frontBits);

  get length(): number {
    return this.terms.length;
  }

  /** Between two texts: makes room where there is too little. */
  tidy(): void {
    if (this.length < this.most) return;
    this.epoch++;
    for (const list of [this.terms, this.several, this.tails]) list.length = 0;
    this.units.length = 0;
    this.stems.length = 0;
    this.stemNumbers.clear();
    this.slots.fill(0);
    this.front.fill(0);
  }

  /** The number of the unit that stands from `start` to `end` in the characters; `hash` is theirs. */
  find(codes: Uint16Array, start: number, end: number, hash: number): number {
    const place = (hash ^ (hash >>> 16)) & frontMask;
    const before = this.front[place]! - 1;
    if (before >= 0 && this.isAt(before, codes, start, end)) return before;
    const number = this.findSlot(codes, start, end, hash);
    if (before < 0) this.front[place] = number + 1;
    return number;
  }

  private findSlot(codes: Uint16Array, start: number, end: number, hash: number): number {
    for (let slot = (hash ^ (hash >>> slotBits)) & slotMask; ; slot = (slot + 1) & slotMask) {
      const number = this.slots[slot]! - 1;
      if (number < 0) return this.learn(slot, codes.subarray(start, end));
      if (this.isAt(number, codes, start, end)) return number;
    }
  }

  private isAt(number: number, codes: Uint16Array, start: number, end: number): boolean {
    const { rows } = this;
    const row = number << rowBits;
    const length = end - start;
    if ((rows[row]! & lengthMask) !== length) return false;
    const compared = length > inRow ? inLongRow : length;
    for (let i = 0; i < compared; i++) if (rows[row + 1 + i] !== codes[start + i]) return false;
    return length <= inRow || this.hasTail(number, codes, start + inLongRow, end);
  }

  private hasTail(number: number, codes: Uint16Array, start: number, end: number): boolean {
    const { data } = this.tails;
    const tail = this.tailOf(number);
    for (let i = start; i < end; i++) if (data[tail + i - start] !== codes[i]) return false;
    return true;
  }

  /** Positions the unit takes: read where its characters were just compared. */
  countAt(number: number): number {
    return this.rows[number << rowBits]! >> lengthBits;
  }

  /** Where the tail of a long unit begins. */
  private tailOf(number: number): number {
    const last = (number << rowBits) + inRow;
    return this.rows[last - 1]! | (this.rows[last]! << 16);
  }

  private learn(slot: number, codes: Uint16Array): number {
    const number = this.length;
    const row = number << rowBits;
    if (row === this.rows.length) this.growRows();
    if (codes.length <= inRow) this.rows.set(codes, row + 1);
    else this.addLong(row, codes);
    const unit = buildUnit(textOf(codes));
    this.units.push(undefined);
    this.rows[row] = codes.length | (unit.count << lengthBits);
    const single = unit.stems.length === 1 && unit.extras.length === 0;
    this.terms.push(single ? this.numberStem(unit.stems[0]!) : ~this.addSeveral(unit));
    this.slots[slot] = number + 1;
    return number;
  }

  private addLong(row: number, codes: Uint16Array): void {
    const tail = this.tails.length;
    this.rows.set(codes.subarray(0, inLongRow), row + 1);
    this.rows[row + inRow - 1] = tail & 0xffff;
    this.rows[row + inRow] = tail >>> 16;
    for (let i = inLongRow; i < codes.length; i++) this.tails.push(codes[i]!);
  }

  /** Returns where its terms begin. */
  private addSeveral({ stems, extras }: Unit): number {
    const { several } = this;
    const start = several.length;
    several.push(stems.length + extras.length);
    for (let at = 0; at < stems.length; at++) {
      several.push(this.numberStem(stems[at]!));
      several.push(at << 1);
      for (const extra of extras) {
        if (extra.at !== at) continue;
        several.push(this.numberStem(extra.stem));
        several.push((at << 1) | 1);
      }
    }
    return start;
  }

  /** What a unit stands for. */
  unitAt(number: number): Unit {
    let unit = this.units[number];
    if (unit === undefined) {
      unit = buildUnit(this.textAt(number));
      this.units[number] = unit;
    }
    return unit;
  }

  private textAt(number: number): string {
    const row = number << rowBits;
    const length = this.rows[row]! & lengthMask;
    if (length <= inRow) return textOf(this.rows.subarray(row + 1, row + 1 + length));
    const tail = this.tailOf(number);
    const rest = this.tails.data.subarray(tail, tail + length - inLongRow);
    return textOf(this.rows.subarray(row + 1, row + 1 + inLongRow)) + textOf(rest);
  }

  /** Whether a unit has one of the stems of these numbers, as another spelling too. */
  holdsAny(number: number, stems: ReadonlySet<number>): boolean {
    const term = this.terms.data[number]!;
    if (term >= 0) return stems.has(term);
    const { data } = this.several;
    const end = ~term + 2 * data[~term]!;
    for (let at = ~term + 1; at < end; at += 2) if (stems.has(data[at]!)) return true;
    return false;
  }

  /** The stems of a unit in order, other spellings left out. */
  stemsOf(number: number): string[] {
    const term = this.terms.data[number]!;
    if (term >= 0) return [this.stems[term]!];
    const { data } = this.several;
    const end = ~term + 2 * data[~term]!;
    const stems: string[] = [];
    for (let at = ~term + 1; at < end; at += 2)
      if (!isExtra(data[at + 1]!)) stems.push(this.stems[data[at]!]!);
    return stems;
  }

  /** Number of a stem; -1 when no unit has it. */
  findStem(stem: string): number {
    return this.stemNumbers.get(stem) ?? -1;
  }

  private numberStem(stem: string): number {
    const known = this.stemNumbers.get(stem);
    if (known !== undefined) return known;
    this.stemNumbers.set(stem, this.stems.length);
    return this.stems.push(stem) - 1;
  }

  private growRows(): void {
    const larger = new Uint16Array(this.rows.length * 2);
    larger.set(this.rows);
    this.rows = larger;
  }
}

/** Of what `several` says beside a stem: at which of the unit's places it stands. */
export function placeInUnit(noted: number): number {
  return noted >> 1;
}

/** And whether it is another spelling beside the stem of that place. */
export function isExtra(noted: number): boolean {
  return (noted & 1) === 1;
}

/** A text of its own, which keeps no longer one alive. */
function textOf(codes: Uint16Array | Int32Array): string {
  return String.fromCharCode.apply(null, codes as unknown as number[]);
}
