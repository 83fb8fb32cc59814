// The sweep of a category's set over OAI-PMH: the authority on every paper, and what fills in the days nobody saw.
import { addDays, type Day, dayOf, type Instant, minutesAfter } from "../lib/clock.ts";
import type { SourceItem } from "../papers/paper.ts";
import { lastAnnouncement } from "../sources/arxiv-announcements.ts";
import type { OaiPage } from "../sources/arxiv-oai.ts";
import type { OaiRecord } from "../sources/arxiv-oai-record.ts";
import { itemOf } from "../sources/entries.ts";
import { setOfCategory } from "./harvest-arxiv-sets.ts";
import { ask } from "./harvest-ask.ts";
import { placeRecord } from "./harvest-placing.ts";
import { saveHarvested } from "./harvest-saving.ts";
import { findStream, savePosition } from "./harvest-streams-store.ts";
import { enterLook, type Look } from "./ledger-entry.ts";
import { isComplete } from "./ledger-state.ts";
import { listAnnouncedIds, listIdsWithout, listKnownAnnouncements, listLedgerRows } from "./ledger-store.ts";
import { parseBeside } from "./parse-beside.ts";
import { nextSweep, recordsAt, retryAt } from "./plan.ts";
import type { DayRange, Stream, Visited, Work } from "./sources.ts";

const source = "arxiv-oai";
/** The first sweep reaches so far back. */
export const firstDays = 7;

/** Where a sweep is; between sweeps only `from` and `since` count. */
interface Position {
  /** First day of modification asked for. */
  from: Day;
  /** Papers are placed on days from here on. */
  since: Day;
  token?: string;
  /** Day of the first answer: the next sweep begins there. */
  began?: Day;
  /** Last day of modification that was shown. */
  newest?: Day;
}

export function sweepStream(category: string): Stream {
  return {
    name: `${source} ${category}`,
    lane: "arxiv-export",
    source: "arxiv",
    visit: (work, position) => visitSweep(work, category, position as Position | null),
  };
}

/** The same for a stretch of days, once. What was changed since is asked for too, for it may have been announced then. */
export function rangeStream(category: string, { since, until }: DayRange): Stream {
  const name = `${source} ${category} ${since} ${until}`;
  return {
    name,
    lane: "arxiv-export",
    source: "arxiv",
    visit(work, position) {
      const start = (position as Position | null) ?? { from: since, since };
      return runSweep({ work, category, name, until }, start);
    },
  };
}

async function visitSweep(work: Work, category: string, position: Position | null): Promise<Visited> {
  const now = work.clock();
  const { day } = lastAnnouncement(now.toISOString());
  const inSweep = position?.token !== undefined;
  if (position !== null && !inSweep && recordsAt(day) > now.toISOString())
    return { ok: true, message: `OAI-PMH knows ${day} later.`, nextAt: recordsAt(day) };
  const start = position ?? firstPosition(dayOf(now));
  const name = `${source} ${category}`;
  const visited = await runSweep({ work, category, name, until: day }, start);
  if (!visited.ok || !(await isBehind(work, category, day))) return visited;
  const message = `OAI-PMH does not know yet what was announced in ${category} on ${day}.`;
  return { ok: false, message, nextAt: minutesAfter(work.clock(), 30) };
}

function firstPosition(today: Day): Position {
  const from = addDays(today, -firstDays);
  return { from, since: from };
}

/** Some of what the listing or the feed showed must be there, or the sweep came too early. */
async function isBehind({ db }: Work, category: string, day: Day): Promise<boolean> {
  const announced = await listAnnouncedIds(db, { source: "arxiv", category, day });
  const ids = announced.filter(({ kind }) => kind === "new").map(({ arxivId }) => arxivId);
  return ids.length > 0 && (await listIdsWithout(db, ids, ["arxiv"])).length === ids.length;
}

interface Sweep {
  work: Work;
  category: string;
  /** Of the stream, for its position. */
  name: string;
  /** Last day papers are placed on. */
  until: Day;
}

const mostPages = 20_000;
/** So often a visit begins again at the last day before it gives up. */
const mostRestarts = 5;

async function runSweep(sweep: Sweep, start: Position): Promise<Visited> {
  const { work, category } = sweep;
  let position = start;
  let restarts = 0;
  for (let page = 0; page < mostPages; page++) {
    const step = await takePage(sweep, position);
    if ("restart" in step && restarts === mostRestarts)
      return { ok: false, message: step.restart, nextAt: await comeAgain(sweep, null) };
    if ("trouble" in step)
      return { ok: false, message: step.trouble, nextAt: await comeAgain(sweep, step.until) };
    position = step.position;
    if ("restart" in step) restarts += 1;
    else if (step.position.token === undefined) {
      const message = `All of ${category} changed since ${start.from} is here.`;
      return { ok: true, message, nextAt: nextSweep(work.clock()) };
    }
    if (work.signal?.aborted)
      return { ok: false, message: "Stopped; it goes on from here.", nextAt: work.clock().toISOString() };
  }
  return { ok: false, message: `The sweep of ${category} does not end.`, nextAt: nextSweep(work.clock()) };
}

async function comeAgain({ work, name }: Sweep, until: Instant | null): Promise<Instant> {
  const failures = (await findStream(work.db, name))?.failures ?? 0;
  return retryAt(work.clock(), until, failures);
}

type Step =
  | { position: Position }
  /** Why the list is begun again, at an earlier place or with other days. */
  | { position: Position; restart: string }
  | { trouble: string; until: Instant; resting: true }
  | { trouble: string; until: Instant | null };

