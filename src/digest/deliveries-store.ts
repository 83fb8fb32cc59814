// The letters' rows: one a reader and issue, claimed by conditional update before sending, settled after it.
import { type Selectable, sql } from "kysely";
import { type Db, insertRows, numbersIn, passingOverLocked } from "../database/dialect.ts";
import type { DeliveriesTable, SubscribersTable } from "../database/letter-schema.ts";
import type { Day, Instant } from "../lib/clock.ts";

export type Delivery = Selectable<DeliveriesTable>;

/** 'digest': an issue; 'confirmation': the double opt-in; 'notice': "you are already subscribed"; 'test': an issue as a test. */
export type DeliveryKind = "digest" | "confirmation" | "notice" | "test";

export type DeliveryState = "due" | "claimed" | "sent" | "failed" | "dropped";

export type NewDelivery = Pick<Delivery, "subscriber_pk" | "issue" | "message_id" | "payload"> & {
  kind: DeliveryKind;
};

/** Makes rows that are due at once; rows that exist stay as they are. Returns how many are new. */
export function insertDeliveries(db: Db, deliveries: readonly NewDelivery[], now: Instant): Promise<number> {
  const rows = deliveries.map((delivery) => ({
    ...delivery,
    state: "due",
    attempts: 0,
    next_attempt_at: now,
    claimed_at: null,
    claimed_by: null,
    last_error: null,
    sent_at: null,
    created_at: now,
  }));
  return insertRows(db, "deliveries", rows, { onConflict: "do nothing" });
}

/** Which of the waiting letters; empty: all. */
export interface DueFilter {
  kind?: DeliveryKind;
  issue?: string;
  subscriberPk?: number;
}

/** How many letters are due, counted up to the limit. */
export async function countDue(
  db: Db,
  now: Instant,
  { limit, kind, issue, subscriberPk }: DueFilter & { limit: number },
): Promise<number> {
  const rows = await db
    .selectFrom("deliveries")
    .select("subscriber_pk")
    .where("state", "=", "due")
    .where("next_attempt_at", "<=", now)
    .$if(kind !== undefined, (q) => q.where("kind", "=", kind!))
    .$if(issue !== undefined, (q) => q.where("issue", "=", issue!))
    .$if(subscriberPk !== undefined, (q) => q.where("subscriber_pk", "=", subscriberPk!))
    .limit(limit)
    .execute();
  return rows.length;
}

/**
 * Takes the letters that are due for this sender, longest waiting first; fewer when others are quicker. On PostgreSQL
 * letters that another is just taking are passed over.
 */
