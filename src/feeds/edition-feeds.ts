// Feeds of the dated pages: the editions themselves, and the papers in them in rank order with the reason of each.
import type { Edition, EditionItem, EditionKind } from "../editions/edition.ts";
import { parseEditionKey, periodOf } from "../editions/edition-key.ts";
import { editionTitle } from "../editions/edition-title.ts";
import { latestEditions } from "../editions/latest-editions.ts";
import type { DoorDeps } from "../http/deps.ts";
import { editionOptions } from "../http/edition-options.ts";
import { formatDay } from "../lib/dates.ts";
import { links } from "../links.ts";
import type { FeedContent } from "./feed-content.ts";
import { entryOfEdition, type FeedPaper } from "./feed-entries.ts";

/** An entry an edition: how many of the latest. A month is thousands of papers. */
const editionsFeeds = {
  days: { kind: "day", most: 7, title: "Broadsheet, day by day" },
  weeks: { kind: "week", most: 2, title: "Broadsheet, week by week" },
  months: { kind: "month", most: 2, title: "Broadsheet, month by month" },
} as const satisfies Record<string, { kind: EditionKind; most: number; title: string }>;

type EditionsName = keyof typeof editionsFeeds;

export function isEditionsName(name: string): name is EditionsName {
  return Object.hasOwn(editionsFeeds, name);
}

export async function findEditionFeed(deps: DoorDeps, name: EditionsName): Promise<FeedContent> {
  const { kind, most, title } = editionsFeeds[name];
  const editions = await listLatest(deps, kind, most);
  const base = deps.baseUrl();
  return {
    name,
    title,
    subtitle: `Every ${kind} with its papers, ordered by a published formula.`,
    path: { day: links.front(), week: links.latestWeek(), month: links.latestMonth() }[kind],
    entries: editions.map((edition) => entryOfEdition(edition, base)),
  };
}

const rankedNames = ["today", "week", "month", "trending"] as const;

export function isRankedName(name: string): name is (typeof rankedNames)[number] {
  return (rankedNames as readonly string[]).includes(name);
}

/** Papers of one edition that are told; of the rest its page tells. */
const papersOfEdition = 50;

/** By a name, or by the key of an edition; null where there are no papers. */
export async function findRankedFeed(deps: DoorDeps, name: string): Promise<FeedContent | null> {
  if (name === "trending") return trendingFeed(deps);
  if (name === "today") return todayFeed(deps);
  const latest = isRankedName(name) ? await deps.editions.latestDay(editionOptions(deps)) : null;
  const key = latest ? periodOf(name as EditionKind, latest).key : name;
  const edition = parseEditionKey(key) ? await findEdition(deps, key) : null;
  if (!edition) return isRankedName(name) ? emptyFeed(name) : null;
  const { kind } = edition;
  const named = isRankedName(name) ? name : `editions/${key}`;
  return rankedFeed(named, {
    title: `Broadsheet, ${editionTitle(edition)}`,
    path: links.edition(kind, key),
    papers: papersIn(edition),
  });
}

/** The day before goes with it, so that nothing is missed by whoever asks once a day. */
async function todayFeed(deps: DoorDeps): Promise<FeedContent> {
  const editions = await listLatest(deps, "day", 2);
  const title = "Broadsheet, the papers of the day";
  return rankedFeed("today", { title, path: links.front(), papers: editions.flatMap(papersIn) });
}

/** As the page ranks them. */
async function trendingFeed(deps: DoorDeps): Promise<FeedContent> {
  const { items } = await deps.editions.trending({ ...editionOptions(deps), limit: papersOfEdition });
  const papers = items.map(({ paper, reason, enteredAt, day }) => ({
    paper,
    reason: `${formatDay(day)}: ${reason}`,
    enteredAt,
  }));
  return rankedFeed("trending", { title: "Broadsheet, trending", path: links.trending(), papers });
}

function rankedFeed(name: string, given: Pick<FeedContent, "title" | "path" | "papers">): FeedContent {
  return { name, subtitle: "Papers ordered by a published formula, each with its reason.", ...given };
}

function emptyFeed(name: string): FeedContent {
  return rankedFeed(name, { title: "Broadsheet", path: links.front(), papers: [] });
}

function papersIn(edition: Edition): FeedPaper[] {
  return edition.items.slice(0, papersOfEdition).map((item) => feedPaper(item, edition));
}

function feedPaper({ paper, reason, enteredAt }: EditionItem, edition: Edition): FeedPaper {
  return { paper, reason: `${editionTitle(edition)}: ${reason}`, enteredAt };
}

async function listLatest(deps: DoorDeps, kind: EditionKind, most: number): Promise<Edition[]> {
  return Array.fromAsync(latestEditions(deps.editions, { kind, most }, editionOptions(deps)));
}

async function findEdition(deps: DoorDeps, key: string): Promise<Edition | null> {
  const edition = await deps.editions.get(key, editionOptions(deps));
  return edition && "counts" in edition ? edition : null;
}
