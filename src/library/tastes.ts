// The tastes of readers, ready to choose with: what was learned is kept, and learned anew when what it was learned from, or
// the model of meaning, has changed.
import type { Db } from "../database/dialect.ts";
import type { LibraryFollowsTable, LibraryTastesTable } from "../database/library-schema.ts";
import type { Instant } from "../lib/clock.ts";
import { type Learner, readExamples } from "./examples.ts";
import { loadBackground } from "./held-sample.ts";
import type { Follow, FollowKind } from "./library.ts";
import type { HeldTaste } from "./pick-one.ts";
import { parseSettings } from "./settings.ts";
import type { FeatureReader } from "./taste/features.ts";
import { asKept, formatKept, parseKept } from "./taste/kept.ts";
import { type LearnedTaste, learnTaste } from "./taste/learn.ts";
import { type Taste, tasteOf } from "./taste/taste.ts";
import { keepTastes, selectFollowsOf, selectKeepers, selectTastes } from "./tastes-store.ts";

/** Examples fade with time; after so many days what was learned is learned anew. */
const freshDays = 7;
/** Readers whose examples are held in memory at a time: 450 each at most. */
const learnersAtATime = 50;

interface TasteContext {
  reader: FeatureReader;
  now: Instant;
}

/** The taste of each keeper who has any; those who keep nothing are missing. What cannot be read is learned anew. */
export async function loadTastes(
  db: Db,
  keepers: readonly string[],
  context: TasteContext,
): Promise<Map<string, Taste>> {
  const held = await holdTastes(db, keepers, context);
  const read = new Map([...held].map(([keeper, taste]) => [keeper, readHeld(taste, context.reader)]));
  const damaged = [...held.keys()].filter((keeper) => !read.get(keeper));
  if (damaged.length > 0)
    for (const [keeper, taste] of await holdTastes(db, damaged, { ...context, anew: true }))
      read.set(keeper, readHeld(taste, context.reader));
  return new Map(
    [...held].map(([keeper, { follows, settings }]) => [
      keeper,
      tasteOf(read.get(keeper)?.learned ?? null, follows, settings),
    ]),
  );
}

/** Null when it is damaged. */
function readHeld(
  { text, learned }: HeldTaste,
  reader: FeatureReader,
): { learned: LearnedTaste | null } | null {
  return learned === undefined ? parseKept(text, reader) : { learned };
}

/**
 * The same as it is kept, not read yet, whatever of it was not learned just now. The queries are as many for all as for one, and
 * a few more for each fifty who changed.
 */
export async function holdTastes(
  db: Db,
  keepers: readonly string[],
  { reader, now, anew = false }: TasteContext & { anew?: boolean },
): Promise<Map<string, HeldTaste>> {
  const follows = Map.groupBy(await selectFollowsOf(db, keepers), (row) => row.keeper);
  const kept = new Map((await selectTastes(db, keepers)).map((row) => [row.keeper, row]));
  const rows = (await selectKeepers(db, keepers)).map((row) => ({
    ...row,
    settings: parseSettings(row.settings),
  }));
  const learned = new Map<string, Learned>();
  const changed: Changed[] = [];
  for (const row of rows) {
    const known = kept.get(row.keeper);
    if (!anew && known && isFresh(known, row.revision, { reader, now }))
      learned.set(row.keeper, { text: known.taste });
    else changed.push(row);
  }
  for (let from = 0; from < changed.length; from += learnersAtATime)
    await learn(db, changed.slice(from, from + learnersAtATime), { reader, now, learned });
  return new Map(
    rows.map(({ keeper, settings }) => [
      keeper,
      { ...learned.get(keeper)!, follows: (follows.get(keeper) ?? []).map(followOf), settings },
    ]),
  );
}

type Learned = Pick<HeldTaste, "text" | "learned">;

interface Changed extends Learner {
  revision: number;
}

/** False where it was learned from something else than what is there now. */
function isFresh(row: LibraryTastesTable, revision: number, { reader, now }: TasteContext): boolean {
  if (row.revision !== revision || row.learned_with !== reader.name) return false;
  return (Date.parse(now) - Date.parse(row.learned_at)) / 86_400_000 < freshDays;
}

function followOf({ kind, value }: LibraryFollowsTable): Pick<Follow, "kind" | "value"> {
  return { kind: kind as FollowKind, value };
}

interface LearnOptions extends TasteContext {
  /** Takes what is learned. */
  learned: Map<string, Learned>;
}

async function learn(
  db: Db,
  changed: readonly Changed[],
  { reader, now, learned }: LearnOptions,
): Promise<void> {
  const background = await loadBackground(db, reader);
  const examples = await readExamples(db, changed, { reader, now });
  const rows = changed.map(({ keeper, revision }) => {
    const fresh = learnTaste(examples.get(keeper)!, background, now);
    // As it will be read again, so that the first choice and the next are the same.
    const kept = fresh && asKept(fresh);
    const text = formatKept(kept, reader);
    learned.set(keeper, { text, learned: kept });
    return { keeper, revision, learned_with: reader.name, learned_at: now, taste: text };
  });
  await keepTastes(db, rows);
}
