// The letter's contract over random histories: no paper twice but as updated, no issue twice, nothing while a reader pauses,
// has left or has not confirmed; over the days when clocks change.

import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { confirmationToken, keepingMailer, letterContextFor } from "../../test/support/letters.ts";
import { fc } from "../../test/support/properties.ts";
import type { Db } from "../database/dialect.ts";
import { changeWishes } from "./change-wishes.ts";
import { confirmSubscription } from "./confirm.ts";
import { localDay } from "./local-time.ts";
import { readIssuePayload } from "./payload.ts";
import { sendDueLetters } from "./send.ts";
import { requestSubscription } from "./subscribe.ts";
import { findSubscriberByKey, type Subscriber } from "./subscribers-store.ts";
import { endSubscription } from "./unsubscribe.ts";

/** Berlin's clocks change on 25 October 2026, New York's on 1 November. */
const start = Date.parse("2026-10-22T00:00:00Z");
const addresses = ["ada@example.org", "grace@example.org", "emmy@example.org"];
const zones = ["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"];

type Step =
  | { what: "papers"; from: number; count: number }
  | { what: "wishes"; who: number; zone: number; hour: number; weekdays: string; weekly: boolean }
  | { what: "pause"; who: number; days: number }
  | { what: "leave" | "confirm"; who: number }
  | { what: "refuse" };

const who = fc.nat(addresses.length - 1);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant("papers" as const),
      from: fc.nat(30),
      count: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant("wishes" as const),
      who,
      zone: fc.nat(zones.length - 1),
      hour: fc.nat(23),
      weekdays: fc.constantFrom("1234567", "12345", "67", "135"),
      weekly: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant("pause" as const), who, days: fc.integer({ min: -1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("leave" as const), who }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("confirm" as const), who }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("refuse" as const) }) },
);
/** Each with the minutes that pass after it. */
const histories = fc.array(fc.tuple(step, fc.integer({ min: 20, max: 900 })), {
  minLength: 30,
  maxLength: 45,
});

async function confirm(db: Db, address: string, now: string): Promise<void> {
  await requestSubscription(
    db,
    { address, zone: "Europe/Berlin", sendAt: "02:30", network: "192.0.2.1" },
    { now, mailFrom: "letters@example.org" },
  );
  const token = await confirmationToken(db, address).catch(() => null);
  if (token) await confirmSubscription(db, token, { now, network: "192.0.2.1" });
}

async function take(db: Db, one: Step, now: string): Promise<void> {
  if (one.what === "papers") {
    const papers = Array.from({ length: one.count }, (_, i) => ({
      id: `2610.${String(one.from + i).padStart(5, "0")}`,
      votes: one.from + i,
      // Another abstract each time it comes: what a paper without versions is updated by.
      abstract: `We count for the time of ${now}.`,
    }));
    await saveDay(db, now.slice(0, 10), papers, now);
    return;
  }
  if (!("who" in one)) return;
  const address = addresses[one.who]!;
  if (one.what === "confirm") return await confirm(db, address, now);
  const reader = await findSubscriberByKey(db, address);
  if (!reader) return;
  if (one.what === "leave") await endSubscription(db, reader.token, { now });
  if (one.what === "pause") await changeWishes(db, reader, { pausedUntil: dayAfter(now, one.days) }, now);
  if (one.what === "wishes") {
    const { weekdays, weekly } = one;
    const sendAt = `${String(one.hour).padStart(2, "0")}:30`;
    const rhythm = weekly ? "weekly" : "daily";
    await changeWishes(db, reader, { zone: zones[one.zone]!, sendAt, weekdays, rhythm, papers: "5" }, now);
  }
}

function dayAfter(now: string, days: number): string {
  return days < 0 ? "" : new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Lives a history; returns how many issues went out. */
async function live(db: Db, history: readonly (readonly [Step, number])[]): Promise<number> {
  let refuses = false;
  const violations: string[] = [];
  const issues = new Set<string>();
  const mailer = keepingMailer(async ({ to, list, messageId }) => {
    if (refuses) return { ok: false, permanent: false, reason: "450 not now" };
    if (!list) return { ok: true };
    const reader = (await findSubscriberByKey(db, to))!;
    const now = context.clock().toISOString();
    if (reader.state !== "confirmed") violations.push(`${to} had left at ${now}`);
    if (isPausedAt(reader, now)) violations.push(`${to} paused at ${now}`);
    if (issues.has(messageId)) violations.push(`${messageId} went out twice`);
    issues.add(messageId);
    return { ok: true };
  });
  const context = letterContextFor(db, new Date(start).toISOString(), mailer);
  for (const address of addresses) await confirm(db, address, context.clock().toISOString());
  let nowMs = start;
  for (const [one, minutes] of history) {
    if (one.what === "refuse") refuses = !refuses;
    await take(db, one, new Date(nowMs).toISOString());
    await sendDueLetters(context);
    nowMs += minutes * 60_000;
    context.setTime(new Date(nowMs).toISOString());
    await sendDueLetters(context);
  }
  expect(violations).toEqual([]);
  await checkPapers(db);
  return issues.size;
}

function isPausedAt({ zone, paused_until }: Subscriber, now: string): boolean {
  return paused_until !== null && localDay(zone, Date.parse(now)) < paused_until;
}

/** Over all letters that went out, in order: a paper once as new, then as updated only. */
async function checkPapers(db: Db): Promise<void> {
  const rows = await db
    .selectFrom("deliveries")
    .selectAll()
    .where("kind", "=", "digest")
    .where("state", "=", "sent")
    .orderBy("sent_at")
    .execute();
  const had = new Set<string>();
  for (const { subscriber_pk, payload, issue } of rows) {
    const { papers } = readIssuePayload(payload);
    expect(papers.length, issue).toBeLessThanOrEqual(12);
    expect(
      papers.some(({ part }) => part !== "updated"),
      issue,
    ).toBe(true);
    for (const { pk, part } of papers) {
      const key = `${subscriber_pk} ${pk}`;
      expect(had.has(key), `reader and paper ${key}, ${part}, in the issue of ${issue}`).toBe(
        part === "updated",
      );
      had.add(key);
    }
  }
}

describeOnBothDatabases("the contract", (open) => {
  test("holds over random histories of days, zones, pauses, departures and returns", async () => {
    let letters = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        letters += await live(await open(), history);
      }),
      { numRuns: 3, endOnFailure: true },
    );
    expect(letters).toBeGreaterThan(4);
  });
});
