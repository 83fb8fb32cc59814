// The hub's daily papers: who put what forward on a day, and how votes, comments and stars grow.
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { saveItems } from "../papers/save-store.ts";
import { parseHubAnswer } from "../sources/hub-api.ts";
import { ask } from "./harvest-ask.ts";
import { findStream, savePosition } from "./harvest-streams-store.ts";
import { addDays, minutesAfter, retryAt } from "./plan.ts";
import type { DayRange, Source, Stream, Visited, Work } from "./sources.ts";

/** Votes of today and yesterday are counted so often. */
const beatMinutes = 120;
/** The first visit reaches so far back. */
const firstDays = 7;
const pageSize = 100;
const mostPages = 50;

/** Days still to be asked for, and the page of the first of them that comes next. */
interface Position {
  days: Day[];
  url?: string;
}

export const hubSource: Source = {
  name: "hub",
  title: "Daily papers of the hub",
  streams: () => [daysStream("hub daily", null)],
  rangeStreams: (_, range) => [daysStream(`hub daily ${range.since} ${range.until}`, range)],
};

function daysStream(name: string, range: DayRange | null): Stream {
  return {
    name,
    lane: "hub",
    source: "hub",
    async visit(work, position) {
      const state = await findStream(work.db, name);
      const today = dayOf(work.clock());
      const start = (position as Position | null) ?? {
        days: daysToAsk(range, today, state?.succeededAt ?? null),
      };
      return visitDays(work, name, start);
    },
  };
}

/** Today, yesterday, and the days nobody asked for since the last visit. */
function daysToAsk(range: DayRange | null, today: Day, succeededAt: Instant | null): Day[] {
  const earliest = addDays(today, -firstDays);
  const missed = succeededAt === null ? earliest : [addDays(dayOf(succeededAt), -1), earliest].sort()[1]!;
  const from = range?.since ?? missed;
  const until = range === null || range.until > today ? today : range.until;
  const days: Day[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}

async function visitDays(work: Work, name: string, start: Position): Promise<Visited> {
  let position: Position | null = start;
  let pages = 0;
  while (position !== null && position.days.length > 0) {
    const step = await takePage(work, name, position);
    if ("trouble" in step) {
      const failures = (await findStream(work.db, name))?.failures ?? 0;
      return { ok: false, message: step.trouble, nextAt: retryAt(work.clock(), step.until, failures) };
    }
    position = step.position;
    pages += 1;
    if (work.signal?.aborted || pages > mostPages * start.days.length)
      return { ok: false, message: "Stopped; it goes on from here.", nextAt: work.clock().toISOString() };
  }
  const message = `Daily papers from ${start.days[0] ?? "today"} on are here.`;
  return { ok: true, message, nextAt: minutesAfter(work.clock(), beatMinutes) };
}

type Step = { position: Position | null } | { trouble: string; until: Instant | null };

async function takePage(work: Work, name: string, { days, url }: Position): Promise<Step> {
  const [day = "", ...rest] = days;
  const address = url ?? `${work.settings.hubUrl}/api/daily_papers?date=${day}&limit=${pageSize}`;
  const reply = await ask(work, { source: "hub", url: address, accept: "application/json" });
  if (reply.kind === "unchanged") return { trouble: "The hub answered 304 unasked.", until: null };
  if (reply.kind === "trouble" || reply.kind === "resting")
    return { trouble: reply.message, until: reply.until };
  const observedAt = work.clock().toISOString();
  const linkHeader = reply.kind === "ok" ? (reply.headers.link ?? null) : null;
  const answer = parseHubAnswer(reply.body, linkHeader, { url: address, observedAt, day });
  // It refuses days that lie ahead of its own clock; the next visit asks again.
  if (!answer.ok && answer.kind === "refused") return skipDay(work, name, rest);
  if (!answer.ok) return { trouble: `The hub's answer cannot be read: ${answer.reason}.`, until: null };
  const next: Position = answer.nextUrl === null ? { days: rest } : { days, url: answer.nextUrl };
  const position = next.days.length > 0 ? next : null;
  await work.db.transaction().execute(async (trx) => {
    await saveItems(trx, answer.items, { now: observedAt, origin: "import" });
    await savePosition(trx, name, position);
  });
  work.onPage?.(name, answer.items.length);
  return { position };
}

async function skipDay(work: Work, name: string, days: Day[]): Promise<Step> {
  const position = days.length > 0 ? { days } : null;
  await savePosition(work.db, name, position);
  return { position };
}
