// Answers in another order than that of relevance: by day, votes or trend. Papers that hold all the words still come before
// those that hold some; equal ones stand by key, so that the order is the same every time.
import type { Answers } from "./answers.ts";
import { addBit, type Bits, countBits, dropAll, keepCommon, noBits, walkBits } from "./bits.ts";
import { postingsOf, visitComplete } from "./match.ts";
import type { Plan } from "./plan.ts";
import type { SearchSort } from "./search.ts";
import type { Standings } from "./standings.ts";
import { type RankedPaper, TopPapers } from "./top-papers.ts";
import type { Work } from "./work.ts";

export type ColumnSort = Exclude<SearchSort, "relevance">;

/** A place in the order: what stands at it or before it is left out. */
export interface SortPosition {
  /** 0: among papers that hold all words; 1: among those that hold some. */
  group: number;
  value: number;
  key: number;
}

export interface SortInput {
  plan: Plan;
  answers: Pick<Answers, "setOf">;
  sort: ColumnSort;
  depth: number;
  after: SortPosition | null;
  standings: Standings;
  work: Work;
}

/** A paper whose score is what it was sorted by. */
export type SortedPaper = RankedPaper & { group: number };

/** The first `depth` answers behind the position. */
export function sortAnswers(input: SortInput): SortedPaper[] {
  const groups = splitSets(input);
  const found: SortedPaper[] = [];
  groups.forEach((sets, group) => {
    const depth = input.depth - found.length;
    if (depth <= 0 || group < (input.after?.group ?? 0)) return;
    const after = input.after?.group === group ? input.after : null;
    for (const paper of sortSets(sets, { ...input, depth, after })) found.push({ ...paper, group });
  });
  return found;
}

/** By segment the answers that hold all words, and the others. */
function splitSets({ plan, answers, work }: SortInput): Bits[][] {
  const all = plan.segments.map((_, at) => answers.setOf(at));
  if (plan.words.length === 0) return [all];
  const complete = all.map((set, at) => {
    const held = findComplete(plan, at, work);
    keepCommon(held, set);
    return held;
  });
  const others = all.map((set, at) => {
    const left = set.slice();
    dropAll(left, complete[at]!);
    return left;
  });
  return [complete, others];
}

function findComplete({ segments, words }: Plan, at: number, work: Work): Bits {
  const found = noBits(segments[at]!.size);
  const none = { has: () => false };
  visitComplete(postingsOf(words, at), none, work, (doc) => addBit(found, doc));
  return found;
}

function sortSets(
  sets: readonly Bits[],
  { plan, sort, depth, after, standings, work }: SortInput,
): RankedPaper[] {
  const top = new TopPapers(depth);
  sets.forEach((set, segment) => {
    const own = plan.segments[segment]!;
    const readValue = openValue(sort, own.columns.days, standings);
    const docs = walkBits(set, countBits(set));
    work.postings += docs.length;
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i]!;
      const key = own.keyOf(doc);
      const score = readValue(doc, key);
      if (top.refuses(score, key)) continue;
      if (after && (score > after.value || (score === after.value && key <= after.key))) continue;
      top.add({ score, segment, doc, key });
    }
  });
  return top.list();
}

function openValue(
  sort: ColumnSort,
  days: Int32Array,
  standings: Standings,
): (doc: number, key: number) => number {
  switch (sort) {
    case "newest":
      return (doc) => days[doc]!;
    case "votes":
      return (_, key) => standings.votesOf(key);
    case "trending":
      return (_, key) => standings.trendingOf(key);
  }
}
