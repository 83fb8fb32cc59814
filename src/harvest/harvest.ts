// The room's door for harvesting: visits what is due, source by source, and keeps the ledger's days up to date.
import { addDays, type Day, dayOf, type Instant } from "../lib/clock.ts";
import {
  claimStream,
  ensureStreams,
  findStream,
  listStreams,
  recordVisit,
  removeStream,
} from "./harvest-streams-store.ts";
import { isGap, type LedgerColumn } from "./ledger.ts";
import { accountOf } from "./ledger-accounts.ts";
import { reviewLedger } from "./ledger-entry.ts";
import { findFirstDay, listLedgerRows } from "./ledger-store.ts";
import { retryAt } from "./plan.ts";
import { aclSource } from "./source-acl.ts";
import { arxivSource } from "./source-arxiv.ts";
import { biorxivSource, medrxivSource } from "./source-biorxiv.ts";
import { feedsSource } from "./source-feeds.ts";
import { hubSource } from "./source-hub.ts";
import type { DayRange, HarvestSettings, Source, Stream, Visited, Work } from "./sources.ts";

/** Every source there is; to add one, add its file. */
export const sources: readonly Source[] = [
  arxivSource,
  hubSource,
  biorxivSource,
  medrxivSource,
  aclSource,
  feedsSource,
];

/** What became of a visit. */
export interface VisitReport extends Visited {
  stream: string;
  source: string;
  /** Records on the pages that were saved. */
  records: number;
}

/** A visit that takes longer is taken up by another process; what both save is the same. */
const claimMs = 60 * 60_000;
/** So many days are judged anew as time passes; of feeds, whose silence tells slowly, more. */
const reviewedDays = 10;
const reviewedFeedDays = 30;
const repairedDays = 30;

/** The streams of the sources that are switched on, or of those named. */
export function listStreamsOf(
  settings: HarvestSettings,
  names: readonly string[] = settings.sources,
): Stream[] {
  return sources.filter(({ name }) => names.includes(name)).flatMap((source) => source.streams(settings));
}

/**
 * Visits every stream that is due, those of one lane in turn, the lanes side by side; trouble with one is its own. Returns
 * what became of each visit. Harmless beside another process that does the same.
 */
export async function harvestDue(
  work: Work,
  options: { names?: readonly string[]; all?: boolean } = {},
): Promise<VisitReport[]> {
  const streams = listStreamsOf(work.settings, options.names);
  const now = work.clock().toISOString();
  await ensureStreams(work.db, streams, now);
  const names = streams.map(({ name }) => name);
  const due = await listStreams(work.db, { names, ...(options.all ? {} : { dueBy: now }) });
  const wanted = new Set(due.map(({ name }) => name));
  const reports = await visitLanes(
    work,
    streams.filter(({ name }) => wanted.has(name)),
  );
  await reviewDays(work);
  return reports;
}

/** Fetches a stretch of days, going on where an earlier attempt stopped. */
export async function harvestRange(
  work: Work,
  range: DayRange,
  names: readonly string[] = work.settings.sources,
): Promise<VisitReport[]> {
  const chosen = sources.filter(({ name }) => names.includes(name));
  const streams = chosen.flatMap((source) => source.rangeStreams(work.settings, range));
  await ensureStreams(work.db, streams, work.clock().toISOString());
  const reports = await visitLanes(work, streams);
  for (const { ok, stream } of reports) if (ok) await removeStream(work.db, stream);
  await reviewDays(work);
  return reports;
}

/** Everything the ledger accounts for, source by source. */
export function listAccounts(settings: HarvestSettings): LedgerColumn[] {
  return sources
    .filter(({ name }) => settings.sources.includes(name))
    .flatMap((source) => source.accounts(settings).map((category) => ({ source: source.name, category })));
}

