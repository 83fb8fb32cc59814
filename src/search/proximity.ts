// Words that stand together as in the query: the ordered pairs of the sequential dependence model (Metzler and Croft 2005),
// looked for in the places of the best papers by words, stop words included.

import { fieldShift, type Positions, type Segment } from "./segment.ts";
import { weighStem } from "./statistics.ts";

/** Part of a pair's weight that it adds when it stands in the title, the abstract, the authors. */
const pairShares = [1.0, 0.4, 1.0];
/** Longer queries are prose; their word order says little. Pairs beyond are not looked at. */
const maxPairs = 24;

export interface Pairs {
  stems: readonly string[];
  /** weights[i] is that of stems[i] followed by stems[i + 1]. */
  weights: readonly number[];
  /** What no paper's bonus exceeds. */
  most: number;
}

/** The adjacent pairs of a query's stems. A pair weighs what its words weigh on average. */
export function planPairs(stems: readonly string[], segments: readonly Segment[]): Pairs {
  const used = stems.slice(0, maxPairs + 1);
  const own = used.map((stem) => weighStem(stem, segments));
  const weights = own.slice(1).map((weight, i) => (weight + own[i]!) / 2);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { stems: used, weights, most: sum * Math.max(...pairShares) };
}

/** Tells the bonus of one paper of the segment after another. */
export function openPairs(pairs: Pairs, segment: Segment): (doc: number) => number {
  const readers = pairs.stems.map((stem) => {
    const term = segment.findTerm(stem);
    return term < 0 ? null : segment.openPositions(term);
  });
  return (doc) => {
    const held = readers.map((reader) => (reader?.moveTo(doc) ? reader : null));
    let bonus = 0;
    for (let i = 0; i < pairs.weights.length; i++) {
      const left = held[i];
      const right = held[i + 1];
      if (left && right) bonus += pairs.weights[i]! * bestShare(left, right);
    }
    return bonus;
  };
}

/** Share of the best field in which a place of the left is followed by one of the right. */
function bestShare(left: Positions, right: Positions): number {
  let best = 0;
  let j = right.start;
  for (let i = left.start; i < left.end; i++) {
    const next = left.data[i]! + 1;
    while (j < right.end && right.data[j]! < next) j++;
    if (j === right.end) break;
    if (right.data[j] === next) best = Math.max(best, pairShares[next >> fieldShift]!);
  }
  return best;
}
