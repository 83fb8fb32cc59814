// The account of what an archive announced and what of it we hold: one row a source, category and announcement day.
import type { Day, Instant } from "../lib/clock.ts";

/** What each means: docs/ledger.md; when each holds: ledger-state.ts. */
export type LedgerState = "fresh" | "waiting" | "quiet" | "late" | "stalled" | "partial" | "failed";

/** By which way the day's papers came. */
export type LedgerRoute = "listing" | "feed" | "oai" | "api";

/** How the last look at the source ended: with the day's batch, the batch before, its word that there is none, trouble. */
export type LookOutcome = "none" | "batch" | "cut" | "previous" | "quiet" | "failed";

export interface LedgerKey {
  source: string;
  category: string;
  /** UTC day of the announcement. */
  day: Day;
}

/** What the ledger accounts for, day by day. */
export type LedgerColumn = Pick<LedgerKey, "source" | "category">;

export interface LedgerRow extends LedgerKey {
  /** When the batch is due; null when the day has none or nobody knows. */
  dueAt: Instant | null;
  state: LedgerState;
  /** Why it is in this state, for people. */
  reason: string;
  /** Entries as the source declared them; null where it did not. */
  announced: number | null;
  /** Papers held as announced on the day: newPapers + crossLists + updates. */
  received: number;
  newPapers: number;
  crossLists: number;
  updates: number;
  /** Entries that could not be taken. */
  rejected: number;
  /** Of the received: came after the deadline of the day. */
  late: number;
  route: LedgerRoute | null;
  look: LookOutcome;
  lookedAt: Instant | null;
  /** Looks that showed the whole batch; the second one confirms the first. */
  wholeLooks: number;
  completeAt: Instant | null;
  /** Changes of state and what went wrong, oldest first. */
  history: LedgerNote[];
}

export interface LedgerNote {
  at: Instant;
  state: LedgerState;
  reason: string;
}

export function emptyLedgerRow({ source, category, day }: LedgerKey): LedgerRow {
  return {
    source,
    category,
    day,
    dueAt: null,
    state: "waiting",
    reason: "",
    announced: null,
    received: 0,
    newPapers: 0,
    crossLists: 0,
    updates: 0,
    rejected: 0,
    late: 0,
    route: null,
    look: "none",
    lookedAt: null,
    wholeLooks: 0,
    completeAt: null,
    history: [],
  };
}

/**
 * Cross-lists of the day; null where nobody knows. arXivRaw has a paper's categories of today and not since when, so that a
 * day of arXiv of which only OAI-PMH told has papers of other primary categories, and no count of the day's cross-lists.
 */
export function knownCrossLists({ source, announced, crossLists }: LedgerRow): number | null {
  return source === "arxiv" && announced === null ? null : crossLists;
}

/** States that a person has to know of. */
export const troubles: ReadonlySet<LedgerState> = new Set(["late", "stalled", "partial", "failed"]);

/** Something of the day is missing now. What came late is here, or was refused with a reason. */
export function isGap({
  state,
  received,
  rejected,
}: Pick<LedgerRow, "state" | "received" | "rejected">): boolean {
  return troubles.has(state) && (state !== "late" || received + rejected === 0);
}

/** A row keeps so many notes; the first and the latest say what happened. */
const longestHistory = 24;

/** Adds a note; the same said again is no news. */
export function addNote(history: readonly LedgerNote[], note: LedgerNote): LedgerNote[] {
  const last = history.at(-1);
  if (last?.state === note.state && last.reason === note.reason) return [...history];
  const kept = history.length < longestHistory ? history : [history[0]!, ...history.slice(2)];
  return [...kept, note];
}
