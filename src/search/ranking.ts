// Which papers answer a query, how many, and the best of them by words (BM25F); see docs/search.md for what "answers" means.
import { listStems } from "./analyzer.ts";
import { visitAny } from "./any-words.ts";
import { countAny, postingsOf, visitComplete } from "./match.ts";
import { openPhrase } from "./phrase.ts";
import type { Plan } from "./plan.ts";
import { codeIn } from "./postings.ts";
import { impactOf } from "./scoring.ts";
import { type RankedPaper, TopPapers } from "./top-papers.ts";
import type { Work } from "./work.ts";

/** When so many papers hold all the words, the others are no answers. */
export const enoughComplete = 100;

export interface Ranking {
  /** Best first, at most `depth`. */
  papers: RankedPaper[];
  /** Exact number of answers. */
  total: number;
  /** Of these, papers that hold all words and phrases. */
  complete: number;
}

/** Ranks by words alone. A phrase is a condition: papers without it are no answers. */
export function rankByWords(plan: Plan, depth: number, work: Work): Ranking {
  if (plan.words.length === 0) return { papers: [], total: 0, complete: 0 };
  return plan.phrases.length > 0 ? rankWithPhrases(plan, depth, work) : rankFreely(plan, depth, work);
}

function rankFreely(plan: Plan, depth: number, work: Work): Ranking {
  const top = new TopPapers(depth);
  const complete = collectComplete(plan, top, work);
  if (complete >= enoughComplete || plan.words.length === 1) {
    return { papers: top.list(), total: complete, complete };
  }
  const total = collectAny(plan, top, work);
  return { papers: top.list(), total, complete };
}

/** Adds every paper that holds all words; returns their number. */
function collectComplete(plan: Plan, top: TopPapers, work: Work): number {
  let count = 0;
  plan.segments.forEach((segment, at) => {
    visitComplete(postingsOf(plan.words, at), segment.removed, work, (doc, codes) => {
      count++;
      let score = completeBonus(plan, at, doc);
      const lengths = segment.lengths[doc]!;
      for (let i = 0; i < codes.length; i++) score += plan.words[i]!.weight * impactOf(codes[i]!, lengths);
      work.scored++;
      if (score >= top.threshold) top.add({ score, segment: at, doc, key: segment.keyOf(doc) });
    });
  });
  return count;
}

/** What a paper gains that holds all words, and more when they are its very title. */
function completeBonus(plan: Plan, at: number, doc: number): number {
  const segment = plan.segments[at]!;
  const { complete, title } = plan.bonuses;
  if (segment.titleHashOf(doc) !== plan.titleHash) return complete;
  const isTitle = listStems(segment.readPaper(doc).title).join(" ") === plan.stems.join(" ");
  return isTitle ? complete + title : complete;
}

/** Adds the best papers that hold some of the words; returns how many hold any. */
function collectAny(plan: Plan, top: TopPapers, work: Work): number {
  const weights = plan.words.map((word) => word.weight);
  let total = 0;
  plan.segments.forEach((segment, at) => {
    const words = postingsOf(plan.words, at);
    total += countAny(words, segment.size, segment.removed, work);
    visitAny({
      words,
      weights,
      lengths: segment.lengths,
      work,
      threshold: () => top.threshold,
      offer(doc, score, held) {
        // Papers with all words are in already.
        if (held === words.length || segment.removed.has(doc)) return;
        top.add({ score, segment: at, doc, key: segment.keyOf(doc) });
      },
    });
  });
  return total;
}

/** Every paper with the phrases is looked at: those with all words first, or alone when there are enough. */
function rankWithPhrases(plan: Plan, depth: number, work: Work): Ranking {
  const complete = new TopPapers(depth);
  const others = new TopPapers(depth);
  const counts = { complete: 0, others: 0 };
  plan.segments.forEach((segment, at) => {
    visitPhrases(plan, at, work, (doc) => {
      const { score, held } = scorePaper(plan, at, doc);
      const paper = { segment: at, doc, key: segment.keyOf(doc) };
      work.scored++;
      if (held === plan.words.length) {
        counts.complete++;
        complete.add({ ...paper, score: score + completeBonus(plan, at, doc) });
      } else {
        counts.others++;
        others.add({ ...paper, score });
      }
    });
  });
  if (counts.complete >= enoughComplete) {
    return { papers: complete.list(), total: counts.complete, complete: counts.complete };
  }
  for (const paper of others.list()) complete.add(paper);
  return { papers: complete.list(), total: counts.complete + counts.others, complete: counts.complete };
}

/** Visits the papers of a segment that hold every phrase. */
function visitPhrases(plan: Plan, at: number, work: Work, visit: (doc: number) => void): void {
  const segment = plan.segments[at]!;
  const tests = plan.phrases.map((stems) => openPhrase(stems, segment));
  if (tests.includes(null)) return;
  const terms = [...new Set(plan.phrases.flat())].map((stem) => segment.findTerm(stem));
  const postings = terms.map((term) => segment.readPostings(term));
  visitComplete(postings, segment.removed, work, (doc) => {
    if (tests.every((test) => test?.(doc))) visit(doc);
  });
}

/** A paper's score by words, and how many of them it holds. */
function scorePaper(plan: Plan, at: number, doc: number): { score: number; held: number } {
  const lengths = plan.segments[at]!.lengths[doc]!;
  let score = 0;
  let held = 0;
  for (const word of plan.words) {
    const code = codeIn(word.postings[at]!, doc);
    if (code === 0) continue;
    held++;
    score += word.weight * impactOf(code, lengths);
  }
  return { score, held };
}
