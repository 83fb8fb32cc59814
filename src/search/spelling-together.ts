// Whether words stand together: how many papers hold them all, in one title, or side by side. The scarcest is walked, up to a
// limit; what is beyond is not counted.

import { codeIn } from "./paper-list.ts";
import { openPhrase } from "./phrase.ts";
import type { Postings } from "./postings.ts";
import type { QueryTerms } from "./query-terms.ts";
import type { SpellingWork } from "./spelling-candidates.ts";

/** Postings of the scarcest word walked in a segment. */
const maxWalked = 4096;
/** Packed frequencies from here on say that the word is in the title. */
const inTitleCode = 64;

export interface Together {
  /** Papers that hold all of them. */
  papers: number;
  /** Of these, papers that hold all of them in the title. */
  titles: number;
}

export function countTogether(stems: readonly string[], terms: QueryTerms, work: SpellingWork): Together {
  const sum: Together = { papers: 0, titles: 0 };
  terms.segments.forEach(({ removed }, at) => {
    visitTogether(stems, terms, at, work, (doc, titled) => {
      if (removed.has(doc)) return;
      sum.papers++;
      if (titled) sum.titles++;
    });
  });
  return sum;
}

/** Papers in which they stand side by side in this order. */
export function countSideBySide(stems: readonly string[], terms: QueryTerms, work: SpellingWork): number {
  let papers = 0;
  terms.segments.forEach(({ removed }, at) => {
    const test = openPhrase([...stems], terms, { segment: at });
    visitTogether(stems, terms, at, work, (doc) => {
      if (!removed.has(doc) && test(doc)) papers++;
    });
  });
  return papers;
}

function visitTogether(
  stems: readonly string[],
  terms: QueryTerms,
  at: number,
  work: SpellingWork,
  visit: (doc: number, titled: boolean) => void,
): void {
  const lists: Postings[] = [];
  for (const stem of stems) {
    const postings = terms.postings(stem, at);
    if (!postings) return;
    lists.push(postings);
  }
  lists.sort((a, b) => a.count - b.count);
  const [lead, ...others] = lists;
  if (!lead) return;
  const { docs, codes } = lead;
  const end = Math.min(lead.count, maxWalked);
  for (let i = 0; i < end; i++) {
    work.postings++;
    const doc = docs[i]!;
    let titled = codes[i]! >= inTitleCode;
    let held = true;
    for (let k = 0; held && k < others.length; k++) {
      const code = codeIn(others[k]!, doc);
      held = code !== 0;
      titled &&= held && code >= inTitleCode;
    }
    if (held) visit(doc, titled);
  }
}
