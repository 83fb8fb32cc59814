// The ledger of some days put together for people and programs: by day, by category, what is short, what went wrong. Pure
// but for its door, which asks the database.
import type { Db } from "../database/dialect.ts";
import { addDays, type Day, dayOf, type Instant } from "../lib/clock.ts";
import {
  isGap,
  knownCrossLists,
  type LedgerColumn,
  type LedgerNote,
  type LedgerRow,
  type LedgerState,
  troubles,
} from "./ledger.ts";
import { columnTitle, wholeDay } from "./ledger-accounts.ts";
import { type CategoryPart, countUnindexed, listCategoryParts } from "./ledger-counts-store.ts";
import { listLedgerRows } from "./ledger-store.ts";

export interface LedgerCell extends Omit<LedgerRow, "history" | "crossLists"> {
  /** Null: the source that told of the day cannot tell. The papers are held, and among the received. */
  crossLists: number | null;
  /** Of the received: the search index has them in their present form. */
  indexed: number;
  /** Of a source that is accounted for as a whole: what is held in each of its categories. */
  parts?: (CategoryPart & { indexed: number })[];
}

export interface ReportColumn extends LedgerColumn {
  /** "cs.CL", "bioRxiv", the host of a feed. */
  title: string;
}

export interface LedgerDay {
  day: Day;
  /** In the order of the report's columns; null where the ledger has no row. */
  cells: (LedgerCell | null)[];
  /** Sums over the columns; a paper in two of them counts twice, as it was announced twice. */
  announced: number;
  held: number;
}

/** The same trouble in several categories is one incident. */
export interface LedgerIncident extends LedgerNote {
  source: string;
  /** By their columns' titles. */
  categories: string[];
  day: Day;
}

export interface LedgerReport {
  asOf: Instant;
  from: Day;
  to: Day;
  columns: ReportColumn[];
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
  /** Columns, in this order; those of other rows come after them. */
  accounts: readonly LedgerColumn[];
  /** The change number up to which the search index has followed. */
  indexedUpTo: number;
  days?: number;
}

const reportedDays = 30;
const mostIncidents = 60;

/** Sources whose categories are told within their one column. */
const sourcesWithParts = ["biorxiv", "medrxiv"];

/** The last thirty days, today among them. Four queries. */
export async function readLedgerReport(db: Db, options: ReportOptions): Promise<LedgerReport> {
  const to = dayOf(options.now);
  const from = addDays(to, 1 - (options.days ?? reportedDays));
  const rows = await listLedgerRows(db, { from, to });
  const behind = await countUnindexed(db, { from, changeNumber: options.indexedUpTo });
  const unindexed = new Map(behind.map(({ count, ...key }) => [keyOf(key), count]));
  const parts = await listCategoryParts(db, { from, sources: sourcesWithParts });
  return composeReport(rows, { from, to, unindexed, parts, asOf: options.now, accounts: options.accounts });
}

interface Composing {
  from: Day;
  to: Day;
  asOf: Instant;
  accounts: readonly LedgerColumn[];
  /** By "source category day". */
  unindexed: ReadonlyMap<string, number>;
  /** By "source day". */
  parts?: ReadonlyMap<string, readonly CategoryPart[]>;
}

function keyOf({ source, category, day }: LedgerColumn & { day: Day }): string {
  return `${source} ${category} ${day}`;
}

export function composeReport(rows: readonly LedgerRow[], composing: Composing): LedgerReport {
  const { from, to, asOf } = composing;
  const columns = listColumns(rows, composing.accounts);
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const days: LedgerDay[] = [];
  for (let day = to; day >= from; day = addDays(day, -1)) {
    const cells = columns.map((column) => cellOf(byKey.get(keyOf({ ...column, day })), composing));
    days.push({ day, cells, announced: sum(cells, expected), held: sum(cells, (cell) => cell.received) });
  }
  return {
    asOf,
    from,
    to,
    columns,
    days,
    announced: days.reduce((total, { announced }) => total + announced, 0),
    held: days.reduce((total, { held }) => total + held, 0),
    short: rows.filter(isGap).length,
    incidents: listIncidents(rows),
  };
}

/** What is followed, then what only rows know of. */
function listColumns(rows: readonly LedgerRow[], accounts: readonly LedgerColumn[]): ReportColumn[] {
  const followed = new Set(accounts.map(({ source, category }) => `${source} ${category}`));
  const others = new Map(
    rows
      .map(({ source, category }) => [`${source} ${category}`, { source, category }] as const)
      .filter(([name]) => !followed.has(name)),
  );
  const extra = [...others].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, column]) => column);
  return [...accounts, ...extra].map((column) => ({ ...column, title: columnTitle(column) }));
}

