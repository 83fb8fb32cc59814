// Choosing for one reader out of what was read for many: no database, so that threads can do it.
import type { Follow } from "./library.ts";
import type { LibrarySettings } from "./settings.ts";
import type { Candidates } from "./taste/candidates.ts";
import { parseKept } from "./taste/kept.ts";
import type { LearnedTaste } from "./taste/learn.ts";
import { pickFor } from "./taste/pick.ts";
import type { Reason } from "./taste/reasons.ts";
import { tasteOf } from "./taste/taste.ts";

/** A keeper's taste as it is kept. */
export interface HeldTaste {
  /** What was learned, as taste/kept.ts writes it. */
  text: string;
  /** The same, where it is at hand; undefined: to be read. */
  learned?: LearnedTaste | null;
  follows: readonly Pick<Follow, "kind" | "value">[];
  settings: LibrarySettings;
}

export interface PickTask {
  /** Null for who keeps nothing. */
  taste: HeldTaste | null;
  /** The keeper's marks on the papers. */
  marks: readonly { paper_pk: number; kind: string }[];
  /** Papers that are no picks: the reader had them. */
  had: ReadonlySet<number>;
  limit: number;
}

/** For many tasks: pks that each followed search finds among the candidates. */
export type FoundBySearch = ReadonlyMap<string, ReadonlySet<number>>;

export interface PickedForOne {
  /** Best first; `reason` is the weightiest of its reasons. */
  picks: { pk: number; reason: string; reasons: string[] }[];
  /** Papers the keeper has hidden. */
  hidden: ReadonlySet<number>;
}

/** Null where what was learned cannot be read. */
export function pickOne(
  { taste, marks, had, limit }: PickTask,
  { candidates, found, now }: { candidates: Candidates; found: FoundBySearch; now: string },
): PickedForOne | null {
  const hidden = new Set(marks.flatMap(({ kind, paper_pk }) => (kind === "hide" ? [paper_pk] : [])));
  if (!taste) return { picks: [], hidden };
  const read = taste.learned === undefined ? parseKept(taste.text, candidates.reader) : taste;
  if (read?.learned === undefined) return null;
  const exclude = new Set([...had, ...marks.map(({ paper_pk }) => paper_pk)]);
  const opened = tasteOf(read.learned, taste.follows, taste.settings);
  const picks = pickFor(opened, candidates, { limit, now, exclude, found });
  return { picks: picks.map(({ paper, reasons }) => ({ pk: paper.pk, ...inWords(reasons) })), hidden };
}

function inWords(reasons: readonly Reason[]): { reason: string; reasons: string[] } {
  const words = reasons.map(({ text }) => text);
  return { reason: words[0]!, reasons: words };
}
