// What one reader's issue holds: the editions' best, the reader's own picks in the proportion they set, and what changed of
// papers they had; nothing that was told before, as many as the reader wants and the letter can carry. Pure.
import type { Step } from "../editions/edition.ts";

/** A paper of the editions that an issue is made of. */
export interface PoolPaper {
  pk: number;
  /** On its edition's page. */
  rank: number;
  /** Part of its edition's total score, 0 to 1. */
  share: number;
  step: Step;
  reason: string;
  /** Latest version; null where the paper has none. */
  version: number | null;
}

/** "edition": the best of the editions. "own": the reader's own pick. "updated": had before, changed since. */
export type Part = "edition" | "own" | "updated";

/** A place in an issue, kept in the letter's row; rank, share and step of an update are those of nothing. */
export interface ChosenPaper extends Omit<PoolPaper, "rank"> {
  part: Part;
  rank: number | null;
}

export interface OwnPick {
  pk: number;
  /** "because you saved X" */
  reason: string;
}

export interface UpdatedPaper {
  pk: number;
  version: number | null;
  /** "version 2: a new abstract" */
  reason: string;
}

export interface ReaderChoice {
  /** How many papers at most. */
  papers: number;
  /** Of these, per cent of the reader's own picks. */
  ownShare: number;
  /** Papers this reader was told of, or has on the way. */
  had: ReadonlySet<number>;
  /** Best first; what the reader hid is not among them. */
  picks: readonly OwnPick[];
  /** Papers this reader does not want to see. */
  hidden: ReadonlySet<number>;
  /** Of papers among `had`. */
  updates: readonly UpdatedPaper[];
}

export interface Room {
  /** For the papers in the HTML part; default 64 KiB, which leaves the frame room below 80 KB. */
  maxBytes?: number;
  /** Size of one paper there. */
  bytesOf(paper: ChosenPaper): number;
}

/** Gmail shows the first 102 KB of an HTML part and hides the rest, the way out included: the whole stays below 80 KB. */
const roomForPapers = 64 * 1024;

/** Updates take no more than one place of so many. */
const updatesPerPapers = 4;

/**
 * In the order of the letter: the editions' best in rank order, own picks, updates. Where there are too few own picks the
 * editions fill in. Empty when there is nothing new, whatever was updated.
 */
export function chooseIssue(pool: readonly PoolPaper[], reader: ReaderChoice, room: Room): ChosenPaper[] {
  const updates = reader.updates.slice(0, Math.floor(reader.papers / updatesPerPapers)).map(updateOf);
  const { best, own } = shareOut(pool, reader, reader.papers - updates.length);
  return best.length + own.length === 0 ? [] : cutToRoom([best, own, updates], room).flat();
}

function shareOut(
  pool: readonly PoolPaper[],
  reader: ReaderChoice,
  places: number,
): { best: ChosenPaper[]; own: ChosenPaper[] } {
  const byPk = byPkOf(pool);
  const offered = reader.picks.filter(({ pk }) => byPk.has(pk) && isFresh(pk, reader));
  const wanted = Math.min(Math.round((places * reader.ownShare) / 100), offered.length);
  const first = new Set(firstFresh(pool, reader, places - wanted).map(({ pk }) => pk));
  // A pick that is among the best anyway stays there, and makes room for the next pick.
  const own = offered.filter(({ pk }) => !first.has(pk)).slice(0, wanted);
  const taken = new Set(own.map(({ pk }) => pk));
  const reasons = new Map(offered.map(({ pk, reason }) => [pk, reason]));
  const best = firstFresh(pool, reader, places)
    .filter(({ pk }) => !taken.has(pk))
    .slice(0, places - own.length);
  return {
    best: best.map((paper) => ({
      ...paper,
      part: "edition",
      reason: joinReasons(paper.reason, reasons.get(paper.pk)),
    })),
    own: own.map(({ pk, reason }) => ({ ...byPk.get(pk)!, part: "own", reason })),
  };
}

function isFresh(pk: number, { had, hidden }: ReaderChoice): boolean {
  return !had.has(pk) && !hidden.has(pk);
}

/** Looks no further than it must: the pool is long, and every reader is given few of it. */
function firstFresh(pool: readonly PoolPaper[], reader: ReaderChoice, count: number): PoolPaper[] {
  const fresh: PoolPaper[] = [];
  for (let i = 0; i < pool.length && fresh.length < count; i++)
    if (isFresh(pool[i]!.pk, reader)) fresh.push(pool[i]!);
  return fresh;
}

const known = new WeakMap<readonly PoolPaper[], ReadonlyMap<number, PoolPaper>>();

/** Once for all readers of a pool. */
function byPkOf(pool: readonly PoolPaper[]): ReadonlyMap<number, PoolPaper> {
  const byPk = known.get(pool) ?? new Map(pool.map((paper) => [paper.pk, paper]));
  known.set(pool, byPk);
  return byPk;
}

function joinReasons(reason: string, own: string | undefined): string {
  return own === undefined ? reason : `${reason}; ${own}`;
}

function updateOf({ pk, version, reason }: UpdatedPaper): ChosenPaper {
  return { pk, part: "updated", rank: null, share: 0, step: 5, reason, version };
}

/** Whatever part is longest gives up its last, until all fit; nothing below jumps ahead. */
function cutToRoom(parts: ChosenPaper[][], { maxBytes = roomForPapers, bytesOf }: Room): ChosenPaper[][] {
  const kept = parts.map((part) => part.map((paper) => ({ paper, bytes: bytesOf(paper) })));
  let total = kept.flat().reduce((sum, { bytes }) => sum + bytes, 0);
  while (total > maxBytes) {
    const longest = kept.reduce((a, b) => (b.length > a.length ? b : a));
    total -= longest.pop()!.bytes;
  }
  return kept.map((part) => part.map(({ paper }) => paper));
}
