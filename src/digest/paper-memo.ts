// What the letters of a run share of a paper, as text: made once, and again only where a reader's reason or its place differs.
import type { IssueItem } from "./issue.ts";
import type { PaperWords } from "./letter-words.ts";

/** Of one paper: its place is the same for most readers, its reason may be each reader's own. */
const mostShared = 20;

export type RenderPaper = (item: IssueItem, baseUrl: string) => string;

/** The same rendering, remembered by the words, which live as long as the run. It must not depend on the reader's marks. */
export function memoByPaper(render: RenderPaper): RenderPaper {
  const byWords = new WeakMap<PaperWords, Map<string, string>>();
  return (item, baseUrl) => {
    const known = byWords.get(item.words) ?? new Map<string, string>();
    byWords.set(item.words, known);
    const { rank, share, step, part, reason } = item;
    const key = `${rank} ${share} ${step} ${part} ${baseUrl} ${reason}`;
    const text = known.get(key) ?? render(item, baseUrl);
    if (known.size >= mostShared) known.clear();
    known.set(key, text);
    return text;
  };
}
