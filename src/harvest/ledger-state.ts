// In which state a day of the ledger is, from what is known of it at a moment. Pure: the same facts, the same state.
import type { Day, Instant } from "../lib/clock.ts";
import type { AnnouncementDue } from "../sources/arxiv-announcements.ts";
import type { LedgerRow, LedgerState } from "./ledger.ts";

/** An archive may be so much after its hour before anything is wrong. */
export const graceMs = 40 * 60_000;
/** What is complete so long after it was due is in time for the morning; later, it is late for good. */
export const deadlineMs = 8 * 3_600_000;

export interface Judging {
  /** What the calendar says of the day. */
  due: AnnouncementDue;
  now: Instant;
  /** Another category of the same source has its batch of the day. */
  othersHaveIt: boolean;
  /** The source has announced a later day. */
  laterIsOut: boolean;
  /** Feeds: the days on which it had something, oldest first. */
  heldDays?: readonly Day[];
}

export interface Judgement {
  state: LedgerState;
  reason: string;
}

/** All that was declared is held or was refused with a reason. That there is nothing has to be said by a whole page. */
export function isComplete({ announced, received, rejected, wholeLooks }: LedgerRow): boolean {
  return announced !== null && (announced > 0 || wholeLooks > 0) && received + rejected >= announced;
}

export function judgeDay(row: LedgerRow, judging: Judging): Judgement {
  if (row.received + row.rejected === 0) return judgeEmpty(row, judging);
  if (!isComplete(row)) return judgeIncomplete(row);
  const { due } = judging;
  if (due.state !== "none" && row.completeAt !== null && row.completeAt > after(due.at, deadlineMs))
    return { state: "late", reason: "all held, but after the morning" };
  return { state: "fresh", reason: "" };
}

function judgeIncomplete({ announced, received, rejected, look, route }: LedgerRow): Judgement {
  if (announced !== null && received + rejected < announced)
    return { state: "partial", reason: `${received + rejected} of ${announced} entries came` };
  // Only the authority was asked, which knows the papers and not how many were announced.
  if (route === "oai" && look !== "cut")
    return {
      state: "late",
      reason:
        "filled in afterwards from OAI-PMH, which does not know how many were announced, nor the cross-lists",
    };
  return { state: "partial", reason: "the page was cut off or contradicts itself" };
}

function judgeEmpty(row: LedgerRow, judging: Judging): Judgement {
  const { due, now, othersHaveIt, laterIsOut } = judging;
  if (due.state === "none") return { state: "quiet", reason: `no announcement: ${due.reason}` };
  // In a year whose deferrals are known an empty feed may have been made too early; then a later batch settles it.
  const believed = due.state === "unknown" || row.route === "listing" || laterIsOut;
  if (row.look === "quiet" && row.wholeLooks > 1 && believed && !othersHaveIt)
    return { state: "quiet", reason: "the source says that nothing was announced" };
  if (row.look === "cut")
    return { state: "partial", reason: "the page was cut off or contradicts itself before its first entry" };
  if (now < after(due.at, graceMs)) return { state: "waiting", reason: "" };
  if (row.look === "failed") return { state: "failed", reason: lastTrouble(row) };
  if (othersHaveIt && row.look !== "none" && row.look !== "quiet")
    return {
      state: "stalled",
      reason: "the newest batch is the one before, while another category is current",
    };
  if (due.state === "unknown")
    return { state: "waiting", reason: "whether there is an announcement is not known for this year" };
  const reason = row.look === "none" ? "not asked since it was due" : "not out yet, or nothing was announced";
  return { state: "late", reason };
}

export function lastTrouble({ history }: Pick<LedgerRow, "history">): string {
  const troubled = history.findLast(({ state }) => state === "failed") ?? history.at(-1);
  return troubled?.reason ?? "the source could not be asked";
}

function after(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString();
}