async function takePage(sweep: Sweep, position: Position): Promise<Step> {
  const { work, category } = sweep;
  const reply = await ask(work, { source, url: addressOf(sweep, position), accept: "text/xml" });
  if (reply.kind === "resting") return { resting: true, trouble: reply.message, until: reply.until };
  if (reply.kind === "unchanged") return { trouble: "OAI-PMH answered 304 unasked.", until: null };
  if (reply.kind !== "ok")
    return { trouble: reply.message, until: reply.kind === "trouble" ? reply.until : null };
  const answer = await parseBeside("oai", reply.body);
  if (answer.ok) return keepPage(sweep, position, answer);
  if (answer.kind === "broken")
    return { trouble: `OAI-PMH's answer about ${category} cannot be used: ${answer.reason}.`, until: null };
  const { token } = position;
  // A list that goes on has records: a server that knows none of them any more has lost its place.
  if (answer.code === "badResumptionToken" || (answer.code === "noRecordsMatch" && token !== undefined))
    return beginAgain(sweep, position);
  if (answer.code === "noRecordsMatch") return endSweep(sweep, position, dayOf(answer.responseDate));
  const firstDay = answer.code === "badArgument" && token === undefined ? await askFirstDay(work) : null;
  if (firstDay !== null && firstDay > position.from)
    return { position: { ...position, from: firstDay }, restart: `OAI-PMH has nothing before ${firstDay}.` };
  return { trouble: `OAI-PMH refuses ${category}: ${answer.message}.`, until: null };
}

function addressOf({ work, category }: Sweep, { token, from }: Position): string {
  const parameters: Record<string, string> =
    token === undefined
      ? { verb: "ListRecords", metadataPrefix: "arXivRaw", set: setOfCategory(category), from }
      : { verb: "ListRecords", resumptionToken: token };
  return `${work.settings.arxivOaiUrl}?${new URLSearchParams(parameters)}`;
}

/** Tokens live until midnight. The last day that was shown is asked for once more; what is known stays as it is. */
async function beginAgain({ work, name }: Sweep, { token: _, ...position }: Position): Promise<Step> {
  const next = { ...position, from: position.newest ?? position.from };
  await savePosition(work.db, name, next);
  return { position: next, restart: "OAI-PMH forgets where we are, again and again." };
}

/** The first day a server has records of; null when it does not say. Asking for days before is an error to some. */
async function askFirstDay(work: Work): Promise<Day | null> {
  const reply = await ask(work, {
    source,
    url: `${work.settings.arxivOaiUrl}?verb=Identify`,
    accept: "text/xml",
  });
  const answer = reply.kind === "ok" ? await parseBeside("oai", reply.body) : null;
  return answer?.ok ? (answer.identity?.earliestDatestamp ?? null) : null;
}

async function endSweep({ work, name }: Sweep, position: Position, began: Day): Promise<Step> {
  const from = position.began ?? began;
  const next = { from, since: from };
  await savePosition(work.db, name, next);
  return { position: next };
}

async function keepPage(sweep: Sweep, position: Position, page: OaiPage): Promise<Step> {
  const { work, name } = sweep;
  const token = page.resumptionToken;
  if (token !== null && token === position.token)
    return { trouble: "OAI-PMH sent the same page twice.", until: null };
  const newest = page.records
    .map(({ datestamp }) => datestamp ?? "")
    .sort()
    .at(-1);
  const began = position.began ?? dayOf(page.responseDate);
  const next: Position =
    token === null
      ? { from: began, since: began }
      : { ...position, token, began, ...(newest ? { newest } : {}) };
  await work.db.transaction().execute(async (trx) => {
    await saveRecords({ ...sweep, work: { ...work, db: trx } }, position.since, page.records);
    await savePosition(trx, name, next);
  });
  work.onPage?.(name, page.records.length);
  return { position: next };
}

/** Needs a transaction. Saves the records, places them where the days' own accounts are missing, and enters the days. */
export async function saveRecords(
  { work, category, until, numberedOn }: Pick<Sweep, "work" | "category" | "until"> & { numberedOn?: Day },
  since: Day,
  records: readonly OaiRecord[],
): Promise<void> {
  const now = work.clock().toISOString();
  const ledger = { source: "arxiv", category };
  const rows = await listLedgerRows(work.db, { from: since, to: until, source: "arxiv" });
  const closed = new Set(
    rows
      .filter((row) => row.category === category && row.route !== "oai" && isComplete(row))
      .map(({ day }) => day),
  );
  const ids = records.flatMap(({ arxivId }) => arxivId ?? []);
  const known = Map.groupBy(await listKnownAnnouncements(work.db, ids, ledger), ({ arxivId }) => arxivId);
  const items: SourceItem[] = records.flatMap(({ record, arxivId, datestamp }) => {
    if (record === null || arxivId === null) return [];
    const isClosed = (day: Day) => closed.has(day);
    const hint = numberedOn === undefined ? {} : { numberedOn };
    const placing = { category, since, until, datestamp, isClosed, ...hint };
    const announcements = placeRecord(record, { ...placing, known: known.get(arxivId) ?? [] });
    return [{ ...itemOf(record), announcements }];
  });
  await saveHarvested(work.db, items, now);
  const days = items.flatMap(({ announcements }) => announcements.map(({ day }) => day));
  for (const [day, placed] of Map.groupBy(days.sort(), (one) => one)) {
    const row = rows.find((known) => known.category === category && known.day === day);
    const trouble = `OAI-PMH knows ${placed.length} papers of the day that the listing left out`;
    // The feed leaves out late replacements by rule; the listing leaves out nothing.
    const wasShort = closed.has(day) && row?.route === "listing";
    const look: Look = { outcome: "batch", route: "oai", ...(wasShort ? { trouble } : {}) };
    await enterLook(work.db, { ...ledger, day }, { look, now });
  }
}
