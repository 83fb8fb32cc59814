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

/** Changes read from the database at once. */
const sliceSize = 500;
/** Changes applied before others get their turn: some milliseconds, with the sealing and merging they bring about. */
const pieceSize = 25;
/** A long following writes what it has now and then, so that a kill costs no more than so many changes of the index. */
const mostUnwritten = 100_000;

/**
 * Applies every change since the index's own change number, then gives the vectors what they lack; new changes go to the
 * index first. Returns how many were applied. Harmless twice.
 */
export async function followPapers(db: Db, search: Search, options: FollowOptions = {}): Promise<number> {
  const { signal, onProgress } = options;
  // What is applied while the vectors are being read would have to be given to them again.
  await search.prepareMeaning?.();
  const first = search.changeNumber;
  const total = (await latestChangeNumber(db)) - first;
  let applied = 0;
  while (!signal?.aborted) {
    const followed =
      (await followSlice(db, search, signal)) || (await followSlice(db, search.vectors ?? null, signal));
    if (followed === 0) break;
    applied += followed;
    onProgress?.(Math.min(search.changeNumber - first, total), total);
    if ((search.unwritten ?? 0) >= mostUnwritten) await search.flush({ more: true });
  }
  return applied;
}

/** Applies the next changes; returns how many there were. */
async function followSlice(db: Db, follower: Follower | null, signal?: AbortSignal): Promise<number> {
  if (!follower) return 0;
  let after = follower.changeNumber;
  const changes = await listChanges(db, after, sliceSize);
  if (changes.length === 0) return 0;
  const facts = await listIndexFacts(
    db,
    changes.flatMap(({ pk, paper }) => (paper ? [pk] : [])),
  );
  let done = 0;
  while (done < changes.length && !signal?.aborted) {
    const piece = changes.slice(done, done + pieceSize).map((change) => searchChange(change, facts));
    follower.apply(piece, after);
    after = piece.at(-1)!.changeNumber;
    done += piece.length;
    await setImmediate();
    // An index found damaged meanwhile is empty and starts again from its own number.
    if (follower.changeNumber !== after) break;
  }
  return done;
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
