// What is one reader's own, as feeds behind an address with a key: picks, what is saved, the reading list, a folder; on a private
// instance all feeds. Whoever has the address may read what it opens, until the key is taken back.
import type { DoorDeps } from "../http/deps.ts";
import type { FeedOf } from "../library/feed-keys.ts";
import { listMarks } from "../library/library.ts";
import { findToday } from "../library/today.ts";
import { links } from "../links.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import { type FeedContent, mostEntries } from "./feed-content.ts";

export interface OwnFeed {
  keeper: string;
  opens: FeedOf;
}

/** Name in the address of what a key opens. */
export function nameOf(opens: FeedOf): string {
  if (opens === "today") return "picks";
  return opens.startsWith("folder:") ? "folder" : opens;
}

/** Null: the key does not open this. */
export async function findOwnContent(
  deps: DoorDeps,
  { keeper, opens }: OwnFeed,
  name: string,
): Promise<FeedContent | null> {
  if (opens === "feeds" || name !== nameOf(opens)) return null;
  return opens === "today" ? picksFeed(deps, keeper) : marksFeed(deps, { keeper, opens });
}

async function picksFeed(deps: DoorDeps, keeper: string): Promise<FeedContent> {
  const { db, search, clock, config, featureReader, newPapers } = deps;
  const context = { db, search, newPapers, reader: featureReader(), categories: config.categories };
  const { picks } = await findToday(context, keeper, { now: clock().toISOString(), limit: mostEntries });
  const held = await findPapersByPk(
    db,
    picks.map(({ paper }) => paper.pk),
  );
  return {
    name: `picks/${keeper}`,
    title: "Broadsheet, your own picks",
    subtitle: "Papers of the latest days chosen by what you keep and follow, each with its reason.",
    path: links.front(),
    papers: picks.flatMap(({ paper: { pk }, reasons }) => {
      const paper = held.get(pk);
      return paper ? [{ paper, reason: reasons.map(({ text }) => text).join("; ") }] : [];
    }),
  };
}

/** Dated by when they were marked; the latest first. */
async function marksFeed({ db }: DoorDeps, { keeper, opens }: OwnFeed): Promise<FeedContent> {
  const folder = opens.startsWith("folder:") ? opens.slice("folder:".length) : undefined;
  const kinds = [opens === "later" ? "later" : "save"] as const;
  const filter = { kinds, limit: mostEntries, ...(folder === undefined ? {} : { folder }) };
  const marks = await listMarks(db, keeper, filter);
  const held = await findPapersByPk(
    db,
    marks.map(({ paperPk }) => paperPk),
  );
  const title = folder ?? { later: "your reading list" }[opens as "later"] ?? "what you saved";
  return {
    name: `${opens}/${keeper}`,
    title: `Broadsheet, ${title}`,
    subtitle: "Papers you marked, the latest first.",
    path: links.me(),
    papers: marks.flatMap(({ paperPk, markedAt }) => {
      const paper = held.get(paperPk);
      return paper ? [{ paper, enteredAt: markedAt }] : [];
    }),
  };
}
