// The hub's daily papers: who put what forward on a day, and how votes, comments and stars grow.
import { addDays, type Day, dayOf, type Instant, minutesAfter } from "../lib/clock.ts";
import type { SourceItem } from "../papers/paper.ts";
import { type HubPage, parseHubAnswer } from "../sources/hub-api.ts";
import { type DayTrouble, failDay } from "./failed-day.ts";
import { ask } from "./harvest-ask.ts";
import { saveHarvested } from "./harvest-saving.ts";
import { findStream, savePosition } from "./harvest-streams-store.ts";
import { wholeDay } from "./ledger-accounts.ts";
import { enterLook, type Look } from "./ledger-entry.ts";
import { isOver } from "./ledger-listed-state.ts";
import { listSubmittedBefore } from "./ledger-store.ts";
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
  /** Of that day so far: papers on its pages, and rows that could not be taken. */
  ids?: string[];
  rejected?: number;
}

export const hubSource: Source = {
  name: "hub",
  title: "Daily papers of the hub",
  accounts: () => [wholeDay],
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
    if ("trouble" in step) return failDay(work, { name, source: "hub", day: position.days[0]! }, step);
    position = step.position;
    pages += 1;
    if (work.signal?.aborted || pages > mostPages * start.days.length)
      return { ok: false, message: "Stopped; it goes on from here.", nextAt: work.clock().toISOString() };
  }
  const message = `Daily papers from ${start.days[0] ?? "today"} on are here.`;
  return { ok: true, message, nextAt: minutesAfter(work.clock(), beatMinutes) };
}

type Step = { position: Position | null } | DayTrouble;

async function takePage(work: Work, name: string, position: Position): Promise<Step> {
  const { days, url } = position;
  const [day = "", ...rest] = days;
  const address = url ?? `${work.settings.hubUrl}/api/daily_papers?date=${day}&limit=${pageSize}`;
  const reply = await ask(work, { source: "hub", url: address, accept: "application/json" });
  if (reply.kind === "unchanged") return { trouble: "The hub answered 304 unasked.", until: null };
  if (reply.kind === "resting") return { trouble: reply.message, until: reply.until, resting: true };
  if (reply.kind === "trouble") return { trouble: reply.message, until: reply.until };
  const observedAt = work.clock().toISOString();
  const linkHeader = reply.kind === "ok" ? (reply.headers.link ?? null) : null;
  const answer = parseHubAnswer(reply.body, linkHeader, { url: address, observedAt, day });
  // It refuses days that lie ahead of its own clock; the next visit asks again.
  if (!answer.ok && answer.kind === "refused") return skipDay(work, name, rest);
  if (!answer.ok)
    return { trouble: `The hub's answer cannot be read: ${answer.reason}.`, until: null, outcome: "cut" };
  const before = await staleDay(work, day, answer);
  if (before !== null)
    return { trouble: `The hub shows the papers of ${before} for ${day}.`, until: null, outcome: "previous" };
  const step = { position: await keepPage(work, name, { position, rest, page: answer, now: observedAt }) };
  work.onPage?.(name, answer.items.length);
  return step;
}

/** So large a part of a day's papers having been put forward the day before makes it the list of that day. */
const staleShare = 0.5;

/** The day whose list is shown in place of this one; null when it is this one's. */
async function staleDay({ db }: Work, day: Day, { items }: HubPage): Promise<Day | null> {
  const before = await listSubmittedBefore(db, items.map(idOf), { source: "hub", day });
  if (items.length < 2 || before.size <= staleShare * items.length) return null;
  return [...before.values()].sort().at(-1)!;
}

function idOf({ records }: SourceItem): string {
  return records[0]!.sourceId;
}

interface Keeping {
  position: Position;
  /** The days after this one. */
  rest: Day[];
  page: HubPage;
  now: Instant;
}

/** Saves a page with the place to go on from; with the day's last, its row. */
async function keepPage(
  work: Work,
  name: string,
  { position, rest, page, now }: Keeping,
): Promise<Position | null> {
  const { days, ids = [], rejected = 0 } = position;
  const day = days[0]!;
  return await work.db.transaction().execute(async (trx) => {
    const outcomes = await saveHarvested(trx, page.items, now);
    const taken = page.items.filter((_, i) => outcomes[i]!.kind !== "rejected");
    const seen = [...new Set([...ids, ...taken.map(idOf)])];
    const refused = rejected + page.rejected.length + page.items.length - taken.length;
    const next: Position | null =
      page.nextUrl !== null
        ? { days, url: page.nextUrl, ids: seen, rejected: refused }
        : rest.length > 0
          ? { days: rest }
          : null;
    if (page.nextUrl === null) {
      const announced = seen.length + refused;
      const outcome = announced === 0 ? "quiet" : "batch";
      const look: Look = { outcome, route: "api", announced, rejected: refused, whole: isOver(day, now) };
      await enterLook(trx, { source: "hub", category: wholeDay, day }, { look, now });
    }
    await savePosition(trx, name, next);
    return next;
  });
}

async function skipDay(work: Work, name: string, days: Day[]): Promise<Step> {
  const position = days.length > 0 ? { days } : null;
  await savePosition(work.db, name, position);
  return { position };
}
