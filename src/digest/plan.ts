// Who is due: makes the rows that are sent. Harmless twice and beside another process.
import { listEditionDays } from "../editions/editions.ts";
import { addDays, type Day, dayOf, type Instant } from "../lib/clock.ts";
import { listReadersWithout, type ReaderRow } from "./deliveries-store.ts";
import type { LetterContext } from "./letter-context.ts";
import { type IssueMaker, openIssue } from "./make-issue.ts";
import { dueInSlot, type ReaderClock, recentDays, type Slot, slotAt } from "./schedule.ts";

const pageSize = 500;

/** Makes the rows of every reader whose time has come; returns how many are new. */
export async function planDigests(context: LetterContext, signal?: AbortSignal): Promise<number> {
  const now = context.clock().toISOString();
  const days = await listEditionDays(context.db, { now, categories: context.categories });
  const recent = days.filter((day) => day > addDays(dayOf(now), -recentDays));
  const latest = recent.at(-1);
  if (latest === undefined) return 0;
  const slots = new Map<string, Slot | null>();
  const makers = new Map<string, IssueMaker | null>();
  let planned = 0;
  /** The rows of the readers before: made while threads choose for those at hand. */
  let making = Promise.resolve(0);
  for await (const readers of pagesOfReaders(context, latest, signal)) {
    const due = Map.groupBy(readers, (reader) =>
      dueOf(reader, memoSlot(slots, reader, now), recent).join(" "),
    );
    for (const [days, group] of due) {
      if (days === "") continue;
      const maker = makers.has(days) ? makers.get(days) : await openIssue(context, days.split(" "), now);
      makers.set(days, maker ?? null);
      if (!maker) continue;
      const gathered = begun(maker.gather(group));
      planned += await making;
      making = begun(gathered.then(maker.makeRowsOf));
    }
  }
  return planned + (await making);
}

/** Is awaited later; what goes wrong is told then. */
function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

/** Confirmed readers without the issue of a day, page by page. */
export async function* pagesOfReaders(
  context: LetterContext,
  day: Day,
  signal?: AbortSignal,
): AsyncGenerator<ReaderRow[]> {
  for (let after = 0; !signal?.aborted; ) {
    const readers = await listReadersWithout(context.db, day, { after, limit: pageSize });
    if (readers.length === 0) return;
    yield readers;
    after = readers.at(-1)!.pk;
  }
}

function memoSlot(slots: Map<string, Slot | null>, reader: ReaderRow, now: Instant): Slot | null {
  const key = `${reader.zone} ${reader.send_at} ${reader.weekdays} ${reader.rhythm}`;
  let slot = slots.get(key);
  if (slot === undefined) {
    slot = slotAt(clockOf(reader), now);
    slots.set(key, slot);
  }
  return slot;
}

function clockOf({ zone, send_at, weekdays, rhythm }: ReaderRow): ReaderClock {
  return { zone, sendAt: send_at, weekdays, rhythm: rhythm === "weekly" ? "weekly" : "daily" };
}

function dueOf(reader: ReaderRow, slot: Slot | null, days: readonly Day[]): Day[] {
  const state = {
    confirmedAt: reader.confirmed_at,
    pausedUntil: reader.paused_until,
    clockSetAt: reader.clock_set_at,
    lastIssue: reader.last_issue,
    lastMadeAt: reader.last_made_at,
  };
  return slot ? dueInSlot(state, slot, days) : [];
}