function cellOf(row: LedgerRow | undefined, { unindexed, parts }: Composing): LedgerCell | null {
  if (row === undefined) return null;
  const { history: _, ...known } = row;
  const cell = { ...known, crossLists: knownCrossLists(row) };
  const { source, day } = row;
  const indexedOf = (received: number, category: string) =>
    Math.max(0, received - (unindexed.get(keyOf({ source, category, day })) ?? 0));
  const held = row.category === wholeDay ? parts?.get(`${source} ${day}`) : undefined;
  if (held === undefined) return { ...cell, indexed: indexedOf(row.received, row.category) };
  const indexed = held.map((part) => ({ ...part, indexed: indexedOf(part.received, part.category) }));
  const behind = indexed.reduce((total, part) => total + part.received - part.indexed, 0);
  return { ...cell, indexed: Math.max(0, row.received - behind), parts: indexed };
}

function sum(cells: readonly (LedgerCell | null)[], of: (cell: LedgerCell) => number): number {
  return cells.reduce((total, cell) => total + (cell === null ? 0 : of(cell)), 0);
}

/** What a category has to have: what was declared, or what is known of it where nothing was declared. */
export function expected({ announced, received }: Pick<LedgerRow, "announced" | "received">): number {
  return Math.max(announced ?? 0, received);
}

/** What happened again and again is told once, from its first moment on. */
function listIncidents(rows: readonly LedgerRow[]): LedgerIncident[] {
  const incidents = new Map<string, LedgerIncident>();
  for (const { source, category, day, history } of rows) {
    for (const { at, state, reason } of history) {
      if (!troubles.has(state) || reason === "") continue;
      const key = `${source} ${day} ${state} ${reason}`;
      const known = incidents.get(key) ?? { source, categories: [], day, at, state, reason };
      const categories = [...new Set([...known.categories, columnTitle({ source, category })])].sort();
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
  /** Where nothing was announced and nothing is short: why. */
  nothing: string | null;
}

/**
 * One day over the followed categories of arXiv and all other sources; null when the ledger has no account of it. What is put
 * forward at the hub is announced elsewhere and not counted again; that the hub could not be asked is told.
 */
export async function findDayTotals(
  db: Db,
  day: Day,
  categories: readonly string[],
): Promise<DayTotals | null> {
  const ofDay = await listLedgerRows(db, { from: day, to: day });
  const rows = ofDay.filter(({ source, category }) => source !== "arxiv" || categories.includes(category));
  if (rows.length === 0) return null;
  const announcing = rows.filter(({ source }) => source !== "hub");
  return {
    announced: announcing.reduce((total, row) => total + expected(row), 0),
    held: announcing.reduce((total, { received }) => total + received, 0),
    late: announcing.reduce((total, { late }) => total + late, 0),
    short: rows.filter(isGap).map((row) => ({ category: columnTitle(row), state: row.state })),
    nothing: whyNothing(rows.filter(({ source }) => source === "arxiv")),
  };
}

/** Of the source that has a calendar of announcements. */
function whyNothing(rows: readonly LedgerRow[]): string | null {
  if (rows.some(({ state }) => state === "waiting")) return "not announced yet";
  return rows[0]?.reason || null;
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

/** So many are named in a line; of more it says how many. */
const mostNamed = 3;

/**
 * "1,412 announced, 1,412 held"; with what is short, and how many came late. A day of which nothing has come is never told
 * like one without an announcement: the first says what is wrong, the second why there was none.
 */
export function formatDayTotals({ announced, held, late, short, nothing }: DayTotals): string | null {
  if (announced === 0 && short.length === 0) return nothing;
  const number = (value: number) => value.toLocaleString("en-US");
  const notes = [...(late > 0 ? [`${number(late)} came late`] : []), ...formatShort(short)];
  const said = announced === 0 ? "nothing has come" : `${number(announced)} announced, ${number(held)} held`;
  return `${said}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
}

function formatShort(short: DayTotals["short"]): string[] {
  if (short.length <= mostNamed) return short.map(({ category, state }) => `${category} ${state}`);
  const states = [...new Set(short.map(({ state }) => state))].sort();
  return states.map((of) => {
    const many = short.filter(({ state }) => state === of).length;
    return `${of} in ${many} ${many === 1 ? "category" : "categories"}`;
  });
}
