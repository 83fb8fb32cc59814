// Who is due, and what their issue holds: makes the rows that are sent. Harmless twice and beside another process.
import type { Edition, EditionItem } from "../editions/edition.ts";
import { addDays } from "../editions/edition-key.ts";
import { getEdition, listEditionDays } from "../editions/editions.ts";
import { findDayAccount } from "../harvest/ledger-report.ts";
import { type Day, dayOf, type Instant } from "../lib/clock.ts";
import { choosePapers } from "./choose.ts";
import {
  insertDeliveries,
  listOpenIssues,
  listReadersWithout,
  type NewDelivery,
  type ReaderRow,
} from "./deliveries-store.ts";
import { paperHtmlBytes } from "./digest-html.tsx";
import { factsOf } from "./issue.ts";
import type { LetterContext } from "./letter-context.ts";
import { messageIdOf } from "./message-id.ts";
import { type DigestPayload, parsePayload } from "./payload.ts";
import { dueInSlot, type ReaderClock, recentDays, type Slot, slotAt } from "./schedule.ts";
import { listSentPapers } from "./sent-papers-store.ts";

const pageSize = 500;

/** Makes the rows of every reader whose time has come; returns how many are new. */
export async function planDigests(context: LetterContext, signal?: AbortSignal): Promise<number> {
  const now = context.clock().toISOString();
  const days = await listEditionDays(context.db, { now, categories: context.categories });
  const recent = days.filter((day) => day > addDays(dayOf(now), -recentDays));
  const latest = recent.at(-1);
  if (latest === undefined) return 0;
  const slots = new Map<string, Slot | null>();
  const makers = new Map<Day, IssueMaker>();
  let planned = 0;
  for await (const readers of pagesOfReaders(context, latest, signal)) {
    const due = Map.groupBy(readers, (reader) => dueOf(reader, memoSlot(slots, reader, now), recent).at(-1));
    for (const [day, group] of due) {
      if (day === undefined) continue;
      const maker = makers.get(day) ?? (await openIssue(context, day, now));
      makers.set(day, maker);
      planned += await maker.makeRows(group);
    }
  }
  return planned;
}

/** Makes the rows of one day's issue for these readers, whatever their clock says; returns how many are new. */
export async function planIssue(
  context: LetterContext,
  day: Day,
  readers: readonly ReaderRow[],
): Promise<number> {
  const maker = await openIssue(context, day, context.clock().toISOString());
  return await maker.makeRows(readers);
}

/** Confirmed readers without the issue of a day, page by page. */
export async function* pagesOfReaders(
  context: LetterContext,
  day: Day,
  signal?: AbortSignal,
): AsyncGenerator<ReaderRow[]> {
  for (let after = 0; !signal?.aborted; ) {
    const readers = await listReadersWithout(context.db, day, { after, limit: pageSize });
    if (readers.length === 0) return;
    yield readers;
    after = readers.at(-1)!.pk;
  }
}

function memoSlot(slots: Map<string, Slot | null>, reader: ReaderRow, now: Instant): Slot | null {
  const key = `${reader.zone} ${reader.send_at} ${reader.weekdays} ${reader.rhythm}`;
  let slot = slots.get(key);
  if (slot === undefined) {
    slot = slotAt(clockOf(reader), now);
    slots.set(key, slot);
  }
  return slot;
}

function clockOf({ zone, send_at, weekdays, rhythm }: ReaderRow): ReaderClock {
  return { zone, sendAt: send_at, weekdays, rhythm: rhythm === "weekly" ? "weekly" : "daily" };
}

function dueOf(reader: ReaderRow, slot: Slot | null, days: readonly Day[]): Day[] {
  const state = {
    confirmedAt: reader.confirmed_at,
    pausedUntil: reader.paused_until,
    clockSetAt: reader.clock_set_at,
    lastIssue: reader.last_issue,
    lastMadeAt: reader.last_made_at,
  };
  return slot ? dueInSlot(state, slot, days) : [];
}

interface IssueMaker {
  makeRows(readers: readonly ReaderRow[]): Promise<number>;
}

/** The edition is computed once; each reader's choice is made from it. */
async function openIssue(context: LetterContext, day: Day, now: Instant): Promise<IssueMaker> {
  const edition = await getEdition(context.db, day, { now, categories: context.categories });
  if (!edition || !("asOf" in edition)) return { makeRows: async () => 0 };
  const bytesOf = memoBytes(context.baseUrl());
  const account = await findDayAccount(context.db, day, context.categories);
  return {
    async makeRows(readers) {
      const had = await findHadPapers(context, edition, readers);
      const rows = readers.map((reader) => {
        const items = choosePapers(edition.items, { sent: had.get(reader.pk) ?? new Set(), bytesOf });
        return newDelivery(context, reader, { edition, items, account });
      });
      return await insertDeliveries(context.db, rows, now);
    },
  };
}

function memoBytes(baseUrl: string): (item: EditionItem) => number {
  const known = new Map<EditionItem, number>();
  return (item) => {
    const bytes = known.get(item) ?? paperHtmlBytes(item, baseUrl);
    known.set(item, bytes);
    return bytes;
  };
}

/** What each reader has had of these papers, or has on the way in an issue that waits. */
async function findHadPapers(
  { db }: LetterContext,
  edition: Edition,
  readers: readonly ReaderRow[],
): Promise<Map<number, Set<number>>> {
  const pks = readers.map((reader) => reader.pk);
  if (pks.length === 0) return new Map();
  const sent = await listSentPapers(
    db,
    { from: Math.min(...pks), to: Math.max(...pks) },
    edition.items.map((item) => item.paper.pk),
  );
  const had = new Map([...sent].map(([pk, papers]) => [pk, new Set(papers.keys())]));
  for (const open of await listOpenIssues(db, pks)) {
    const pks = parsePayload<DigestPayload>(open.payload).papers.map(({ pk }) => pk);
    had.set(open.subscriber_pk, new Set([...(had.get(open.subscriber_pk) ?? []), ...pks]));
  }
  return had;
}

function newDelivery(
  { mailFrom }: LetterContext,
  reader: ReaderRow,
  { edition, items, account }: { edition: Edition; items: readonly EditionItem[]; account: string | null },
): NewDelivery {
  const payload: DigestPayload = {
    ...factsOf(edition, account),
    papers: items.map(({ paper, rank, share, step, reason, organisation }) => ({
      pk: paper.pk,
      rank,
      share,
      step,
      reason,
      organisation,
    })),
  };
  return {
    subscriber_pk: reader.pk,
    kind: "digest",
    issue: edition.key,
    message_id: messageIdOf({ issue: edition.key, readerToken: reader.token, mailFrom }),
    payload: JSON.stringify(payload),
  };
}
