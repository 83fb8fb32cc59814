// Whether words stand together: how many papers hold them all, in one title, or side by side. Of common words the papers are
// bits, else the scarcest is walked. How papers lie in segments changes no number of papers.
import { countBits, keepCommon } from "./bits.ts";
import { indexIn, type PaperList } from "./paper-list.ts";
import { openPhrase } from "./phrase.ts";
import type { Postings } from "./postings.ts";
import type { QueryTerms } from "./query-terms.ts";
import type { RemovedPapers } from "./removed-papers.ts";
import type { SpellingWork } from "./spelling-candidates.ts";

/** Postings of the scarcest word whose places are read in a segment; what is beyond is not counted. */
const maxPlaced = 4096;

export interface Together {
  /** Papers that hold all of them. */
  papers: number;
  /** Of these, papers that hold all of them in the title. */
  titles: number;
}

export function countTogether(stems: readonly string[], terms: QueryTerms, work: SpellingWork): Together {
  const sum: Together = { papers: 0, titles: 0 };
  terms.segments.forEach(({ removed }, at) => {
    const lists = postingsOf(stems, terms, at);
    if (lists === null) return;
    const papers = countCommon(lists, removed, work);
    sum.papers += papers;
    if (papers > 0)
      sum.titles += countCommon(
        lists.map(({ titled }) => titled),
        removed,
        work,
      );
  });
  return sum;
}

/** Papers in which they stand side by side in this order. */
export function countSideBySide(stems: readonly string[], terms: QueryTerms, work: SpellingWork): number {
  let papers = 0;
  terms.segments.forEach(({ removed }, at) => {
    const lists = postingsOf(stems, terms, at);
    if (lists === null) return;
    const test = openPhrase([...stems], terms, { segment: at });
    papers += countHolders(lists, maxPlaced, work, (doc) => !removed.has(doc) && test(doc));
  });
  return papers;
}

/** Null: the segment lacks one of them. */
function postingsOf(stems: readonly string[], terms: QueryTerms, at: number): Postings[] | null {
  const lists = stems.map((stem) => terms.postings(stem, at));
  return lists.includes(null) ? null : (lists as Postings[]);
}

function countCommon(lists: readonly PaperList[], removed: RemovedPapers, work: SpellingWork): number {
  const tables = lists.flatMap(({ table }) => (table ? [table.bits] : []));
  if (tables.length < lists.length)
    return countHolders(lists, Number.POSITIVE_INFINITY, work, (doc) => !removed.has(doc));
  const [first, ...others] = tables;
  const common = first!.slice();
  for (const bits of others) keepCommon(common, bits);
  removed.dropFrom(common);
  work.postings += tables.length * common.length;
  return countBits(common);
}

/** The scarcest is walked, as far as that. */
function countHolders(
  lists: readonly PaperList[],
  most: number,
  work: SpellingWork,
  accepts: (doc: number) => boolean,
): number {
  const [lead, ...others] = [...lists].sort((a, b) => a.count - b.count);
  const { docs } = lead!;
  const end = Math.min(docs.length, most);
  work.postings += end;
  let count = 0;
  for (let i = 0; i < end; i++) {
    const doc = docs[i]!;
    if (others.every((list) => indexIn(list, doc) >= 0) && accepts(doc)) count++;
  }
  return count;
}
