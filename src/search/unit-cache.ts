// Remembers what written units stand for: every word of a text passes here, and most have been seen before.
import { buildUnit, type Unit } from "./unit.ts";

const slotBits = 16;

/** A cache of fixed size, two places a hash; looks a unit up without cutting it out of its text. */
export class UnitCache {
  private readonly slots: (Unit | null)[] = new Array<Unit | null>(2 << slotBits).fill(null);

  /** The unit that stands from `start` to `end` in the text. */
  get(text: string, start: number, end: number): Unit {
    const slot = hashRange(text, start, end) * 2;
    const first = this.slots[slot]!;
    if (first && isAt(first, text, start, end)) return first;
    const second = this.slots[slot + 1]!;
    const found = second && isAt(second, text, start, end) ? second : buildUnit(copy(text.slice(start, end)));
    // What is used moves to the front; what was there stays one longer.
    this.slots[slot] = found;
    this.slots[slot + 1] = first;
    return found;
  }
}

function isAt(unit: Unit, text: string, start: number, end: number): boolean {
  return unit.raw.length === end - start && text.startsWith(unit.raw, start);
}

/** A slice would keep its whole text alive as long as it is remembered; a copy does not. */
function copy(slice: string): string {
  return Buffer.from(slice, "utf16le").toString("utf16le");
}

/** FNV-1a, folded to the number of slots. */
function hashRange(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> slotBits)) & ((1 << slotBits) - 1);
}
