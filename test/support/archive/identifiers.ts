// Identifiers are given at the announcement, in order of submission, by the month in New York of that evening.
import type { Batch } from "./calendar.ts";
import { easternDay } from "./eastern.ts";
import type { WorldPaper } from "./world-types.ts";

/** The world begins with this number in each month; over all categories there is no gap. */
const firstNumber = 1_001;

/** Names every paper, and returns them by id. */
export function assignIds(papers: WorldPaper[], batches: readonly Batch[]): WorldPaper[] {
  const order = [...papers].sort(
    (a, b) =>
      a.versions[0]!.batch - b.versions[0]!.batch ||
      a.versions[0]!.submittedAt.getTime() - b.versions[0]!.submittedAt.getTime(),
  );
  const next = new Map<string, number>();
  for (const [position, paper] of order.entries()) {
    const { batch, submittedAt } = paper.versions[0]!;
    const month = yearMonth(batch === -1 ? submittedAt : batches[batch]!.dueAt);
    const number = next.get(month) ?? firstNumber;
    next.set(month, number + 1);
    paper.id =
      batch === -1 && position < oldStyle
        ? oldId(paper, position)
        : `${month}.${String(number).padStart(5, "0")}`;
  }
  return order.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** So many of the oldest papers have an identifier of the old style (archive/YYMMNNN). */
const oldStyle = 6;

function oldId(paper: WorldPaper, position: number): string {
  const archive = paper.categories[0]!.split(".")[0]!;
  return `${archive}/0602${String(position + 1).padStart(3, "0")}`;
}

function yearMonth(instant: Date): string {
  return easternDay(instant).slice(2, 7).replace("-", "");
}
