// The hash by which a title typed as it stands finds its paper.

import { knownUnits } from "./unit-scanner.ts";
import { isExtra } from "./unit-table.ts";

const empty = 0x811c9dc5;

/** FNV-1a over the stems in order, 32 bits unsigned. Equal titles have equal hashes; the converse must be checked. */
export function hashStems(stems: readonly string[]): number {
  let hash = empty;
  for (const stem of stems) hash = mixStem(hash, stem);
  return hash >>> 0;
}

/** The same of the stems of the first `count` units. */
export function hashUnits(numbers: Int32Array, count: number): number {
  const { terms, several, stems } = knownUnits;
  let hash = empty;
  for (let i = 0; i < count; i++) {
    const term = terms.data[numbers[i]!]!;
    if (term >= 0) {
      hash = mixStem(hash, stems[term]!);
      continue;
    }
    const start = ~term + 1;
    const end = start + 2 * several.data[start - 1]!;
    for (let at = start; at < end; at += 2)
      if (!isExtra(several.data[at + 1]!)) hash = mixStem(hash, stems[several.data[at]!]!);
  }
  return hash >>> 0;
}

function mixStem(before: number, stem: string): number {
  let hash = before;
  for (let i = 0; i < stem.length; i++) hash = Math.imul(hash ^ stem.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ 0x20, 0x01000193);
}
