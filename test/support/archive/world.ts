// A seeded world of papers as an archive would hold them: who announced what, where and when is known by construction.
import type { Day } from "../../../src/lib/clock.ts";
import { listBatches } from "./calendar.ts";
import { addDays } from "./eastern.ts";
import { assignIds } from "./identifiers.ts";
import { listSubmissions } from "./submissions.ts";
import { followedCategories } from "./taxonomy.ts";
import { listUpdates } from "./updates.ts";
import type { Announced, CategoryDay, World, WorldOptions, WorldPaper } from "./world-types.ts";

/** The same options make the same world. */
export function createWorld(options: WorldOptions): World {
  const batches = listBatches({ ...options, from: addDays(options.from, -7) });
  const newcomers = listSubmissions(options, batches);
  const papers = assignIds(listUpdates(options, batches, newcomers), batches);
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  const categories = options.categories ?? followedCategories;
  const touched = groupByBatch(papers, batches.length);
  const announcedIn = (category: string, batch: number) =>
    listAnnounced(touched[batch] ?? [], category, batch);
  const truthOf = (category: string, day: Day) => describeDay({ batches, announcedIn }, category, day);
  return {
    options,
    batches,
    papers,
    findPaper: (id) => byId.get(id),
    announcedIn,
    truth: (of = categories) =>
      daysOf(options).flatMap((day) => of.map((category) => truthOf(category, day))),
    truthOf,
  };
}

function daysOf({ from, until }: WorldOptions): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}

/** For each batch the papers that something happened to, by id. */
function groupByBatch(papers: readonly WorldPaper[], count: number): WorldPaper[][] {
  const groups = Array.from({ length: count }, (): WorldPaper[] => []);
  for (const paper of papers) {
    const happened = [...paper.versions, ...paper.crossLists].map(({ batch }) => batch);
    for (const batch of new Set(happened)) groups[batch]?.push(paper);
  }
  return groups;
}

function describeDay(
  { batches, announcedIn }: Pick<World, "batches" | "announcedIn">,
  category: string,
  day: Day,
): CategoryDay {
  const index = batches.findIndex((batch) => batch.day === day);
  const batch = batches[index];
  const listed = announcedIn(category, index);
  const ids = (list: WorldPaper[]) => list.map(({ id }) => id);
  return {
    category,
    day,
    announced: batch !== undefined,
    dueAt: batch?.dueAt ?? null,
    publishedAt: batch?.publishedAt ?? null,
    new: ids(listed.new),
    cross: ids(listed.cross),
    replacement: ids(listed.replacement),
    held: ids(listed.new.filter((paper) => paper.held)),
  };
}

/** One listing: each paper once, as new before cross-listed before replaced. */
function listAnnounced(papers: readonly WorldPaper[], category: string, batch: number): Announced {
  const announced: Announced = { new: [], cross: [], replacement: [] };
  for (const paper of papers) {
    const kind = kindOf(paper, category, batch);
    if (kind) announced[kind].push(paper);
  }
  return announced;
}

function kindOf(paper: WorldPaper, category: string, batch: number): keyof Announced | null {
  const own = paper.categories.includes(category);
  if (own && paper.versions[0]?.batch === batch) return paper.categories[0] === category ? "new" : "cross";
  const crossList = paper.crossLists.find((cross) => cross.category === category);
  if (crossList?.batch === batch) return "cross";
  if (!own && (crossList === undefined || crossList.batch > batch)) return null;
  return paper.versions.some((version) => version.number > 1 && version.batch === batch)
    ? "replacement"
    : null;
}