export async function claimDue(
  db: Db,
  { by, now }: { by: string; now: Instant },
  { limit, kind, issue, subscriberPk }: DueFilter & { limit: number },
): Promise<Delivery[]> {
  // Materialised: as a plain subquery PostgreSQL may run it once a row, and each run takes others. Joined: with "in" SQLite
  // would look through all that are due.
  const result = await sql<Delivery>`
    with chosen as materialized (
      select subscriber_pk, kind, issue from deliveries
      where state = 'due' and next_attempt_at <= ${now}
        ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
        ${issue === undefined ? sql`` : sql`and issue = ${issue}`}
        ${subscriberPk === undefined ? sql`` : sql`and subscriber_pk = ${subscriberPk}`}
      order by next_attempt_at, subscriber_pk limit ${limit} ${passingOverLocked(db)}
    )
    update deliveries set state = 'claimed', claimed_by = ${by}, claimed_at = ${now}
    from chosen c
    where state = 'due' and deliveries.subscriber_pk = c.subscriber_pk and deliveries.kind = c.kind
      and deliveries.issue = c.issue
    returning *`.execute(db);
  return result.rows.sort(
    (a, b) => compare(a.next_attempt_at, b.next_attempt_at) || a.subscriber_pk - b.subscriber_pk,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Gives letters that were claimed and not tried back, as they were. */
export async function releaseDeliveries(db: Db, deliveries: readonly Delivery[], by: string): Promise<void> {
  for (const delivery of deliveries) {
    await db
      .updateTable("deliveries")
      .set({ state: "due", claimed_at: null, claimed_by: null })
      .where("subscriber_pk", "=", delivery.subscriber_pk)
      .where("kind", "=", delivery.kind)
      .where("issue", "=", delivery.issue)
      .where("state", "=", "claimed")
      .where("claimed_by", "=", by)
      .execute();
  }
}

/** Claims that are open now. */
export function listClaims(db: Db): Promise<Pick<Delivery, "claimed_by" | "claimed_at">[]> {
  return db
    .selectFrom("deliveries")
    .select(["claimed_by", "claimed_at"])
    .distinct()
    .where("state", "=", "claimed")
    .execute();
}

/** Gives the claims of one sender, made up to and at an instant, back to be sent again; returns how many. */
export async function releaseClaims(db: Db, by: string, upTo: Instant): Promise<number> {
  const result = await db
    .updateTable("deliveries")
    .set({ state: "due", claimed_at: null, claimed_by: null })
    .where("state", "=", "claimed")
    .where("claimed_by", "=", by)
    .where("claimed_at", "<=", upTo)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Confirmed readers without the issue of this day, with the latest issue they have, in order of pk. */
export async function listReadersWithout(
  db: Db,
  day: Day,
  page: { after: number; limit: number },
): Promise<ReaderRow[]> {
  const result = await sql<ReaderRow>`
    select s.pk, s.address_key, s.token, s.zone, s.send_at, s.weekdays, s.rhythm, s.paused_until, s.clock_set_at,
      s.papers, s.own_share, s.confirmed_at,
      (select d.issue from deliveries d where d.subscriber_pk = s.pk and d.kind = 'digest'
        order by d.issue desc limit 1) as last_issue,
      (select d.created_at from deliveries d where d.subscriber_pk = s.pk and d.kind = 'digest'
        order by d.issue desc limit 1) as last_made_at
    from subscribers s
    where s.state = 'confirmed' and s.pk > ${page.after} and not exists (
      select 1 from deliveries d where d.subscriber_pk = s.pk and d.kind = 'digest' and d.issue = ${day}
    )
    order by s.pk limit ${page.limit}`.execute(db);
  return result.rows;
}

/** What the choice and the clock need of a reader. */
export interface ReaderRow
  extends Pick<
    Selectable<SubscribersTable>,
    | "pk"
    | "address_key"
    | "token"
    | "zone"
    | "send_at"
    | "weekdays"
    | "rhythm"
    | "paused_until"
    | "clock_set_at"
    | "papers"
    | "own_share"
  > {
  confirmed_at: Instant;
  last_issue: Day | null;
  /** When the latest issue was made. */
  last_made_at: Instant | null;
}

/** Issues that these readers have on the way. */
export function listOpenIssues(
  db: Db,
  readerPks: readonly number[],
): Promise<Pick<Delivery, "subscriber_pk" | "payload">[]> {
  return db
    .selectFrom("deliveries")
    .select(["subscriber_pk", "payload"])
    .where("subscriber_pk", "in", numbersIn(db, readerPks))
    .where("kind", "=", "digest")
    .where("state", "in", ["due", "claimed"])
    .execute();
}

/** Letters by state, over all kinds. */
export async function countDeliveries(db: Db): Promise<Record<DeliveryState, number>> {
  const rows = await db
    .selectFrom("deliveries")
    .select((e) => ["state", e.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  const counts: Record<DeliveryState, number> = { due: 0, claimed: 0, sent: 0, failed: 0, dropped: 0 };
  for (const row of rows) counts[row.state as DeliveryState] = Number(row.count);
  return counts;
}

/** Letters to one reader, latest first. */
export function listDeliveriesTo(db: Db, subscriberPk: number, limit: number): Promise<Delivery[]> {
  return db
    .selectFrom("deliveries")
    .selectAll()
    .where("subscriber_pk", "=", subscriberPk)
    .orderBy("created_at", "desc")
    .limit(limit)
    .execute();
}

export function findDelivery(
  db: Db,
  { subscriberPk, kind, issue }: { subscriberPk: number; kind: DeliveryKind; issue: string },
): Promise<Delivery | undefined> {
  return db
    .selectFrom("deliveries")
    .selectAll()
    .where("subscriber_pk", "=", subscriberPk)
    .where("kind", "=", kind)
    .where("issue", "=", issue)
    .executeTakeFirst();
}
