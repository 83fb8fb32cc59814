// Columns as a finished segment stores them: a row for each paper (year, day, id, labels as numbers), the labels' names beside.
import { ByteReader, type ByteWriter, readUint32 } from "./bytes.ts";
import type { Columns } from "./columns.ts";
import { runToEnd } from "./in-slices.ts";
import { IntList } from "./int-list.ts";
import { groupRows, type RowGroups } from "./row-groups.ts";

/** Gives the labels of several segments common numbers, and writes rows with them. */
export class ColumnWriter {
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  /** By source: its own numbers to ours, -1 where not seen yet. */
  private readonly known: Int32Array[];
  private readonly sources: readonly Columns[];

  constructor(sources: readonly Columns[]) {
    this.sources = sources;
    this.known = sources.map(({ labelNames }) => new Int32Array(labelNames.length).fill(-1));
  }

  writeRow(source: number, doc: number, out: ByteWriter): void {
    const { years, days, idHashes, labelStarts, labelNumbers } = this.sources[source]!;
    out.varint(years[doc]!);
    out.varint(days[doc]!);
    out.uint32(idHashes[doc]!);
    const end = labelStarts[doc + 1]!;
    out.varint(end - labelStarts[doc]!);
    for (let i = labelStarts[doc]!; i < end; i++) out.varint(this.numberOf(source, labelNumbers[i]!));
  }

  private numberOf(source: number, own: number): number {
    const known = this.known[source]!;
    if (known[own]! < 0) known[own] = this.numberOfName(this.sources[source]!.labelNames[own]!);
    return known[own]!;
  }

  private numberOfName(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.length;
      this.names.push(name);
      this.numbers.set(name, number);
    }
    return number;
  }

  /** The names as JSON, in order of their numbers. */
  encodeNames(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this.names));
  }
}

/** Papers read between two yields. */
const papersPerStep = 1 << 12;

/** In steps. */
export function* decodeColumns(
  rows: Uint8Array,
  names: Uint8Array,
  papers: number,
): Generator<void, Columns> {
  const years = new Int32Array(papers);
  const days = new Int32Array(papers);
  const idHashes = new Int32Array(papers);
  const labelStarts = new Int32Array(papers + 1);
  const labels = new IntList(papers * 2);
  const reader = new ByteReader(rows);
  for (let doc = 0; doc < papers; doc++) {
    years[doc] = reader.varint();
    days[doc] = reader.varint();
    idHashes[doc] = readUint32(rows, reader.at) | 0;
    reader.skip(4);
    for (let left = reader.varint(); left > 0; left--) labels.push(reader.varint());
    labelStarts[doc + 1] = labels.length;
    if (doc % papersPerStep === papersPerStep - 1) yield;
  }
  const labelNames = JSON.parse(new TextDecoder().decode(names)) as string[];
  yield;
  const labelNumbers = labels.data.slice(0, labels.length);
  yield;
  let found: RowGroups | null = null;
  function* findGroups() {
    found ??= yield* groupRows({ years, labelStarts, labelNumbers }, papers);
    return found;
  }
  const groups = () => runToEnd(findGroups());
  return { years, days, idHashes, labelNames, labelStarts, labelNumbers, groups, findGroups };
}
