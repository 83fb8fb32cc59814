// The terms of the live segment by number, and which of them a written unit stands for: looked up by its stems once, by its
// number from then on.
import { IntList } from "./int-list.ts";
import { knownUnits } from "./unit-scanner.ts";

/** A unit of several terms, or of none, where else its term stands. */
const several = -1;

/** A unit's terms and at which of its places each stands, by rising place. */
interface UnitTerms {
  /** Places it takes. */
  count: number;
  terms: number[];
  offsets: number[];
}

export class LiveTerms {
  /** By number. */
  readonly stems: string[] = [];
  private readonly numbers = new Map<string, number>();
  /** By number of a unit: its only term and 1 more; 0 is unknown. */
  private readonly units = new IntList();
  private readonly others = new Map<number, UnitTerms>();
  private epoch = knownUnits.epoch;

  get count(): number {
    return this.stems.length;
  }

  /** Number of a stem; -1 when no paper has it. */
  find(stem: string): number {
    return this.numbers.get(stem) ?? -1;
  }

  /** By number of a unit: 1 more than its term where it stands for one alone; others are left to `forEachOf`. */
  openUnits(): IntList {
    if (this.epoch !== knownUnits.epoch) this.forgetUnits();
    return this.units;
  }

  private forgetUnits(): void {
    this.epoch = knownUnits.epoch;
    this.units.length = 0;
    this.others.clear();
  }

  /** Visits the terms of a unit with their places within it; returns how many places it takes. */
  forEachOf(unit: number, visit: (term: number, offset: number) => void): number {
    while (this.units.length <= unit) this.units.push(0);
    if (this.units.data[unit] === 0) this.learn(unit);
    const term = this.units.data[unit]!;
    if (term !== several) {
      visit(term - 1, 0);
      return 1;
    }
    const { count, terms, offsets } = this.others.get(unit)!;
    for (let i = 0; i < terms.length; i++) visit(terms[i]!, offsets[i]!);
    return count;
  }

  /** Notes the terms of a unit, so that the next time its stems need no look-up. */
  private learn(unit: number): void {
    const { count, stems, extras } = knownUnits.units[unit]!;
    if (stems.length === 1 && extras.length === 0) {
      this.units.data[unit] = this.numberOf(stems[0]!) + 1;
      return;
    }
    const own: UnitTerms = { count, terms: [], offsets: [] };
    stems.forEach((stem, at) => {
      for (const written of [{ stem, at }, ...extras.filter((extra) => extra.at === at)]) {
        own.terms.push(this.numberOf(written.stem));
        own.offsets.push(at);
      }
    });
    this.others.set(unit, own);
    this.units.data[unit] = several;
  }

  private numberOf(stem: string): number {
    const known = this.numbers.get(stem);
    if (known !== undefined) return known;
    const number = this.stems.length;
    this.stems.push(stem);
    this.numbers.set(stem, number);
    return number;
  }
}
