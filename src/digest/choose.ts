// What one reader's issue holds: the day's best papers that this reader has not had, as many as the letter can carry. Pure.
import type { EditionItem } from "../editions/edition.ts";

export interface ChoiceOptions {
  /** Paper pks that this reader has had. */
  sent: ReadonlySet<number>;
  /** Default 12. */
  most?: number;
  /** Room for the papers in the HTML part, in bytes; default 64 KiB, which leaves the frame room below 80 KB. */
  maxBytes?: number;
  /** Size of one paper in the HTML part, in bytes. */
  bytesOf(item: EditionItem): number;
}

export const papersInLetter = 12;

/** Gmail shows the first 102 KB of an HTML part and hides the rest, the way out included: the whole stays below 80 KB. */
const roomForPapers = 64 * 1024;

/** In rank order. The first paper that no longer fits ends the letter: nothing below it jumps ahead. */
export function choosePapers(items: readonly EditionItem[], options: ChoiceOptions): EditionItem[] {
  const { sent, most = papersInLetter, maxBytes = roomForPapers, bytesOf } = options;
  const chosen: EditionItem[] = [];
  let bytes = 0;
  for (const item of items) {
    if (chosen.length >= most) break;
    if (sent.has(item.paper.pk)) continue;
    bytes += bytesOf(item);
    if (bytes > maxBytes) break;
    chosen.push(item);
  }
  return chosen;
}
