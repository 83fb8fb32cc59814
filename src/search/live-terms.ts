// The terms of the live segment by number: known by the numbers that the table of units gives to stems, so that no stem is
// looked up by its letters.
import { IntList } from "./int-list.ts";
import { knownUnits } from "./unit-scanner.ts";

/** A unit of several terms, or of none: which, and at which of its places each stands, by rising place. */
interface UnitTerms {
  /** Places it takes. */
  count: number;
  terms: number[];
  offsets: number[];
}

export class LiveTerms {
  /** By number. */
  readonly stems: string[] = [];
  /** By number of a stem among all known ones: its term and 1 more, 0 where there is none yet. */
  private readonly terms = new IntList();
  /** By number of a unit. */
  private readonly severalOf = new Map<number, UnitTerms>();
  private epoch = knownUnits.epoch;
  /** Terms that were there when all units were forgotten, by their letters. */
  private older: ReadonlyMap<string, number> | null = null;

  get count(): number {
    return this.stems.length;
  }

  /** Number of the term of a stem; -1 when no paper has it. */
  find(stem: string): number {
    this.refresh();
    const number = knownUnits.findStem(stem);
    const term = number >= 0 && number < this.terms.length ? this.terms.data[number]! - 1 : -1;
    return term >= 0 ? term : (this.older?.get(stem) ?? -1);
  }

  /** To be called before units that were found lately are asked for. */
  refresh(): void {
    if (this.epoch === knownUnits.epoch) return;
    this.epoch = knownUnits.epoch;
    this.terms.length = 0;
    this.severalOf.clear();
    this.older = new Map(this.stems.map((stem, term) => [stem, term]));
  }

  /** The term of a stem by its number among all known ones. */
  termOf(stem: number): number {
    const known = stem < this.terms.length ? this.terms.data[stem]! - 1 : -1;
    return known >= 0 ? known : this.learn(stem);
  }

  private learn(stem: number): number {
    while (this.terms.length <= stem) this.terms.push(0);
    const letters = knownUnits.stems[stem]!;
    const term = this.older?.get(letters) ?? this.stems.push(letters) - 1;
    this.terms.data[stem] = term + 1;
    return term;
  }

  /** The terms of a unit that has not one alone. */
  termsOf(unit: number): UnitTerms {
    let own = this.severalOf.get(unit);
    if (own === undefined) {
      own = this.findTerms(unit);
      this.severalOf.set(unit, own);
    }
    return own;
  }

  private findTerms(unit: number): UnitTerms {
    const { count, stems, extras } = knownUnits.units[unit]!;
    const own: UnitTerms = { count, terms: [], offsets: [] };
    stems.forEach((stem, at) => {
      for (const written of [{ stem, at }, ...extras.filter((extra) => extra.at === at)]) {
        own.terms.push(this.termOf(knownUnits.numberStem(written.stem)));
        own.offsets.push(at);
      }
    });
    return own;
  }
}
