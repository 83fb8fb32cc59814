// Brings the search index up to date with the papers: in order of change, in slices, without holding up anything else.
import { setImmediate } from "node:timers/promises";
import type { Db } from "../database/dialect.ts";
import { type IndexFacts, listIndexFacts } from "../papers/index-facts-store.ts";
import type { Paper } from "../papers/paper.ts";
import { latestChangeNumber, listChanges, type PaperChange } from "../papers/papers-store.ts";
import type { Follower, Search, SearchChange, SearchDocument } from "../search/search.ts";

export interface FollowOptions {
  /** Aborted: stops after the slice at hand; the next call goes on there. */
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** Small enough that a request waits some milliseconds for a slice, not longer. */
const sliceSize = 200;

/**
 * Applies every change since the index's own change number, then gives the vectors what they lack; new changes go to the
 * index first. Returns how many were applied. Harmless twice.
 */
export async function followPapers(db: Db, search: Search, options: FollowOptions = {}): Promise<number> {
  const { signal, onProgress } = options;
  const first = search.changeNumber;
  const total = (await latestChangeNumber(db)) - first;
  let applied = 0;
  while (!signal?.aborted) {
    const followed = (await followSlice(db, search)) || (await followSlice(db, search.vectors ?? null));
    if (followed === 0) break;
    applied += followed;
    onProgress?.(Math.min(search.changeNumber - first, total), total);
    await setImmediate();
  }
  return applied;
}

/** Applies the next changes; returns how many there were. */
async function followSlice(db: Db, follower: Follower | null): Promise<number> {
  if (!follower) return 0;
  // An index found damaged meanwhile is empty and starts again from its own number.
  const after = follower.changeNumber;
  const changes = await listChanges(db, after, sliceSize);
  if (changes.length === 0) return 0;
  const facts = await listIndexFacts(
    db,
    changes.flatMap(({ pk, paper }) => (paper ? [pk] : [])),
  );
  follower.apply(
    changes.map((change) => searchChange(change, facts)),
    after,
  );
  return changes.length;
}

function searchChange(
  { changeNumber, pk, paper }: PaperChange,
  facts: Map<number, IndexFacts>,
): SearchChange {
  return { changeNumber, key: pk, document: paper ? searchDocument(paper, facts.get(pk)!) : null };
}

function searchDocument(paper: Paper, { sources, lists, hasRepository }: IndexFacts): SearchDocument {
  return {
    key: paper.pk,
    id: paper.id,
    title: paper.titleText,
    abstract: paper.abstractText,
    authors: paper.authors.map((author) => author.name),
    ...(paper.venue === null ? {} : { venue: paper.venue }),
    ...(paper.year === null ? {} : { year: paper.year }),
    ...(paper.publishedOn === null ? {} : { publishedOn: paper.publishedOn }),
    categories: paper.categories,
    sources,
    lists,
    hasCode: hasRepository || paper.links.some((link) => link.kind === "code"),
  };
}
