// Identifiers that nobody accounts for: arXiv gives them out at the announcement, one after the other, so that a hole
// within a day's new papers is a paper that was not shown to us. Pure.
import { parseArxiv } from "../papers/identifiers.ts";

/** A day has at most some two thousand new papers; more holes than this come from a wrong idea of where it begins. */
const mostGaps = 500;

/**
 * The ids between the least and the greatest of `day` (new papers of one announcement) that are not in `known`. A month's
 * numbers begin anew, so that each month is looked at by itself; ids of the old style are left out.
 */
export function findGaps(day: readonly string[], known: ReadonlySet<string>): string[] {
  const gaps: string[] = [];
  for (const numbers of numbersByMonth(day).values()) {
    const [month, width] = [numbers[0]!.month, numbers[0]!.width];
    const values = numbers.map(({ number }) => number).sort((a, b) => a - b);
    for (let number = values[0]! + 1; number < values.at(-1)!; number++) {
      const id = `${month}.${String(number).padStart(width, "0")}`;
      if (!known.has(id)) gaps.push(id);
      if (gaps.length >= mostGaps) return gaps;
    }
  }
  return gaps;
}

interface Numbered {
  /** "2605" */
  month: string;
  number: number;
  width: number;
}

function numbersByMonth(ids: readonly string[]): Map<string, Numbered[]> {
  const numbered = ids.flatMap((id): Numbered[] => {
    const match = /^(\d{4})\.(\d{4,5})$/.exec(parseArxiv(id)?.value ?? "");
    return match ? [{ month: match[1]!, number: Number(match[2]), width: match[2]!.length }] : [];
  });
  return Map.groupBy(numbered, ({ month }) => month);
}
