// What the letters of a run share of a paper, as text: made once, and again only where its place differs.
import type { IssueItem } from "./issue.ts";
import type { PaperWords } from "./letter-words.ts";

/** Of one paper: its place is the same for most readers. */
const mostShared = 20;

/** Of an item all but the reader's own: reason and marks. */
export type SharedItem = Omit<IssueItem, "reason" | "marks">;
export type RenderPaper<T> = (item: SharedItem, baseUrl: string) => T;

/** The same rendering, remembered by the words, which live as long as the run. */
export function memoByPaper<T>(render: RenderPaper<T>): RenderPaper<T> {
  const byWords = new WeakMap<PaperWords, Map<string, T>>();
  return (item, baseUrl) => {
    const known = byWords.get(item.words) ?? new Map<string, T>();
    byWords.set(item.words, known);
    const { rank, share, step, part } = item;
    const key = `${rank} ${share} ${step} ${part} ${baseUrl}`;
    const made = known.get(key) ?? render(item, baseUrl);
    if (known.size >= mostShared) known.clear();
    known.set(key, made);
    return made;
  };
}
