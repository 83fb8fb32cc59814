// Plain feeds of journals that the owner named: whatever each holds at the moment, a few times a day, only when it changed.
import { saveItems } from "../papers/save-store.ts";
import { parseFeed } from "../sources/feed.ts";
import { ask } from "./harvest-ask.ts";
import { findStream, savePosition } from "./harvest-streams-store.ts";
import { minutesAfter, retryAt } from "./plan.ts";
import type { HarvestSettings, Source, Stream, Visited, Work } from "./sources.ts";

const beatMinutes = 4 * 60;

/** A feed has no past: a stretch of days brings what it holds now. */
export const feedsSource: Source = {
  name: "feeds",
  title: "Feeds of journals",
  streams: listFeedStreams,
  rangeStreams: listFeedStreams,
};

function listFeedStreams({ feeds }: HarvestSettings): Stream[] {
  return feeds.map((url) => ({
    name: `feed ${url}`,
    // Each host has a lane of its own.
    lane: new URL(url).host,
    source: "feeds",
    visit: (work, position) => visitFeed(work, url, position as Position | null),
  }));
}

interface Position {
  etag: string | null;
}

async function visitFeed(work: Work, url: string, position: Position | null): Promise<Visited> {
  const name = `feed ${url}`;
  const reply = await ask(work, { source: name, url, accept: feedTypes, etag: position?.etag ?? undefined });
  const nextAt = minutesAfter(work.clock(), beatMinutes);
  if (reply.kind === "unchanged") return { ok: true, message: "Nothing new.", nextAt };
  if (reply.kind === "resting")
    return { ok: false, resting: true, message: reply.message, nextAt: reply.until };
  const failures = (await findStream(work.db, name))?.failures ?? 0;
  const trouble = (message: string, until: string | null = null): Visited => ({
    ok: false,
    message,
    nextAt: retryAt(work.clock(), until, failures),
  });
  if (reply.kind === "trouble") return trouble(reply.message, reply.until);
  if (reply.kind === "refused") return trouble(reply.message);
  const feed = parseFeed(reply.body, reply.url);
  if (!feed.ok) return trouble(`It cannot be read: ${feed.reason}.`);
  const now = work.clock().toISOString();
  await work.db.transaction().execute(async (trx) => {
    await saveItems(trx, feed.items, { now, origin: "import" });
    await savePosition(trx, name, { etag: reply.etag } satisfies Position);
  });
  work.onPage?.(name, feed.items.length);
  const refused = feed.rejected.length > 0 ? `, ${feed.rejected.length} could not be taken` : "";
  return { ok: true, message: `${feed.items.length} entries${refused}.`, nextAt };
}

const feedTypes = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml, text/xml";
