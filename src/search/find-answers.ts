// All papers of a segment that answer a query: what totals, facets and sorts go over.
import { type Bits, keepCommon } from "./bits.ts";
import { findAny, postingsOf } from "./match.ts";
import { liveBits } from "./match-conditions.ts";
import type { Plan } from "./plan.ts";
import type { Work } from "./work.ts";

/** Found once a query. Do not write to the set. */
export function findAnswers(plan: Plan, at: number, work: Work): Bits {
  plan.answers[at] ??= readAnswers(plan, at, work);
  return plan.answers[at];
}

function readAnswers({ query, words, accepted, segments }: Plan, at: number, work: Work): Bits {
  const segment = segments[at]!;
  if (!query.needsWord) return accepted[at] ?? liveBits(segment);
  const held = findAny(postingsOf(words, at), segment.size, work);
  if (accepted[at]) keepCommon(held, accepted[at]);
  else segment.removed.dropFrom(held);
  return held;
}
