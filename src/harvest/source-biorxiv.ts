// bioRxiv and medRxiv: their details API, day by day, a page of rows at a time.
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { saveItems } from "../papers/save-store.ts";
import { type BiorxivServer, parseBiorxivAnswer } from "../sources/biorxiv.ts";
import { ask } from "./harvest-ask.ts";
import { findStream, savePosition } from "./harvest-streams-store.ts";
import { addDays, minutesAfter, retryAt } from "./plan.ts";
import type { DayRange, Source, Stream, Visited, Work } from "./sources.ts";

/** New posts come through the working day. */
const beatMinutes = 6 * 60;
const firstDays = 7;
const mostPages = 5_000;

/** An interval that is being read, and where in it. Between intervals only `from` counts. */
interface Position {
  from: Day;
  to?: Day;
  cursor?: number;
}

export const biorxivSource: Source = serverSource("biorxiv", "bioRxiv");
export const medrxivSource: Source = serverSource("medrxiv", "medRxiv");

function serverSource(server: BiorxivServer, title: string): Source {
  return {
    name: server,
    title,
    streams: () => [intervalStream(server, `${server} posts`, null)],
    rangeStreams: (_, range) => [
      intervalStream(server, `${server} posts ${range.since} ${range.until}`, range),
    ],
  };
}

function intervalStream(server: BiorxivServer, name: string, range: DayRange | null): Stream {
  return {
    name,
    lane: "biorxiv",
    source: server,
    visit(work, position) {
      const today = dayOf(work.clock());
      const start = (position as Position | null) ?? { from: range?.since ?? addDays(today, -firstDays) };
      const to = start.to ?? (range !== null && range.until < today ? range.until : today);
      return visitInterval({ work, server, name }, { cursor: 0, ...start, to });
    },
  };
}

interface Reading {
  work: Work;
  server: BiorxivServer;
  name: string;
}

async function visitInterval(reading: Reading, start: Required<Position>): Promise<Visited> {
  const { work, name, server } = reading;
  let position = start;
  for (let page = 0; page < mostPages; page++) {
    const step = await takePage(reading, position);
    if ("trouble" in step) {
      const failures = (await findStream(work.db, name))?.failures ?? 0;
      return { ok: false, message: step.trouble, nextAt: retryAt(work.clock(), step.until, failures) };
    }
    if (step.cursor === null) {
      const message = `Posts of ${server} from ${start.from} to ${start.to} are here.`;
      return { ok: true, message, nextAt: minutesAfter(work.clock(), beatMinutes) };
    }
    position = { ...position, cursor: step.cursor };
    if (work.signal?.aborted) break;
  }
  return { ok: false, message: "Stopped; it goes on from here.", nextAt: work.clock().toISOString() };
}

type Step = { cursor: number | null } | { trouble: string; until: Instant | null };

async function takePage(
  { work, server, name }: Reading,
  { from, to, cursor }: Required<Position>,
): Promise<Step> {
  const url = `${work.settings.biorxivUrl}/details/${server}/${from}/${to}/${cursor}/json`;
  const reply = await ask(work, { source: server, url, accept: "application/json" });
  if (reply.kind === "unchanged") return { trouble: `${server} answered 304 unasked.`, until: null };
  if (reply.kind === "trouble" || reply.kind === "resting")
    return { trouble: reply.message, until: reply.until };
  const answer = parseBiorxivAnswer(reply.body, server);
  if (!answer.ok) {
    const why = answer.kind === "refused" ? answer.message : answer.reason;
    return { trouble: `The answer of ${server} cannot be used: ${why}.`, until: null };
  }
  if (answer.total > 0 && answer.cursor !== cursor)
    return { trouble: `${server} sent the page at ${answer.cursor} for the one at ${cursor}.`, until: null };
  const now = work.clock().toISOString();
  // Yesterday's posts are asked for once more: they come in through the night.
  const next: Position =
    answer.nextCursor === null ? { from: addDays(to, -1) } : { from, to, cursor: answer.nextCursor };
  await work.db.transaction().execute(async (trx) => {
    await saveItems(trx, answer.items, { now, origin: "import" });
    await savePosition(trx, name, next);
  });
  work.onPage?.(name, answer.items.length);
  return { cursor: answer.nextCursor };
}
