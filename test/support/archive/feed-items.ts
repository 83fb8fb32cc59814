// What is in a feed of rss.arxiv.org: one evening's announcements, in the feed program's order and with its omissions.
import { escapeText } from "./markup.ts";
import { type PaperView, viewPaper } from "./paper-view.ts";
import type { World } from "./world-types.ts";

export interface FeedRequest {
  /** "cs.CL+cs.LG", as asked for. */
  query: string;
  categories: string[];
  /** -1: nothing was announced today. */
  batch: number;
  now: Date;
  /** The day (Eastern) whose midnight all entries are dated by. */
  today: string;
  base: string;
}

export type FeedKind = "new" | "cross" | "replace" | "replace-cross";

export interface FeedItem {
  kind: FeedKind;
  view: PaperView;
}

const longestFeed = 2_000;
/** Replacements from this version on are left out. */
const quietVersion = 6;
const order: FeedKind[] = ["replace-cross", "replace", "cross", "new"];

/** One entry a paper, newest first within new, cross, replace, replace-cross. */
export function listFeedItems(world: World, { categories, batch }: FeedRequest): FeedItem[] {
  const items = new Map<string, FeedItem>();
  for (const category of categories) {
    const announced = world.announcedIn(category, batch);
    for (const kind of ["new", "cross", "replacement"] as const) {
      for (const paper of announced[kind]) {
        const view = viewPaper(world, paper, batch)!;
        const shown = kindShown(kind, view, categories);
        const before = items.get(paper.id);
        const quiet = kind === "replacement" && view.latest.number >= quietVersion;
        if (!quiet && (!before || order.indexOf(shown) > order.indexOf(before.kind)))
          items.set(paper.id, { kind: shown, view });
      }
    }
  }
  const sorted = [...items.values()].sort((a, b) => (a.view.id < b.view.id ? 1 : -1));
  return order
    .toReversed()
    .flatMap((kind) => sorted.filter((item) => item.kind === kind))
    .slice(0, longestFeed);
}

function kindShown(kind: "new" | "cross" | "replacement", view: PaperView, categories: string[]): FeedKind {
  if (kind !== "replacement") return kind;
  return categories.includes(view.categories[0]!) ? "replace" : "replace-cross";
}

export function describeItem(kind: FeedKind, { id, latest }: PaperView): string {
  return `arXiv:${id}v${latest.number} Announce Type: ${kind} \nAbstract: ${escapeText(latest.abstract)}`;
}

/** One string, in the authors' own TeX. */
export function listCreators({ authors }: PaperView): string {
  return escapeText(authors.map(({ tex }) => tex).join(", "));
}
