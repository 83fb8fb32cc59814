// The terms of the live segment by number: known by the numbers that the table of units gives to stems, so that no stem is
// looked up by its letters.
import { IntList } from "./int-list.ts";
import { knownUnits } from "./unit-scanner.ts";

export class LiveTerms {
  /** By number. */
  readonly stems: string[] = [];
  /** By number of a stem among all known ones: its term and 1 more, 0 where there is none yet. */
  private readonly terms = new IntList();
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
}
