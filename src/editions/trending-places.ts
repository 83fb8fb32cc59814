// On which day's page each paper of a window of days stands: what trending counts its age from and leads to. Pure.
import type { Day } from "../lib/clock.ts";
import { type Carried, listCarried } from "./carried.ts";
import type { Rows } from "./editions.ts";

/** A paper's one place in a window. */
export interface WindowPlace {
  /** The day whose page it stands on. */
  day: Day;
  /** The day its rows name; another than `day` when it came late and was carried. */
  ownDay: Day;
  carried: Carried | undefined;
}

/**
 * By paper pk: the first day that it was put forward for, else that it was announced on, so that a later listing makes
 * nothing young again; those whose day lies before `from` are left out. What came after its day had closed stands, and counts, a day later, as on
 * the dated pages; `days` are those that have papers, oldest first.
 */
export function placesOf(
  { submissions, announcements }: Rows,
  { from, days }: { from: Day; days: readonly Day[] },
): Map<number, WindowPlace> {
  const late = new Map(
    listCarried([...submissions, ...announcements], days).flatMap((paper) =>
      paper.to === null ? [] : [[`${paper.paperPk} ${paper.from}`, paper] as const],
    ),
  );
  const places = new Map<number, WindowPlace>();
  for (const rows of [announcements, submissions]) {
    // The first day is set last; what was put forward goes before what was announced.
    for (const row of rows.toSorted((a, b) => (a.day < b.day ? 1 : -1))) {
      const carried = late.get(`${row.paper_pk} ${row.day}`);
      places.set(row.paper_pk, { day: carried?.to ?? row.day, ownDay: row.day, carried });
    }
  }
  return new Map([...places].filter(([, { day }]) => day >= from));
}
