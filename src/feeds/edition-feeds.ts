// Feeds of the dated pages: the editions themselves, and the papers in them in rank order with the reason of each.
import type { Edition, EditionItem, EditionKind } from "../editions/edition.ts";
import { parseEditionKey, periodOf } from "../editions/edition-key.ts";
import { editionTitle } from "../editions/edition-title.ts";
import { listEditionKeys } from "../editions/editions.ts";
import { trendingOrder } from "../editions/trending-order.ts";
import type { DoorDeps } from "../http/deps.ts";
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
  const editions = await latestEditions(deps, kind, most);
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
/** Days whose papers are compared for what is talked of. */
const trendingDays = 7;

/** By a name, or by the key of an edition; null where there are no papers. */
export async function findRankedFeed(deps: DoorDeps, name: string): Promise<FeedContent | null> {
  if (name === "trending") return trendingFeed(deps);
  if (name === "today") return todayFeed(deps);
  const latest = isRankedName(name) ? await deps.editions.latestDay(optionsOf(deps)) : null;
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
  const editions = await latestEditions(deps, "day", 2);
  const title = "Broadsheet, the papers of the day";
  return rankedFeed("today", { title, path: links.front(), papers: editions.flatMap(papersIn) });
}

/** By votes that lose half their worth in a week, as search sorts by trending. */
async function trendingFeed(deps: DoorDeps): Promise<FeedContent> {
  const best = new Map<number, { score: number; paper: FeedPaper }>();
  for (const edition of await latestEditions(deps, "day", trendingDays))
    for (const item of edition.items) {
      const score = trendingOrder({ votes: item.votes ?? 0, day: edition.from });
      if ((best.get(item.paper.pk)?.score ?? Number.NEGATIVE_INFINITY) < score)
        best.set(item.paper.pk, { score, paper: feedPaper(item, edition) });
    }
  const papers = [...best.values()].sort((a, b) => b.score - a.score).map(({ paper }) => paper);
  return {
    ...rankedFeed("trending", { title: "Broadsheet, trending", path: links.front(), papers }),
    subtitle: "What was voted for in the last seven days with papers; a vote loses half its worth in a week.",
    papers: papers.slice(0, papersOfEdition),
  };
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

/** The latest of a kind that have papers, the latest first. */
async function latestEditions(deps: DoorDeps, kind: EditionKind, most: number): Promise<Edition[]> {
  const keys = (await listEditionKeys(deps.db, kind, optionsOf(deps))).slice(-most).reverse();
  const found: Edition[] = [];
  for (const key of keys) {
    const edition = await findEdition(deps, key);
    if (edition) found.push(edition);
  }
  return found;
}

async function findEdition(deps: DoorDeps, key: string): Promise<Edition | null> {
  const edition = await deps.editions.get(key, optionsOf(deps));
  return edition && "counts" in edition ? edition : null;
}

function optionsOf({ clock, config }: DoorDeps) {
  return { now: clock().toISOString(), categories: config.categories };
}
