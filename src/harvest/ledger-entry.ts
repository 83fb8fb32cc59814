// Writes into the ledger: what a look at a source brought, and how the days stand as time goes by.
import type { Db } from "../database/dialect.ts";
import { addDays, type Day, type Instant } from "../lib/clock.ts";
import {
  addNote,
  emptyLedgerRow,
  type LedgerKey,
  type LedgerRoute,
  type LedgerRow,
  type LookOutcome,
  troubles,
} from "./ledger.ts";
import { accountOf, deadlineOf } from "./ledger-accounts.ts";
import { isComplete } from "./ledger-state.ts";
import {
  findLedgerRow,
  hasLaterPapers,
  listHeldDays,
  listLedgerRows,
  saveLedgerRow,
} from "./ledger-store.ts";

/** What a look at a source says of a day. */
export interface Look {
  outcome: LookOutcome;
  route: LedgerRoute;
  /** As the source declared it. */
  announced?: number;
  rejected?: number;
  /** The page was whole, and all of its entries were saved. */
  whole?: boolean;
  /** What went wrong, for people; kept in the history. */
  trouble?: string;
}

/** Enters a look. Needs the transaction in which its papers were saved. */
export async function enterLook(
  trx: Db,
  key: LedgerKey,
  { look, now }: { look: Look; now: Instant },
): Promise<LedgerRow> {
  const before = (await findLedgerRow(trx, key)) ?? emptyLedgerRow(key);
  const counted = await recount(trx, before, now);
  const row = judge(withLook(counted, look, now), { now, ...(await surroundings(trx, key)) });
  await saveLedgerRow(trx, row);
  return row;
}

async function recount(trx: Db, row: LedgerRow, now: Instant): Promise<LedgerRow> {
  const counts = await accountOf(row.source).count(trx, row);
  const received = counts.new + counts.cross + counts.replacement;
  const deadline = deadlineOf(row);
  const isLate = deadline !== null && now > deadline;
  return {
    ...row,
    received,
    newPapers: counts.new,
    crossLists: counts.cross,
    updates: counts.replacement,
    late: counts.late ?? row.late + (isLate ? Math.max(0, received - row.received) : 0),
  };
}

function withLook(row: LedgerRow, look: Look, now: Instant): LedgerRow {
  const { announced, rejected = 0, whole = false, trouble } = look;
  const declared = Math.max(announced ?? 0, row.announced ?? 0);
  const next: LedgerRow = {
    ...row,
    announced: announced === undefined && row.announced === null ? null : declared,
    rejected: Math.max(row.rejected, rejected),
    look: lookAfter(row.look, look.outcome),
    lookedAt: now,
    route: routeAfter(row, look),
    wholeLooks: row.wholeLooks + (whole ? 1 : 0),
  };
  // Another route may know papers that the source's own count left out.
  if (next.announced !== null && next.wholeLooks > 0)
    next.announced = Math.max(next.announced, next.received);
  if (isComplete(next))
    next.completeAt = row.completeAt !== null && row.received === next.received ? row.completeAt : now;
  if (trouble === undefined) return next;
  const state = { cut: "partial", previous: "stalled", failed: "failed", batch: "partial" } as const;
  const noted = state[look.outcome as keyof typeof state] ?? "waiting";
  return { ...next, history: addNote(row.history, { at: now, state: noted, reason: trouble }) };
}

/**
 * A feed that says there is nothing says more than a listing that still shows the day before, and a page that was cut more
 * than a route that could not be asked.
 */
function lookAfter(before: LookOutcome, look: LookOutcome): LookOutcome {
  if (look === "previous" && before === "quiet") return before;
  return look === "failed" && (before === "cut" || before === "previous") ? before : look;
}

/** The listing's whole page is the account of a day, whoever adds to it; a look that showed nothing of it is none. */
function routeAfter(row: LedgerRow, { outcome, route }: Look): LedgerRoute | null {
  if (row.route === "listing" && row.wholeLooks > 0) return row.route;
  return outcome === "previous" || outcome === "failed" ? row.route : route;
}

/** What other categories and days say of this one. */
interface Surroundings {
  others: readonly LedgerRow[];
  laterIsOut: boolean;
  heldDays: readonly Day[];
}

/** The rhythm of a feed is told from so many days. */
const rhythmDays = 90;

async function surroundings(db: Db, { source, category, day }: LedgerKey): Promise<Surroundings> {
  if (accountOf(source).alone) {
    const heldDays = await listHeldDays(db, { source, category, from: addDays(day, -rhythmDays) });
    const laterIsOut = (heldDays.at(-1) ?? "") > day;
    return { others: [], laterIsOut, heldDays };
  }
  const others = await listLedgerRows(db, { from: day, to: day, source });
  return { others, laterIsOut: await hasLaterPapers(db, { source, day }), heldDays: [] };
}

function judge(
  row: LedgerRow,
  { now, others, laterIsOut, heldDays }: Surroundings & { now: Instant },
): LedgerRow {
  const account = accountOf(row.source);
  const due = account.due(row.category, row.day);
  const othersHaveIt = others.some((other) => other.category !== row.category && other.received > 0);
  const judgement = account.judge(row, { due, now, othersHaveIt, laterIsOut, heldDays });
  const dueAt = due.state === "none" ? null : due.at;
  const changed = judgement.state !== row.state;
  const worthNoting = changed && (troubles.has(judgement.state) || troubles.has(row.state));
  const history = worthNoting ? addNote(row.history, { at: now, ...judgement }) : row.history;
  return { ...row, ...judgement, dueAt, history };
}

/**
 * Goes through the days and judges them anew: time alone turns waiting into late. Makes the rows that are missing, so that
 * a day nobody looked at is seen too.
 */
export async function reviewLedger(
  db: Db,
  {
    source,
    categories,
    days,
    now,
  }: { source: string; categories: readonly string[]; days: readonly Day[]; now: Instant },
): Promise<void> {
  const sorted = [...days].sort();
  const [from, to] = [sorted[0], sorted.at(-1)];
  if (from === undefined || to === undefined) return;
  const { alone = false } = accountOf(source);
  const start = alone ? addDays(from, -rhythmDays) : from;
  const rows = await listLedgerRows(db, { from: start, to, source });
  for (const day of sorted) {
    for (const category of categories) {
      const others = rows.filter((row) => row.day === day && (!alone || row.category === category));
      const known = others.find((row) => row.category === category);
      const around = { now, others, ...laterDays(rows, { day, ...(alone ? { category } : {}) }) };
      const judged = judge(known ?? emptyLedgerRow({ source, category, day }), around);
      if (known?.state === judged.state && known.reason === judged.reason) continue;
      await db.transaction().execute((trx) => saveReviewed(trx, judged, now));
    }
  }
}

/** What rows that were read already say of the days after this one, and of the days with papers. */
function laterDays(
  rows: readonly LedgerRow[],
  { day, category }: { day: Day; category?: string },
): Pick<Surroundings, "laterIsOut" | "heldDays"> {
  const held = rows.filter(
    (row) => row.received > 0 && (category === undefined || row.category === category),
  );
  const heldDays = category === undefined ? [] : held.map((row) => row.day).sort();
  return { laterIsOut: held.some((row) => row.day > day), heldDays };
}

/** Others may have entered a look since. */
async function saveReviewed(trx: Db, row: LedgerRow, now: Instant): Promise<void> {
  const current = (await findLedgerRow(trx, row)) ?? emptyLedgerRow(row);
  await saveLedgerRow(trx, judge(current, { now, ...(await surroundings(trx, row)) }));
}
