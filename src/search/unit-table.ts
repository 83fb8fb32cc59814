// Remembers what written units stand for: every word of a text passes here, and most have been seen before.
import { IntList } from "./int-list.ts";
import { buildUnit, type Unit } from "./unit.ts";

/** Units remembered before all are forgotten: most of those are names and misprints that nobody writes again. */
export const mostUnits = 1 << 17;
/** The same where memory is short: a page of results has some thousands. */
export const fewUnits = 1 << 14;
const slotBits = 19;
const slotMask = (1 << slotBits) - 1;
/** Numbers a unit has in `rows`: its length, then its first characters. */
const rowBits = 4;
const rowLength = 1 << rowBits;
const inRow = rowLength - 1;

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
  /** By number. */
  readonly units: Unit[] = [];
  /** By number: positions the unit takes. */
  readonly counts = new IntList();
  /** By number: the number of its stem; -1 of a unit that stands for several terms, or for none. */
  readonly onlyStems = new IntList();
  /** Stems are numbered as well, so that who keeps notes on them looks none up. */
  readonly stems: string[] = [];
  private readonly stemNumbers = new Map<string, number>();
  private rows = new Uint16Array(rowLength << 10);
  /** Number of a unit and 1 more, by its hash; where that is taken, in one of the next slots. */
  private readonly slots = new Int32Array(1 << slotBits);

  /** Between two texts: makes room where there is too little. */
  tidy(): void {
    if (this.units.length < this.most) return;
    this.epoch++;
    this.units.length = 0;
    this.counts.length = 0;
    this.onlyStems.length = 0;
    this.stems.length = 0;
    this.stemNumbers.clear();
    this.slots.fill(0);
  }

  /** The number of the unit that stands from `start` to `end` in the characters; `hash` is theirs. */
  find(codes: Uint16Array, start: number, end: number, hash: number): number {
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
    if (rows[row] !== length) return false;
    const compared = Math.min(length, inRow);
    for (let i = 0; i < compared; i++) if (rows[row + 1 + i] !== codes[start + i]) return false;
    return length <= inRow || this.units[number]!.raw === textOf(codes.subarray(start, end));
  }

  private learn(slot: number, codes: Uint16Array): number {
    const number = this.units.length;
    const unit = buildUnit(textOf(codes));
    const row = number << rowBits;
    if (row === this.rows.length) this.growRows();
    this.rows[row] = codes.length;
    this.rows.set(codes.subarray(0, inRow), row + 1);
    this.units.push(unit);
    this.counts.push(unit.count);
    this.onlyStems.push(
      unit.stems.length === 1 && unit.extras.length === 0 ? this.numberStem(unit.stems[0]!) : -1,
    );
    this.slots[slot] = number + 1;
    return number;
  }

  /** Number of a stem; -1 when no unit has it. */
  findStem(stem: string): number {
    return this.stemNumbers.get(stem) ?? -1;
  }

  /** Number of a stem, from now on. */
  numberStem(stem: string): number {
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

/** A text of its own, which keeps no longer one alive. */
function textOf(codes: Uint16Array): string {
  return String.fromCharCode.apply(null, codes as unknown as number[]);
}
