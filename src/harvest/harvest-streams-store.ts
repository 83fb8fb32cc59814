// What is harvested by itself, in the database: when each is due, who has it at hand, how far it is.
import { type Db, textsIn } from "../database/dialect.ts";
import type { HarvestStreamsTable } from "../database/schema.ts";
import type { Instant } from "../lib/clock.ts";

export interface StreamState {
  name: string;
  source: string;
  nextAt: Instant;
  triedAt: Instant | null;
  succeededAt: Instant | null;
  /** Visits in a row that failed. */
  failures: number;
  /** How the last visit ended, for people. */
  message: string;
  /** The stream's own; null: nothing to go on with. */
  position: unknown;
}

/** Makes the rows that are missing, due at once; leaves the others as they are. */
export async function ensureStreams(
  db: Db,
  streams: readonly { name: string; source: string }[],
  now: Instant,
): Promise<void> {
  const known = new Set(
    (await listStreams(db, { names: streams.map(({ name }) => name) })).map((s) => s.name),
  );
  const rows = streams
    .filter(({ name }) => !known.has(name))
    .map(({ name, source }) => ({
      name,
      source,
      next_at: now,
      tried_at: null,
      succeeded_at: null,
      failures: 0,
      message: "",
      position: null,
    }));
  if (rows.length === 0) return;
  await db
    .insertInto("harvest_streams")
    .values(rows)
    .onConflict((c) => c.column("name").doNothing())
    .execute();
}

export async function listStreams(
  db: Db,
  { names, dueBy }: { names?: readonly string[]; dueBy?: Instant } = {},
): Promise<StreamState[]> {
  const rows = await db
    .selectFrom("harvest_streams")
    .selectAll()
    .$if(names !== undefined, (q) => q.where("name", "in", textsIn(db, names!)))
    .$if(dueBy !== undefined, (q) => q.where("next_at", "<=", dueBy!))
    .orderBy("next_at")
    .orderBy("name")
    .execute();
  return rows.map(parseStream);
}

export async function findStream(db: Db, name: string): Promise<StreamState | null> {
  return (await listStreams(db, { names: [name] }))[0] ?? null;
}

function parseStream(row: HarvestStreamsTable): StreamState {
  return {
    name: row.name,
    source: row.source,
    nextAt: row.next_at,
    triedAt: row.tried_at,
    succeededAt: row.succeeded_at,
    failures: row.failures,
    message: row.message,
    position: row.position === null ? null : (JSON.parse(row.position) as unknown),
  };
}

/**
 * Takes a stream that is due, for others not to: it is due again at `until`, when whoever took it must be done or gone.
 * False when somebody else was first.
 */
export async function claimStream(
  db: Db,
  stream: Pick<StreamState, "name" | "nextAt">,
  { now, until }: { now: Instant; until: Instant },
): Promise<boolean> {
  const result = await db
    .updateTable("harvest_streams")
    .set({ next_at: until, tried_at: now })
    .where("name", "=", stream.name)
    .where("next_at", "=", stream.nextAt)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Belongs into the transaction that saves what was got. */
export async function savePosition(trx: Db, name: string, position: unknown): Promise<void> {
  await trx
    .updateTable("harvest_streams")
    .set({ position: position === null ? null : JSON.stringify(position) })
    .where("name", "=", name)
    .execute();
}

interface Visit {
  ok: boolean;
  /** See sources.ts. */
  resting?: boolean;
  early?: boolean;
  message: string;
  nextAt: Instant;
  now: Instant;
}

/** Writes down how a visit ended and when the next one is due. */
export async function recordVisit(db: Db, name: string, visit: Visit): Promise<void> {
  const { ok, resting = false, early = false, message, nextAt, now } = visit;
  await db
    .updateTable("harvest_streams")
    .set((e) => ({
      next_at: nextAt,
      message,
      failures: ok ? e.val(0) : e("failures", "+", resting ? 0 : 1),
      ...(ok && !early ? { succeeded_at: now } : {}),
    }))
    .where("name", "=", name)
    .execute();
}

/** For a stream that is done for good: a range that was asked for by hand. */
export async function removeStream(db: Db, name: string): Promise<void> {
  await db.deleteFrom("harvest_streams").where("name", "=", name).execute();
}
