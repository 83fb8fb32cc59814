// Rank made physical: the type size of each paper from its share of the page's score, each limit half the one above.
import type { Step } from "./edition.ts";

/** Least share for folio, quarto, octavo; below is a line. Halves, like paper sizes, so the page is its own chart. */
const limits: readonly { step: Step; share: number; most: number }[] = [
  // `most`: what one page can carry when many papers are equal (no votes yet): then size would say nothing.
  { step: 2, share: 0.05, most: 6 },
  { step: 3, share: 0.025, most: 12 },
  { step: 4, share: 0.0125, most: 24 },
];

/**
 * A page is drawn for some fifty papers. On longer editions (weeks, months, whole archives) sizes follow the share of the
 * best fifty's score, else everything below the lead would be a line.
 */
const papersOfOnePage = 50;

/** Steps for scores in rank order (highest first). Folios come in pairs: an odd one promotes the best quarto. Pure. */
export function stepsOf(scores: readonly number[]): Step[] {
  const total = scores.slice(0, papersOfOnePage).reduce((sum, score) => sum + score, 0);
  const used: Record<number, number> = {};
  const steps = scores.map((score, index): Step => {
    if (index === 0) return 1;
    const share = total > 0 ? score / total : 0;
    const limit = limits.find((l) => share >= l.share && (used[l.step] ?? 0) < l.most);
    if (!limit) return 5;
    used[limit.step] = (used[limit.step] ?? 0) + 1;
    return limit.step;
  });
  return pairFolios(steps);
}

/** An odd folio promotes the best quarto; without one the last folio becomes a quarto itself. */
function pairFolios(steps: Step[]): Step[] {
  const folios = steps.filter((step) => step === 2).length;
  if (folios % 2 === 0) return steps;
  const quarto = steps.indexOf(3);
  if (quarto >= 0) return steps.with(quarto, 2);
  return steps.with(steps.lastIndexOf(2), 3);
}
