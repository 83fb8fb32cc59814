// A paper as the archive shows it when it has announced so many batches.
import type { Day } from "../../../src/lib/clock.ts";
import type { WorldAuthor } from "./paper-text.ts";
import type { World, WorldPaper, WorldVersion } from "./world-types.ts";

export interface PaperView {
  id: string;
  authors: WorldAuthor[];
  categories: string[];
  /** All announced, oldest first; the last is shown. */
  versions: WorldVersion[];
  latest: WorldVersion;
  journalReference: string | null;
  doi: string | null;
  licence: string;
  /** Of the record as a whole: the last time that anything in it changed. */
  modifiedAt: Date;
  /** Its UTC day, the datestamp of OAI-PMH. */
  modifiedOn: Day;
}

/** null when the paper is not announced yet. */
export function viewPaper(world: World, paper: WorldPaper, batch: number): PaperView | null {
  const versions = paper.versions.filter((version) => version.batch <= batch);
  const latest = versions.at(-1);
  if (!latest) return null;
  const crossLists = paper.crossLists.filter((cross) => cross.batch <= batch);
  const reference =
    paper.journalReference && paper.journalReference.batch <= batch ? paper.journalReference : null;
  const changes = [latest.batch, ...crossLists.map((cross) => cross.batch), reference?.batch ?? -1];
  const changedAt = modifiedAt(world, Math.max(...changes), latest);
  return {
    id: paper.id,
    authors: paper.authors,
    categories: [...paper.categories, ...crossLists.map(({ category }) => category)],
    versions,
    latest,
    journalReference: reference?.text ?? null,
    doi: reference?.doi ?? null,
    licence: paper.licence,
    modifiedAt: changedAt,
    modifiedOn: changedAt.toISOString().slice(0, 10),
  };
}

/** What was there before the world began was announced a day after it came. */
function modifiedAt({ batches }: World, batch: number, latest: WorldVersion): Date {
  return batches[batch]?.publishedAt ?? new Date(latest.submittedAt.getTime() + 86_400_000);
}

/** The last batch published at least so long ago; -1 when there is none. */
export function latestBatch({ batches }: World, now: Date, delayMinutes = 0): number {
  return batches.findLastIndex(
    ({ publishedAt }) => publishedAt.getTime() + delayMinutes * 60_000 <= now.getTime(),
  );
}

/** OAI-PMH and the query API know a batch two and a half hours after its announcement (about 22:30 Eastern). */
export const recordDelayMinutes = 150;
/** A feed that was built without a late batch is built again half an hour after it. */
export const feedDelayMinutes = 30;
