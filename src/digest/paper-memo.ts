// What the letters of a run share of a paper, as text: made once, and again only where its place differs.
import { remember } from "../lib/remember.ts";
import type { IssueItem } from "./issue.ts";
import type { PaperWords } from "./letter-words.ts";

/** Of one paper: its place is the same for most readers. */
const mostShared = 20;

/** Of an item all but the reader's own: reason and marks. */
export type SharedItem = Omit<IssueItem, "reason" | "marks">;
export type RenderPaper<T> = (item: SharedItem, baseUrl: string) => T;

/** The same rendering, remembered by the words, which live as long as the run. */
export function memoByPaper<T>(render: RenderPaper<T>): RenderPaper<T> {
  const byWords = new WeakMap<PaperWords, { place: SharedItem; baseUrl: string; made: T }[]>();
  return (item, baseUrl) => {
    const known = byWords.get(item.words) ?? [];
    const found = known.find((entry) => entry.baseUrl === baseUrl && isSamePlace(entry.place, item));
    if (found) return found.made;
    const made = render(item, baseUrl);
    const { rank, share, step, part, pk, version, words } = item;
    if (known.length >= mostShared) known.length = 0;
    known.push({ place: { rank, share, step, part, pk, version, words }, baseUrl, made });
    byWords.set(item.words, known);
    return made;
  };
}

function isSamePlace(a: SharedItem, b: SharedItem): boolean {
  return a.rank === b.rank && a.share === b.share && a.step === b.step && a.part === b.part;
}

/** Readers who saved the same paper are told so in the same words. */
const mostReasons = 5_000;

/** What is made of a reason, remembered for the letters that say the same. */
export function memoByReason<T>(render: (reason: string) => T): (reason: string) => T {
  return remember(mostReasons, render);
}
