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
  let old = 0;
  for (const paper of order) {
    const { batch, submittedAt } = paper.versions[0]!;
    const month = yearMonth(batch === -1 ? submittedAt : batches[batch]!.dueAt);
    const archive = paper.categories[0]!.split(".")[0]!;
    if (batch === -1 && old < oldStyle && oldArchives.includes(archive)) {
      old += 1;
      paper.id = `${archive}/0602${String(old).padStart(3, "0")}`;
    } else {
      const number = next.get(month) ?? firstNumber;
      next.set(month, number + 1);
      paper.id = `${month}.${String(number).padStart(5, "0")}`;
    }
  }
  return order.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** So many of the oldest papers have an identifier of the old style (archive/YYMMNNN), of archives that were there in 2006. */
const oldStyle = 6;
const oldArchives = ["cs", "gr-qc", "hep-ph", "hep-th", "math"];

function yearMonth(instant: Date): string {
  return easternDay(instant).slice(2, 7).replace("-", "");
}