/** Days of the last month that are short are asked for once more: of arXiv from OAI-PMH, of others as any stretch of days. */
export async function repairGaps(
  work: Work,
  names: readonly string[] = work.settings.sources,
): Promise<VisitReport[]> {
  const today = dayOf(work.clock());
  const rows = await listLedgerRows(work.db, { from: addDays(today, -repairedDays), to: addDays(today, -1) });
  const accounts = listAccounts({ ...work.settings, sources: names });
  const short = rows.filter(
    (row) =>
      isGap(row) &&
      accounts.some(({ source, category }) => source === row.source && category === row.category),
  );
  const reports: VisitReport[] = [];
  for (const [name, gaps] of Map.groupBy(short, ({ source }) => source)) {
    const days = gaps.map(({ day }) => day).sort();
    const categories = name === "arxiv" ? [...new Set(gaps.map(({ category }) => category))] : [];
    const settings = { ...work.settings, categories };
    const range = { since: days[0]!, until: days.at(-1)! };
    reports.push(...(await harvestRange({ ...work, settings }, range, [name])));
  }
  return reports;
}

async function visitLanes(work: Work, streams: readonly Stream[]): Promise<VisitReport[]> {
  const lanes = [...Map.groupBy(streams, ({ lane }) => lane).values()];
  const reports = await Promise.all(lanes.map((lane) => visitInTurn(work, lane)));
  return reports.flat();
}

/** What failed last time comes last, so that its pause does not keep the others waiting. */
async function visitInTurn(work: Work, streams: readonly Stream[]): Promise<VisitReport[]> {
  const reports: VisitReport[] = [];
  const states = await listStreams(work.db, { names: streams.map(({ name }) => name) });
  const failures = new Map(states.map((state) => [state.name, state.failures]));
  const inOrder = streams.toSorted((a, b) => (failures.get(a.name) ?? 0) - (failures.get(b.name) ?? 0));
  for (const stream of inOrder) {
    if (work.signal?.aborted) break;
    const report = await visitStream(work, stream);
    if (report) reports.push(report);
  }
  return reports;
}

/** Null when another process is at it. */
async function visitStream(work: Work, stream: Stream): Promise<VisitReport | null> {
  const now = work.clock();
  const state = await findStream(work.db, stream.name);
  const until = new Date(now.getTime() + claimMs).toISOString();
  if (!state || !(await claimStream(work.db, state, { now: now.toISOString(), until }))) return null;
  let records = 0;
  const counting: Work = {
    ...work,
    onPage(name, count) {
      records += count;
      work.onPage?.(name, records);
    },
  };
  const visited = await attempt(stream, counting, state);
  await recordVisit(work.db, stream.name, { ...visited, now: work.clock().toISOString() });
  return { ...visited, stream: stream.name, source: stream.source, records };
}

/** A defect in one stream must not keep the others from being visited. */
async function attempt(
  stream: Stream,
  work: Work,
  { position, failures }: { position: unknown; failures: number },
): Promise<Visited> {
  try {
    return await stream.visit(work, position);
  } catch (error) {
    const message = `${stream.name} met a defect: ${(error as Error).message}`;
    return { ok: false, message, nextAt: retryAt(work.clock(), null, failures) };
  }
}

async function reviewDays({ db, clock, settings }: Work): Promise<void> {
  const now = clock().toISOString();
  for (const source of sources.filter(({ name }) => settings.sources.includes(name))) {
    const categories = source.accounts(settings);
    const { alone = false } = accountOf(source.name);
    const groups = alone ? categories.map((category) => [category]) : [categories];
    for (const group of groups) {
      const begun = await findFirstDay(db, source.name, alone ? group[0] : undefined);
      // Before the first day that anybody looked at there is nothing to be missed.
      const days = lastDays(dayOf(now), alone ? reviewedFeedDays : reviewedDays);
      const kept = days.filter((day) => begun !== null && day >= begun);
      await reviewLedger(db, { source: source.name, categories: group, days: kept, now });
    }
  }
}

function lastDays(today: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, ago) => addDays(today, -ago));
}

/** When the next visit of a source that is switched on is due; null when there is none. */
export async function nextDue({ db, settings }: Pick<Work, "db" | "settings">): Promise<Instant | null> {
  const names = listStreamsOf(settings).map(({ name }) => name);
  return (await listStreams(db, { names }))[0]?.nextAt ?? null;
}
