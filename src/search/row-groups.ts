// Papers of a finished segment whose year and labels are the same, as groups: most share them with many others (a venue of a
// year), so that counting papers by year and labels is adding one a paper, and the rest of the work is by group.
import type { Columns } from "./columns.ts";
import { GroupCounter } from "./group-counter.ts";

export interface RowGroups {
  /** Knows the group of each paper. */
  counter: GroupCounter;
  /** By group: one of its papers, whose year and labels are those of all. */
  examples: Int32Array;
}

type Rows = Pick<Columns, "years" | "labelStarts" | "labelNumbers">;

const smallest = 256;

/** Papers looked at between two yields: less than a millisecond. */
const papersPerStep = 1 << 13;

/** In steps. */
export function* groupRows(rows: Rows, papers: number): Generator<void, RowGroups> {
  const groupOf = new Int32Array(papers);
  const examples: number[] = [];
  const hashes: number[] = [];
  // Open addressing; 0 is free, else a group's number and one.
  let slots = new Int32Array(smallest);
  for (let doc = 0; doc < papers; doc++) {
    const hash = hashRow(rows, doc);
    let slot = hash & (slots.length - 1);
    while (slots[slot] !== 0 && !isRow(slots[slot]! - 1, hash, doc)) slot = (slot + 1) & (slots.length - 1);
    if (slots[slot] === 0) {
      examples.push(doc);
      hashes.push(hash);
      slots[slot] = examples.length;
      if (examples.length * 2 > slots.length) slots = spread(hashes, slots.length * 4);
      groupOf[doc] = examples.length - 1;
    } else groupOf[doc] = slots[slot]! - 1;
    if (doc % papersPerStep === papersPerStep - 1) yield;
  }
  const sizes = new Int32Array(examples.length);
  for (let doc = 0; doc < papers; doc++) sizes[groupOf[doc]!]!++;
  return { counter: new GroupCounter(groupOf, sizes), examples: Int32Array.from(examples) };

  function isRow(group: number, hash: number, doc: number): boolean {
    return hashes[group] === hash && areEqual(rows, examples[group]!, doc);
  }
}

/** FNV-1a (Fowler, Noll and Vo) over the numbers of a row, its upper bits mixed into the lower ones. */
function hashRow({ years, labelStarts, labelNumbers }: Rows, doc: number): number {
  let hash = Math.imul(0x811c9dc5 ^ years[doc]!, 0x01000193);
  const end = labelStarts[doc + 1]!;
  for (let i = labelStarts[doc]!; i < end; i++) hash = Math.imul(hash ^ labelNumbers[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function areEqual({ years, labelStarts, labelNumbers }: Rows, a: number, b: number): boolean {
  const start = labelStarts[a]!;
  const count = labelStarts[a + 1]! - start;
  const other = labelStarts[b]!;
  if (years[a] !== years[b] || labelStarts[b + 1]! - other !== count) return false;
  for (let i = 0; i < count; i++) if (labelNumbers[start + i] !== labelNumbers[other + i]) return false;
  return true;
}

/** The groups in a larger table. */
function spread(hashes: readonly number[], length: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(length);
  hashes.forEach((hash, group) => {
    let slot = hash & (length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (length - 1);
    slots[slot] = group + 1;
  });
  return slots;
}
