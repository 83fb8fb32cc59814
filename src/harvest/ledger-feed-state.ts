// In which state a day of a journal's feed is. A feed says what it has and never how much there ought to be: a day without
// entries is quiet only when the feed went on to a later one, and a feed that goes on no more is stalled. Pure.
import type { Day } from "../lib/clock.ts";
import type { LedgerRow } from "./ledger.ts";
import { isOver, listedDeadline } from "./ledger-listed-state.ts";
import { type Judgement, type Judging, lastTrouble } from "./ledger-state.ts";

const dayMs = 86_400_000;
/** Of a feed that was seen on fewer than three days nobody knows how often it changes. */
const unknownRhythmDays = 14;
/** A long weekend is no silence. */
const shortestRhythmDays = 4;

export function judgeFeedDay(row: LedgerRow, { now, laterIsOut, heldDays = [] }: Judging): Judgement {
  const held = row.received + row.rejected > 0;
  if (!isOver(row.day, now))
    return {
      state: "waiting",
      reason: held ? "the day is not over" : row.look === "failed" ? lastTrouble(row) : "",
    };
  if (held) return judgeHeld(row);
  if (laterIsOut) return { state: "quiet", reason: "the feed has entries of later days and none of this" };
  if (row.look === "failed" && now >= listedDeadline(row.day))
    return { state: "failed", reason: lastTrouble(row) };
  const newest = heldDays.at(-1);
  if (newest !== undefined && daysBetween(newest, row.day) > silenceOf(heldDays))
    return { state: "stalled", reason: `the feed has nothing newer than ${newest}` };
  return { state: "waiting", reason: "nothing of this day, nor of a later one, which proves nothing" };
}

function judgeHeld({ late, received }: LedgerRow): Judgement {
  if (late > 0)
    return {
      state: "late",
      reason: `${late} of ${received} filled in afterwards, from what the feed still had`,
    };
  return { state: "fresh", reason: "as the feed had it; it does not say how many there were" };
}

/** Twice the longest pause the feed made so far. */
function silenceOf(heldDays: readonly Day[]): number {
  if (heldDays.length < 3) return unknownRhythmDays;
  const pauses = heldDays.slice(1).map((day, i) => daysBetween(heldDays[i]!, day));
  return Math.max(shortestRhythmDays, 2 * Math.max(...pauses));
}

function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}
