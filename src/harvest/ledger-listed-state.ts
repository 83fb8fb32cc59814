// In which state a day is of a source that gives a list for every day: the preprint servers and the hub. The list grows
// through the day, so that only what it shows after the day is over says how much there was. Pure.
import type { Day, Instant } from "../lib/clock.ts";
import type { LedgerRow } from "./ledger.ts";
import { type Judgement, type Judging, lastTrouble } from "./ledger-state.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The servers' days end at midnight in New York, and posts are late. */
const closingMs = dayMs + 6 * hourMs;
/** They are asked every six hours; what comes within two rounds is in time. */
export const listedDeadlineMs = 12 * hourMs;
/** So long after its end a weekday without a post is late rather than waited for, unless a later day has some. */
const patienceMs = 24 * hourMs;

/** A day's list is whole from 06:00 UTC of the next day on. */
export function listedDayEnd(day: Day): Instant {
  return afterEnd(day, 0);
}

/** What comes later is late for good. */
export function listedDeadline(day: Day): Instant {
  return afterEnd(day, listedDeadlineMs);
}

/** True when a list that is read now shows the whole day. */
export function isOver(day: Day, now: Instant): boolean {
  return now >= listedDayEnd(day);
}

export function isWeekend(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** `wholeLooks` of the row count those made after the day was over. */
export function judgeListedDay(row: LedgerRow, judging: Judging): Judgement {
  if (!isOver(row.day, judging.now)) return judgeOpenDay(row);
  if (row.wholeLooks === 0) return judgeUnread(row, judging);
  const { announced, received, rejected } = row;
  if (received + rejected === 0 && (announced ?? 0) === 0) return judgeNothing(row, judging);
  if (received + rejected < (announced ?? 0))
    return { state: "partial", reason: `${received + rejected} of ${announced} entries came` };
  if (row.completeAt !== null && row.completeAt > listedDeadline(row.day))
    return { state: "late", reason: "all held, but filled in afterwards" };
  return { state: "fresh", reason: "" };
}

function judgeOpenDay({ look, received, history }: LedgerRow): Judgement {
  if (look === "failed") return { state: "waiting", reason: lastTrouble({ history }) };
  return { state: "waiting", reason: received > 0 ? "the day is not over" : "" };
}

/** The day is over, and nobody has seen its list to the end since. */
function judgeUnread(row: LedgerRow, { now }: Judging): Judgement {
  if (row.look === "previous") return { state: "stalled", reason: lastTrouble(row) };
  if (row.look === "cut") return { state: "partial", reason: lastTrouble(row) };
  if (now < listedDeadline(row.day))
    return { state: "waiting", reason: "the day's list is to be read once more" };
  if (row.look === "failed") return { state: "failed", reason: lastTrouble(row) };
  if (row.received > 0)
    return { state: "partial", reason: "its list was not read again since the day was over" };
  return { state: "late", reason: "not asked since the day was over" };
}

/** The source declares none. On a weekday that is believed when a later day has some: a server may lag behind. */
function judgeNothing({ day }: LedgerRow, { now, laterIsOut }: Judging): Judgement {
  if (isWeekend(day) || laterIsOut)
    return { state: "quiet", reason: "the source says that there is nothing of this day" };
  return now < afterEnd(day, patienceMs)
    ? { state: "waiting", reason: "nothing shown yet" }
    : { state: "late", reason: "nothing shown of a weekday, nor of a later day" };
}

function afterEnd(day: Day, ms: number): Instant {
  return new Date(Date.parse(`${day}T00:00:00Z`) + closingMs + ms).toISOString();
}
