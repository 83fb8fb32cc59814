// The tastes of readers, ready to choose with: what was learned is kept, and learned anew when what it was learned from, or
// the model of meaning, has changed.
import type { Db } from "../database/dialect.ts";
import type { LibraryFollowsTable, LibraryTastesTable } from "../database/library-schema.ts";
import type { Instant } from "../lib/clock.ts";
import { type Learner, readExamples } from "./examples.ts";
import { loadBackground } from "./held-sample.ts";
import type { Follow, FollowKind } from "./library.ts";
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

/**
 * The taste of each keeper who has any; those who keep nothing are missing. The queries are as many for all as for one, and
 * a few more for each fifty who changed.
 */
export async function loadTastes(
  db: Db,
  keepers: readonly string[],
  { reader, now }: { reader: FeatureReader; now: Instant },
): Promise<Map<string, Taste>> {
  const follows = Map.groupBy(await selectFollowsOf(db, keepers), (row) => row.keeper);
  const kept = new Map((await selectTastes(db, keepers)).map((row) => [row.keeper, row]));
  const rows = (await selectKeepers(db, keepers)).map((row) => ({
    ...row,
    settings: parseSettings(row.settings),
  }));
  const learned = new Map<string, LearnedTaste | null>();
  const changed: Changed[] = [];
  for (const row of rows) {
    const known = readKept(kept.get(row.keeper), row.revision, { reader, now });
    if (known) learned.set(row.keeper, known.learned);
    else changed.push(row);
  }
  for (let from = 0; from < changed.length; from += learnersAtATime)
    await learn(db, changed.slice(from, from + learnersAtATime), { reader, now, learned });
  return new Map(
    rows.map(({ keeper, settings }) => [
      keeper,
      tasteOf(learned.get(keeper) ?? null, (follows.get(keeper) ?? []).map(followOf), settings),
    ]),
  );
}

interface Changed extends Learner {
  revision: number;
}

/** Null where it was learned from something else than what is there now. */
function readKept(
  row: LibraryTastesTable | undefined,
  revision: number,
  { reader, now }: { reader: FeatureReader; now: Instant },
): { learned: LearnedTaste | null } | null {
  if (row?.revision !== revision || row.learned_with !== reader.name) return null;
  const days = (Date.parse(now) - Date.parse(row.learned_at)) / 86_400_000;
  return days < freshDays ? parseKept(row.taste, reader) : null;
}

function followOf({ kind, value }: LibraryFollowsTable): Pick<Follow, "kind" | "value"> {
  return { kind: kind as FollowKind, value };
}

interface LearnOptions {
  reader: FeatureReader;
  now: Instant;
  /** Takes what is learned. */
  learned: Map<string, LearnedTaste | null>;
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
    const taste = formatKept(kept, reader);
    learned.set(keeper, kept);
    return { keeper, revision, learned_with: reader.name, learned_at: now, taste };
  });
  await keepTastes(db, rows);
}
