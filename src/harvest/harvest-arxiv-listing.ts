// arXiv's announcement listing of a category: the first to tell of a batch, and the one that says how large it is.
import type { Instant } from "../lib/clock.ts";
import type { SourceItem } from "../papers/paper.ts";
import { lastAnnouncement } from "../sources/arxiv-announcements.ts";
import { type ArxivListing, parseArxivListing } from "../sources/arxiv-listing.ts";
import { ask, type Reply } from "./harvest-ask.ts";
import { saveHarvested } from "./harvest-saving.ts";
import { savePosition } from "./harvest-streams-store.ts";
import type { LedgerRow } from "./ledger.ts";
import { enterLook, type Look } from "./ledger-entry.ts";
import { findLedgerRow } from "./ledger-store.ts";
import { nextLook } from "./plan.ts";
import type { Stream, Visited, Work } from "./sources.ts";

const source = "arxiv-listing";
const defaultPageSize = 2_000;
const mostPages = 100;

export function listingStream(category: string): Stream {
  return {
    name: `${source} ${category}`,
    lane: source,
    source: "arxiv",
    visit: (work, position) => visit(work, category, readPosition(position)),
  };
}

/** Validator of the page when it last was whole. */
interface Position {
  etag?: string;
  day?: string;
}

function readPosition(position: unknown): Position {
  return typeof position === "object" && position !== null ? (position as Position) : {};
}

interface Visit {
  work: Work;
  category: string;
  /** The day whose batch is the newest that is due. */
  day: string;
}

async function visit(work: Work, category: string, position: Position): Promise<Visited> {
  const now = work.clock();
  const { day } = lastAnnouncement(now.toISOString());
  const look = await readPages({ work, category, day }, position.day === day ? position.etag : undefined);
  if (look.resting) return { ok: false, resting: true, message: look.message, nextAt: look.until! };
  const row = await enter({ work, category, day }, look);
  const looks = row.wholeLooks;
  const planned = nextLook({ now: work.clock(), day, looks });
  const nextAt = look.until !== null && look.until > planned ? look.until : planned;
  return { ok: look.ok, message: look.message, nextAt };
}

interface Reading {
  ok: boolean;
  /** Nothing was asked. */
  resting?: boolean;
  message: string;
  until: Instant | null;
  /** What it says of the day that was looked for; null when that was entered with the pages. */
  look: Look | null;
}

/** How far the pages of one look are. */
interface Progress {
  first: ArxivListing | null;
  /** Entries, taken or not. */
  seen: number;
  rejected: number;
}

/** All pages of the listing; each is saved as it comes. */
async function readPages(visit: Visit, etag: string | undefined): Promise<Reading> {
  const progress: Progress = { first: null, seen: 0, rejected: 0 };
  for (let page = 0; page < mostPages; page++) {
    const reply = await askPage(visit, { skip: progress.seen, etag: page === 0 ? etag : undefined });
    if (reply.kind === "unchanged") return confirmed(visit);
    if (reply.kind === "resting" && progress.first === null)
      return { ok: false, resting: true, message: reply.message, until: reply.until, look: null };
    if (reply.kind !== "ok") return broken(visit, progress, reply);
    const reading = parseArxivListing(reply.body, visit.category);
    if (!reading.ok) return broken(visit, progress, { message: `cannot be read: ${reading.reason}` });
    const { listing } = reading;
    const contradiction = contradictionOf(listing, progress);
    progress.first ??= listing;
    if (contradiction !== null) return broken(visit, progress, { message: contradiction });
    progress.seen += countEntries(listing);
    const last = listing.quiet || progress.seen >= totalOf(listing);
    await savePage(visit, listing, { progress, last, etag: page === 0 ? reply.etag : null });
    if (last) return finished(visit, listing, progress.seen);
  }
  return broken(visit, progress, { message: `has more than ${mostPages} pages` });
}

/** What is known of the day when a look ends in trouble. */
function broken(
  { category, day }: Visit,
  { first }: Progress,
  { message, until = null }: { message: string; until?: Instant | null },
): Reading {
  const told = message.endsWith(".") ? message : `The listing of ${category} ${message}.`;
  const look: Look =
    first === null
      ? { outcome: "failed", route: "listing", trouble: told }
      : first.announcedOn < day
        ? { outcome: "previous", route: "listing" }
        : { outcome: "cut", route: "listing", announced: totalOf(first), trouble: told };
  return { ok: false, message: told, until, look };
}

