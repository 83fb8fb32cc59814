// Columns that grow paper by paper.
import { type Columns, readColumns } from "./columns.ts";
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

  constructor() {
    this.labelStarts.push(0);
  }

  add(document: SearchDocument): void {
    const row = readColumns(document);
    this.years.push(row.year);
    this.days.push(row.day);
    this.idHashes.push(row.idHash);
    for (const label of row.labels) this.labelNumbers.push(this.numberOf(label));
    this.labelStarts.push(this.labelNumbers.length);
  }

  private numberOf(label: string): number {
    let number = this.labels.get(label);
    if (number === undefined) {
      number = this.labelNames.length;
      this.labelNames.push(label);
      this.labels.set(label, number);
    }
    return number;
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
