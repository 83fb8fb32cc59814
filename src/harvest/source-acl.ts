// The ACL Anthology: its collections, each a file, asked for when the list says that it changed, or by its validator.
import { dayOf, type Instant, minutesAfter } from "../lib/clock.ts";
import { type AclFile, parseAclIndex, yearOfCollection } from "../sources/acl-index.ts";
import { ask } from "./harvest-ask.ts";
import { saveHarvested } from "./harvest-saving.ts";
import { findStream, savePosition } from "./harvest-streams-store.ts";
import { parseBeside } from "./parse-beside.ts";
import { retryAt } from "./plan.ts";
import type { DayRange, Source, Stream, Visited, Work } from "./sources.ts";

/** Volumes come in every few weeks, and are mended in between. */
const beatMinutes = 24 * 60;
/** Without days, the collections of this year and the one before. */
const presentYears = 2;
/** Papers in one transaction. */
const papersAtOnce = 500;

export const aclSource: Source = {
  name: "acl",
  title: "ACL Anthology",
  // Collections have no days.
  accounts: () => [],
  streams: () => [collectionsStream("acl collections", null)],
  rangeStreams: (_, range) => [collectionsStream(`acl collections ${range.since} ${range.until}`, range)],
};

interface Years {
  from: number;
  to: number;
}

/** What is held, by collection, as the list and the file's server tell one state of it from the next. */
interface Position {
  held: Record<string, { fingerprint?: string; etag?: string }>;
  listEtag?: string;
  /** Still to be asked for; what has a fingerprint is known to have changed. */
  todo?: AclFile[];
}

function collectionsStream(name: string, range: DayRange | null): Stream {
  return {
    name,
    lane: "acl",
    source: "acl",
    async visit(work, position) {
      const thisYear = Number(dayOf(work.clock()).slice(0, 4));
      const years =
        range === null
          ? { from: thisYear - presentYears + 1, to: thisYear }
          : { from: Number(range.since.slice(0, 4)), to: Number(range.until.slice(0, 4)) };
      const start = (position as Position | null) ?? { held: {} };
      const listed = start.todo === undefined ? await askList({ work, name, years }, start) : start;
      return "trouble" in listed
        ? failed({ work, name, years }, listed)
        : takeCollections({ work, name, years }, listed);
    },
  };
}

interface Visit {
  work: Work;
  name: string;
  years: Years;
}

interface Trouble {
  trouble: string;
  until: Instant | null;
  resting?: boolean;
}

async function failed({ work, name }: Visit, { trouble, until, resting = false }: Trouble): Promise<Visited> {
  const failures = (await findStream(work.db, name))?.failures ?? 0;
  return { ok: false, resting, message: trouble, nextAt: retryAt(work.clock(), until, failures) };
}

async function askList({ work, name, years }: Visit, position: Position): Promise<Position | Trouble> {
  const { listEtag: etag, held } = position;
  const url = work.settings.aclListUrl;
  const reply = await ask(work, { source: "acl", url, accept: "application/json, text/html", etag });
  if (reply.kind === "unchanged") return { ...position, todo: [] };
  if (reply.kind === "refused") return { trouble: reply.message, until: null };
  if (reply.kind !== "ok")
    return { trouble: reply.message, until: reply.until, resting: reply.kind === "resting" };
  const index = parseAclIndex(reply.body);
  if (!index.ok) return { trouble: `The list of collections cannot be used: ${index.reason}.`, until: null };
  const todo = index.files.filter(({ collection, fingerprint }) => {
    const year = yearOfCollection(collection);
    const wanted = year !== null && year >= years.from && year <= years.to;
    return wanted && (fingerprint === undefined || fingerprint !== held[collection]?.fingerprint);
  });
  const next: Position = { held, todo, ...(reply.etag === null ? {} : { listEtag: reply.etag }) };
  await savePosition(work.db, name, next);
  return next;
}

/** One after the other; what cannot be read keeps no other from being taken, and is asked for again. */
async function takeCollections(visit: Visit, start: Position): Promise<Visited> {
  const { work, name, years } = visit;
  let position = start;
  const unreadable: string[] = [];
  let changed = 0;
  for (const file of start.todo ?? []) {
    if (work.signal?.aborted)
      return { ok: false, message: "Stopped; it goes on from here.", nextAt: work.clock().toISOString() };
    const step = await takeCollection(visit, position, file);
    if ("trouble" in step) return failed(visit, step);
    if (step.unreadable !== undefined) unreadable.push(`${file.collection}: ${step.unreadable}`);
    if (step.changed) changed += 1;
    position = step.position;
  }
  // The list is asked again in any case, so that what could not be read is among what is missing.
  const { todo: _, listEtag, ...rest } = position;
  await savePosition(
    work.db,
    name,
    unreadable.length > 0 || listEtag === undefined ? rest : { ...rest, listEtag },
  );
  if (unreadable.length > 0)
    return failed(visit, { trouble: `Not readable: ${unreadable.slice(0, 3).join("; ")}.`, until: null });
  const count = Object.keys(position.held).length;
  const message = `Collections of ${years.from} to ${years.to}: ${count} are here, ${changed} of them new or changed.`;
  return { ok: true, message, nextAt: minutesAfter(work.clock(), beatMinutes) };
}

interface Taken {
  position: Position;
  changed: boolean;
  /** Why nothing of it could be taken. */
  unreadable?: string;
}

async function takeCollection(
  { work, name }: Visit,
  { held, todo = [], ...rest }: Position,
  { collection, fingerprint }: AclFile,
): Promise<Taken | Trouble> {
  const url = `${work.settings.aclUrl}/${encodeURIComponent(collection)}.xml`;
  const reply = await ask(work, {
    source: "acl",
    url,
    accept: "application/xml",
    etag: held[collection]?.etag,
  });
  if (reply.kind === "trouble" || reply.kind === "resting")
    return { trouble: reply.message, until: reply.until, resting: reply.kind === "resting" };
  const left = todo.filter((file) => file.collection !== collection);
  const skip = (why: string): Taken => ({
    position: { ...rest, held, todo: left },
    changed: false,
    unreadable: why,
  });
  if (reply.kind === "refused") return skip(reply.message);
  const etag = reply.kind === "ok" ? (reply.etag ?? undefined) : held[collection]?.etag;
  const mark = {
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(etag === undefined ? {} : { etag }),
  };
  const position: Position = { ...rest, held: { ...held, [collection]: mark }, todo: left };
  if (reply.kind === "unchanged") {
    await savePosition(work.db, name, position);
    return { position, changed: false };
  }
  const reading = await parseBeside("acl", reply.body);
  if (!reading.ok) return skip(reading.reason);
  await saveCollection({ work, name }, reading.items, position);
  work.onPage?.(name, reading.items.length);
  return { position, changed: true };
}

/** In slices; with the last, the place to go on from. Killed in between, the collection is taken once more. */
async function saveCollection(
  { work, name }: Pick<Visit, "work" | "name">,
  items: Parameters<typeof saveHarvested>[1],
  position: Position,
): Promise<void> {
  const now = work.clock().toISOString();
  for (let start = 0; ; start += papersAtOnce) {
    const slice = items.slice(start, start + papersAtOnce);
    const last = start + papersAtOnce >= items.length;
    await work.db.transaction().execute(async (trx) => {
      await saveHarvested(trx, slice, now);
      if (last) await savePosition(trx, name, position);
    });
    if (last) return;
  }
}