function askPage(
  { work, category }: Visit,
  { skip, etag }: { skip: number; etag: string | undefined },
): Promise<Reply> {
  const show = work.settings.listingPageSize ?? defaultPageSize;
  const url = `${work.settings.arxivUrl}/list/${encodeURIComponent(category)}/new?skip=${skip}&show=${show}`;
  return ask(work, { source, url, accept: "text/html", etag });
}

function countEntries({ sections }: ArxivListing): number {
  return sections.reduce((sum, { entries, rejected }) => sum + entries.length + rejected.length, 0);
}

function totalOf(listing: ArxivListing): number {
  return listing.total ?? listing.sections.reduce((sum, { declared }) => sum + declared, 0);
}

/** What tells a page that cannot be relied on from one that can; null for a good one. */
function contradictionOf(listing: ArxivListing, { first, seen }: Progress): string | null {
  if (listing.truncated) return "ends before it has shown what it says it shows";
  if (listing.quiet && totalOf(listing) > 0)
    return "says both that nothing was announced and how many entries it has";
  if (first === null) return null;
  if (listing.announcedOn !== first.announcedOn) return "changed to another day between two of its pages";
  if (totalOf(listing) !== totalOf(first)) return "changed its size between two of its pages";
  if (countEntries(listing) === 0) return "has an empty page in the middle";
  const position = listing.sections[0]?.entries[0]?.position ?? null;
  return position !== null && position !== seen + 1 ? "showed the same page twice" : null;
}

/** The entries of a page; with the last, the day's row. */
async function savePage(
  { work, category, day }: Visit,
  listing: ArxivListing,
  { progress, last, etag }: { progress: Progress; last: boolean; etag: string | null },
): Promise<void> {
  const now = work.clock().toISOString();
  const items = listing.sections.flatMap(({ entries }) => entries.map(({ item }) => item));
  progress.rejected += listing.sections.reduce((sum, { rejected }) => sum + rejected.length, 0);
  await work.db.transaction().execute(async (trx) => {
    const key = { source: "arxiv", category, day: listing.announcedOn };
    const before = await findLedgerRow(trx, key);
    progress.rejected += await saveListed(trx, items, now);
    if (!last) return;
    const look: Look = {
      outcome: listing.quiet ? "quiet" : "batch",
      route: "listing",
      announced: totalOf(listing),
      rejected: progress.rejected,
      whole: true,
      ...growth(before, totalOf(listing)),
    };
    await enterLook(trx, key, { look, now });
    if (etag !== null && listing.announcedOn === day)
      await savePosition(trx, `${source} ${category}`, { etag, day });
  });
  work.onPage?.(`${source} ${category}`, items.length);
}

async function saveListed(trx: Work["db"], items: readonly SourceItem[], now: Instant): Promise<number> {
  const outcomes = await saveHarvested(trx, items, now);
  return outcomes.filter(({ kind }) => kind === "rejected").length;
}

/** A batch that was whole by its own count, and now has more: it had been cut short without saying so. */
function growth(before: LedgerRow | null, total: number): Pick<Look, "trouble"> {
  if (
    before === null ||
    before.route !== "listing" ||
    before.wholeLooks === 0 ||
    before.announced === null ||
    before.announced >= total
  )
    return {};
  return { trouble: `the listing first showed ${before.announced} of ${total} entries as if they were all` };
}

/** The page is as it was when it was whole. */
function confirmed({ category, day }: Visit): Reading {
  return {
    ok: true,
    message: `The listing of ${category} for ${day} is as it was.`,
    until: null,
    look: { outcome: "batch", route: "listing", whole: true },
  };
}

function finished({ category, day }: Visit, listing: ArxivListing, seen: number): Reading {
  if (listing.announcedOn >= day) {
    const message = listing.quiet
      ? `The listing of ${category} says that nothing was announced on ${listing.announcedOn}.`
      : `The listing of ${category} for ${listing.announcedOn} is here: ${seen} entries.`;
    return { ok: true, message, until: null, look: null };
  }
  const message = `The listing of ${category} still is that of ${listing.announcedOn}; ${day} is due.`;
  return { ok: true, message, until: null, look: { outcome: "previous", route: "listing" } };
}

async function enter({ work, category, day }: Visit, { look }: Reading): Promise<LedgerRow> {
  const key = { source: "arxiv", category, day };
  const now = work.clock().toISOString();
  if (look !== null) return work.db.transaction().execute((trx) => enterLook(trx, key, { look, now }));
  return (await findLedgerRow(work.db, key)) ?? Promise.reject(new Error(`no row for ${category} on ${day}`));
}
