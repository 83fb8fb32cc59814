// Columns that grow paper by paper.
import { type Columns, forEachLabel, type LabelKind, makeLabel, maxLabels, readColumns } from "./columns.ts";
import { IntList } from "./int-list.ts";
import type { SearchDocument } from "./search.ts";

export class LiveColumns {
  private readonly years = new IntList();
  private readonly days = new IntList();
  private readonly idHashes = new IntList();
  private readonly labelStarts = new IntList();
  private readonly labelNumbers = new IntList();
  private readonly labelNames: string[] = [];
  private readonly labels = new Map<string, number>();
  /** By kind and name as they come: most names come again, and then no label is written. */
  private readonly met = new Map<LabelKind, Map<string, number>>();

  constructor() {
    this.labelStarts.push(0);
  }

  add(document: SearchDocument): void {
    const row = readColumns(document);
    this.years.push(row.year);
    this.days.push(row.day);
    this.idHashes.push(row.idHash);
    const start = this.labelNumbers.length;
    forEachLabel(document, (kind, name) => this.addLabel(start, kind, name));
    this.labelStarts.push(this.labelNumbers.length);
  }

  /** Each label once, and so many at most; those of the paper begin at `start`. */
  private addLabel(start: number, kind: LabelKind, name: string): void {
    const { labelNumbers } = this;
    if (labelNumbers.length - start === maxLabels) return;
    const number = this.numberOf(kind, name);
    for (let i = start; i < labelNumbers.length; i++) if (labelNumbers.data[i] === number) return;
    labelNumbers.push(number);
  }

  private numberOf(kind: LabelKind, name: string): number {
    let numbers = this.met.get(kind);
    if (numbers === undefined) {
      numbers = new Map();
      this.met.set(kind, numbers);
    }
    let number = numbers.get(name);
    if (number === undefined) {
      number = this.learn(makeLabel(kind, name));
      numbers.set(name, number);
    }
    return number;
  }

  /** Different names may be one label. */
  private learn(label: string): number {
    const known = this.labels.get(label);
    if (known !== undefined) return known;
    this.labels.set(label, this.labelNames.length);
    return this.labelNames.push(label) - 1;
  }

  /** Valid until the next paper. */
  view(): Columns {
    return {
      years: this.years.data,
      days: this.days.data,
      idHashes: this.idHashes.data,
      labelNames: this.labelNames,
      labelStarts: this.labelStarts.data,
      labelNumbers: this.labelNumbers.data,
    };
  }
}
