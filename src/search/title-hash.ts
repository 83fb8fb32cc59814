// The hash by which a title typed as it stands finds its paper.

import { knownUnits } from "./unit-scanner.ts";

const empty = 0x811c9dc5;

/** FNV-1a over the stems in order, 32 bits unsigned. Equal titles have equal hashes; the converse must be checked. */
export function hashStems(stems: readonly string[]): number {
  let hash = empty;
  for (const stem of stems) hash = mixStem(hash, stem);
  return hash >>> 0;
}

/** The same of the stems of the first `count` units. */
export function hashUnits(numbers: Int32Array, count: number): number {
  const { terms, stems } = knownUnits;
  let hash = empty;
  for (let i = 0; i < count; i++) {
    const term = terms.data[numbers[i]!]!;
    if (term >= 0) hash = mixStem(hash, stems[term]!);
    else for (const stem of knownUnits.stemsOf(numbers[i]!)) hash = mixStem(hash, stem);
  }
  return hash >>> 0;
}

function mixStem(before: number, stem: string): number {
  let hash = before;
  for (let i = 0; i < stem.length; i++) hash = Math.imul(hash ^ stem.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ 0x20, 0x01000193);
}
