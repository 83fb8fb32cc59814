// bioRxiv and medRxiv: their details API, a day at a time, so that the length of each day's list is known; the list in pages.
import { addDays, type Day, dayOf, type Instant, minutesAfter } from "../lib/clock.ts";
import { type BiorxivPage, type BiorxivServer, parseBiorxivAnswer } from "../sources/biorxiv.ts";
import { type DayTrouble, failDay } from "./failed-day.ts";
import { ask } from "./harvest-ask.ts";
import { saveHarvested } from "./harvest-saving.ts";
import { savePosition } from "./harvest-streams-store.ts";
import { wholeDay } from "./ledger-accounts.ts";
import { enterLook, type Look } from "./ledger-entry.ts";
import { isOver } from "./ledger-listed-state.ts";
import type { DayRange, Source, Stream, Visited, Work } from "./sources.ts";

/** New posts come through the working day. */
const beatMinutes = 6 * 60;
const firstDays = 7;
const mostPages = 5_000;
/** A list that grows while it is read is begun again, so many times. */
const mostRestarts = 3;

/** The day that is read, and how far its list is. Between visits only `day` counts. */
interface Position {
  day: Day;
  cursor?: number;
  /** Rows of the day, as the first page declared. */
  total?: number;
  rejected?: number;
  /** Papers on the pages so far: rows are versions, and one paper may have two on a day. */
  dois?: string[];
  restarts?: number;
}

export const biorxivSource: Source = serverSource("biorxiv", "bioRxiv");
export const medrxivSource: Source = serverSource("medrxiv", "medRxiv");

function serverSource(server: BiorxivServer, title: string): Source {
  return {
    name: server,
    title,
    accounts: () => [wholeDay],
    streams: () => [daysStream(server, `${server} posts`, null)],
    rangeStreams: (_, range) => [daysStream(server, `${server} posts ${range.since} ${range.until}`, range)],
  };
}

function daysStream(server: BiorxivServer, name: string, range: DayRange | null): Stream {
  return {
    name,
    lane: "biorxiv",
    source: server,
    visit(work, position) {
      const today = dayOf(work.clock());
      const start = (position as Position | null) ?? { day: range?.since ?? addDays(today, -firstDays) };
      const until = range !== null && range.until < today ? range.until : today;
      return visitDays({ work, server, name }, start, until);
    },
  };
}

interface Reading {
  work: Work;
  server: BiorxivServer;
  name: string;
}

async function visitDays(reading: Reading, start: Position, until: Day): Promise<Visited> {
  const { work, name, server } = reading;
  let position = start;
  for (let page = 0; page < mostPages && position.day <= until; page++) {
    const step = await takePage(reading, position);
    if ("trouble" in step) return failDay(work, { name, source: server, day: position.day }, step);
    position = step.position;
    if (work.signal?.aborted)
      return { ok: false, message: "Stopped; it goes on from here.", nextAt: work.clock().toISOString() };
  }
  // Yesterday's posts are asked for once more: they come in through the night.
  await savePosition(work.db, name, { day: addDays(until, -1) } satisfies Position);
  const message = `Posts of ${server} from ${start.day} to ${until} are here.`;
  return { ok: true, message, nextAt: minutesAfter(work.clock(), beatMinutes) };
}

type Step = { position: Position } | DayTrouble;

async function takePage(reading: Reading, position: Position): Promise<Step> {
  const { work, server } = reading;
  const { day, cursor = 0, total, restarts = 0 } = position;
  const url = `${work.settings.biorxivUrl}/details/${server}/${day}/${day}/${cursor}/json`;
  const reply = await ask(work, { source: server, url, accept: "application/json" });
  if (reply.kind === "unchanged") return { trouble: `${server} answered 304 unasked.`, until: null };
  if (reply.kind === "resting") return { trouble: reply.message, until: reply.until, resting: true };
  if (reply.kind === "trouble") return { trouble: reply.message, until: reply.until };
  const answer = parseBiorxivAnswer(reply.body, server);
  if (!answer.ok) {
    const why = answer.kind === "refused" ? answer.message : answer.reason;
    return { trouble: `The answer of ${server} cannot be used: ${why}.`, until: null, outcome: "cut" };
  }
  const doubt = doubtOf(answer, { server, day, cursor });
  if (doubt !== null) return { ...doubt, until: null };
  if (total === undefined || total === answer.total) return keepPage(reading, position, answer);
  if (restarts < mostRestarts) return keepPage(reading, { day, restarts: restarts + 1 }, null);
  return { trouble: `The list of ${server} for ${day} does not keep still.`, until: null, outcome: "cut" };
}

/** A page that was not asked for, or rows of other days: an old answer under a new address. */
function doubtOf(
  answer: BiorxivPage,
  { server, day, cursor }: { server: BiorxivServer; day: Day; cursor: number },
): Omit<DayTrouble, "until"> | null {
  if (answer.total > 0 && answer.cursor !== cursor)
    return {
      trouble: `${server} sent the page at ${answer.cursor} for the one at ${cursor}.`,
      outcome: "cut",
    };
  const foreign = answer.items.flatMap(({ announcements }) => announcements).find((one) => one.day !== day);
  if (foreign === undefined) return null;
  return { trouble: `${server} shows posts of ${foreign.day} for ${day}.`, outcome: "previous" };
}

/** Saves a page with the place to go on from; with the day's last, its row. Without a page the day is begun again. */
async function keepPage(
  { work, server, name }: Reading,
  position: Position,
  page: BiorxivPage | null,
): Promise<Step> {
  const now = work.clock().toISOString();
  const next = await work.db.transaction().execute(async (trx): Promise<Position> => {
    const reached = page === null ? position : await savePage(trx, position, { page, now });
    if (page === null || page.nextCursor !== null) {
      await savePosition(trx, name, reached);
      return reached;
    }
    const key = { source: server, category: wholeDay, day: position.day };
    await enterLook(trx, key, { look: lookOf(reached, page, now), now });
    const nextDay = { day: addDays(position.day, 1) };
    await savePosition(trx, name, nextDay);
    return nextDay;
  });
  if (page !== null) work.onPage?.(name, page.items.length);
  return { position: next };
}

async function savePage(
  trx: Work["db"],
  { day, rejected = 0, dois = [], restarts = 0 }: Position,
  { page, now }: { page: BiorxivPage; now: Instant },
): Promise<Position> {
  const outcomes = await saveHarvested(trx, page.items, now);
  const taken = page.items.filter((_, i) => outcomes[i]!.kind !== "rejected");
  const shown = taken.flatMap(({ records }) => records.map(({ sourceId }) => sourceId));
  return {
    day,
    restarts,
    total: page.total,
    ...(page.nextCursor === null ? {} : { cursor: page.nextCursor }),
    rejected: rejected + page.rejected.length + page.items.length - taken.length,
    dois: [...new Set([...dois, ...shown])],
  };
}

/** The server counts rows; a further version of a paper on the same day is a row and no further paper. */
function lookOf({ day, rejected = 0, dois = [] }: Position, page: BiorxivPage, now: Instant): Look {
  const whole = isOver(day, now);
  if (page.total === 0) return { outcome: "quiet", route: "api", announced: 0, whole };
  return { outcome: "batch", route: "api", announced: dois.length + rejected, rejected, whole };
}
