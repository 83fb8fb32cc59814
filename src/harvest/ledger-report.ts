// The ledger of some days put together for people and programs: by day, by category, what is short, what went wrong. Pure
// but for its door, which asks the database.
import type { Db } from "../database/dialect.ts";
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { type LedgerNote, type LedgerRow, type LedgerState, troubles } from "./ledger.ts";
import { countUnindexed, listLedgerRows } from "./ledger-store.ts";
import { addDays } from "./plan.ts";

export interface LedgerCell extends Omit<LedgerRow, "history"> {
  /** Of the received: the search index has them in their present form. */
  indexed: number;
}

export interface LedgerDay {
  day: Day;
  /** In the order of the report's categories; null where the ledger has no row. */
  cells: (LedgerCell | null)[];
  /** Sums over the categories; a paper in two of them counts twice, as it was announced twice. */
  announced: number;
  held: number;
}

/** The same trouble in several categories is one incident. */
export interface LedgerIncident extends LedgerNote {
  source: string;
  categories: string[];
  day: Day;
}

export interface LedgerReport {
  asOf: Instant;
  from: Day;
  to: Day;
  categories: string[];
  /** Newest first; every day of the stretch. */
  days: LedgerDay[];
  announced: number;
  held: number;
  /** Category-days in trouble now. */
  short: number;
  /** What went wrong, newest first. */
  incidents: LedgerIncident[];
}

export interface ReportOptions {
  now: Instant;
  /** Columns, in this order; categories of older rows come after them. */
  categories: readonly string[];
  /** The change number up to which the search index has followed. */
  indexedUpTo: number;
  days?: number;
}

const reportedDays = 30;
const mostIncidents = 60;

/** The last thirty days, today among them. Two queries. */
export async function readLedgerReport(db: Db, options: ReportOptions): Promise<LedgerReport> {
  const to = dayOf(options.now);
  const from = addDays(to, 1 - (options.days ?? reportedDays));
  const rows = await listLedgerRows(db, { from, to, source: "arxiv" });
  const behind = await countUnindexed(db, { from, changeNumber: options.indexedUpTo });
  const unindexed = new Map(behind.map(({ category, day, count }) => [`${category} ${day}`, count]));
  return composeReport(rows, { from, to, unindexed, asOf: options.now, categories: options.categories });
}

interface Composing {
  from: Day;
  to: Day;
  asOf: Instant;
  categories: readonly string[];
  /** By "category day". */
  unindexed: ReadonlyMap<string, number>;
}

export function composeReport(rows: readonly LedgerRow[], composing: Composing): LedgerReport {
  const { from, to, asOf, unindexed } = composing;
  const extra = [...new Set(rows.map(({ category }) => category))].filter(
    (one) => !composing.categories.includes(one),
  );
  const categories = [...composing.categories, ...extra.sort()];
  const byKey = new Map(rows.map((row) => [`${row.category} ${row.day}`, row]));
  const days: LedgerDay[] = [];
  for (let day = to; day >= from; day = addDays(day, -1)) {
    const cells = categories.map((category) => cellOf(byKey.get(`${category} ${day}`), unindexed));
    days.push({ day, cells, announced: sum(cells, expected), held: sum(cells, (cell) => cell.received) });
  }
  return {
    asOf,
    from,
    to,
    categories,
    days,
    announced: days.reduce((total, { announced }) => total + announced, 0),
    held: days.reduce((total, { held }) => total + held, 0),
    short: rows.filter(({ state }) => isShort(state)).length,
    incidents: listIncidents(rows),
  };
}

function cellOf(row: LedgerRow | undefined, unindexed: ReadonlyMap<string, number>): LedgerCell | null {
  if (row === undefined) return null;
  const { history: _, ...cell } = row;
  const behind = unindexed.get(`${row.category} ${row.day}`) ?? 0;
  return { ...cell, indexed: Math.max(0, row.received - behind) };
}

function sum(cells: readonly (LedgerCell | null)[], of: (cell: LedgerCell) => number): number {
  return cells.reduce((total, cell) => total + (cell === null ? 0 : of(cell)), 0);
}

/** What a category has to have: what was declared, or what is known of it where nothing was declared. */
export function expected({ announced, received }: Pick<LedgerRow, "announced" | "received">): number {
  return Math.max(announced ?? 0, received);
}

/** Something is missing now; what came late is here. */
function isShort(state: LedgerState): boolean {
  return state === "partial" || state === "stalled" || state === "failed";
}

/** What happened again and again is told once, from its first moment on. */
function listIncidents(rows: readonly LedgerRow[]): LedgerIncident[] {
  const incidents = new Map<string, LedgerIncident>();
  for (const { source, category, day, history } of rows) {
    for (const { at, state, reason } of history) {
      if (!troubles.has(state) || reason === "") continue;
      const key = `${source} ${day} ${state} ${reason}`;
      const known = incidents.get(key) ?? { source, categories: [], day, at, state, reason };
      const categories = [...new Set([...known.categories, category])].sort();
      incidents.set(key, { ...known, categories, at: [at, known.at].sort()[0]! });
    }
  }
  const newestFirst = [...incidents.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
  return newestFirst.slice(0, mostIncidents);
}

export interface DayTotals {
  announced: number;
  held: number;
  /** Came after the morning. */
  late: number;
  /** Categories that are short, with their state. */
  short: { category: string; state: LedgerState }[];
}

/** One day over the followed categories; null when the ledger has no account of it, or the day had no announcement. */
export async function findDayTotals(
  db: Db,
  day: Day,
  categories: readonly string[],
): Promise<DayTotals | null> {
  const rows = (await listLedgerRows(db, { from: day, to: day, source: "arxiv" })).filter(({ category }) =>
    categories.includes(category),
  );
  const announced = rows.reduce((total, row) => total + expected(row), 0);
  if (announced === 0) return null;
  return {
    announced,
    held: rows.reduce((total, { received }) => total + received, 0),
    late: rows.reduce((total, { late }) => total + late, 0),
    short: rows.filter(({ state }) => isShort(state)).map(({ category, state }) => ({ category, state })),
  };
}

/** The line that editions and letters carry; null where the ledger has no account of the day. */
export async function findDayAccount(
  db: Db,
  day: Day,
  categories: readonly string[],
): Promise<string | null> {
  const totals = await findDayTotals(db, day, categories);
  return totals === null ? null : formatDayTotals(totals);
}

/** "1,412 announced, 1,412 held"; with what is short, and how many came late. */
export function formatDayTotals({ announced, held, late, short }: DayTotals): string {
  const number = (value: number) => value.toLocaleString("en-US");
  const missing = short.map(({ category, state }) => `${category} ${state}`);
  const notes = [...(late > 0 ? [`${number(late)} came late`] : []), ...missing];
  return `${number(announced)} announced, ${number(held)} held${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
}
