import { hostname } from "node:os";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, keepingMailer, letterContextFor } from "../../test/support/letters.ts";
import type { Db } from "../database/dialect.ts";
import type { SendResult } from "../mail/mailer.ts";
import { releaseDeadClaims, senderName } from "./claims.ts";
import { claimDue, countDeliveries, countDue, releaseDeliveries } from "./deliveries-store.ts";
import { planDigests } from "./plan.ts";
import { sendDueLetters, sendQueuedLetters } from "./send.ts";
import { settleDeliveries } from "./settle-store.ts";
import { requestSubscription } from "./subscribe.ts";
import { eraseSubscriber } from "./subscribers-store.ts";
import { endSubscription } from "./unsubscribe.ts";

const nine = "2026-05-12T09:00:00.000Z";
const temporary: SendResult = { ok: false, permanent: false, reason: "450 come back" };

function later(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}

async function rows(db: Db) {
  return await db.selectFrom("deliveries").selectAll().orderBy("subscriber_pk").orderBy("issue").execute();
}

describeOnBothDatabases("sending", (open) => {
  test("a letter a day at the reader's hour, on days with an edition, no paper twice", async () => {
    const db = await open();
    const twelve = papersOf("2026-05-12", 20);
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 3));
    await saveDay(db, "2026-05-12", twelve);
    await saveDay(db, "2026-05-13", [...twelve.slice(0, 2), ...papersOf("2026-05-13", 1)]);
    await addConfirmedReader(db, "ada@example.org");
    const context = letterContextFor(db, "2026-05-12T08:59:00.000Z");
    const subjects: string[] = [];
    for (const now of [
      "2026-05-12T08:59:00.000Z",
      nine,
      later(nine, 1),
      later(nine, 600),
      later(nine, 1440),
      later(nine, 2880),
    ]) {
      context.setTime(now);
      await sendDueLetters(context);
      subjects.push(context.mailer.letters.map((l) => l.subject).join(" / "));
    }
    const first = "Broadsheet, 11 May: Paper 1 of 2026-05-11 and 2 more";
    const second = "Broadsheet, 12 May: Paper 1 of 2026-05-12 and 11 more";
    const third = "Broadsheet, 13 May: Paper 1 of 2026-05-13";
    expect(subjects).toEqual([
      first,
      `${first} / ${second}`,
      `${first} / ${second}`,
      `${first} / ${second}`,
      `${first} / ${second} / ${third}`,
      `${first} / ${second} / ${third}`,
    ]);
    const sent = await db.selectFrom("sent_papers").selectAll().execute();
    expect(sent).toHaveLength(3 + 12 + 1);
    expect(await countDeliveries(db)).toEqual({ due: 0, claimed: 0, sent: 3, failed: 0, dropped: 0 });
  });

  test("who had everything of a day gets nothing that day", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 3));
    await saveDay(db, "2026-05-12", papersOf("2026-05-11", 3));
    await addConfirmedReader(db, "ada@example.org");
    const context = letterContextFor(db, later(nine, -1440));
    await sendDueLetters(context);
    context.setTime(nine);
    expect(await sendDueLetters(context)).toMatchObject({ sent: 0, dropped: 1 });
    expect(context.mailer.letters).toHaveLength(1);
  });

  test("nothing to nobody: unconfirmed, unsubscribed, erased", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    const request = { address: "new@example.org", zone: "UTC", sendAt: "09:00", network: "x" };
    await requestSubscription(db, request, {
      now: "2026-05-01T00:00:00.000Z",
      mailFrom: "letters@example.org",
    });
    const left = await addConfirmedReader(db, "left@example.org");
    await endSubscription(db, left.token, { now: "2026-05-02T00:00:00.000Z" });
    const erased = await addConfirmedReader(db, "erased@example.org");
    await eraseSubscriber(db, erased.pk);
    const context = letterContextFor(db, nine);
    await sendDueLetters(context);
    expect(context.mailer.letters.map((l) => [l.to, l.list])).toEqual([["new@example.org", undefined]]);
  });

  test("a letter that waits is dropped when the reader leaves meanwhile", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    const reader = await addConfirmedReader(db, "ada@example.org");
    const context = letterContextFor(db, nine);
    expect(await planDigests(context)).toBe(1);
    await endSubscription(db, reader.token, { now: nine });
    expect(await sendQueuedLetters(context)).toEqual({ sent: 0, failed: 0, waiting: 0, dropped: 1 });
    expect(context.mailer.letters).toEqual([]);
  });

  test("4xx: again after 5, 10, 20 minutes, the same letter; 48 hours at most", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    await addConfirmedReader(db, "ada@example.org");
    const seen: string[] = [];
    let answer: SendResult = temporary;
    const mailer = keepingMailer((letter) => {
      seen.push(`${letter.messageId} ${letter.date.toISOString()} ${letter.text}`);
      return answer;
    });
    const context = letterContextFor(db, nine, mailer);
    const waits: number[] = [];
    for (let i = 0; i < 4; i++) {
      await sendDueLetters(context);
      const [row] = await rows(db);
      waits.push((Date.parse(row!.next_attempt_at) - context.clock().getTime()) / 60_000);
      context.setTime(later(row!.next_attempt_at, -0.01));
      await sendDueLetters(context);
      expect(seen).toHaveLength(i + 1);
      context.setTime(row!.next_attempt_at);
    }
    expect(waits).toEqual([5, 10, 20, 40]);
    answer = { ok: true };
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 30));
    expect(await sendDueLetters(context)).toMatchObject({ sent: 1 });
    expect(new Set(seen).size).toBe(1);
    expect((await rows(db))[0]).toMatchObject({ state: "sent", attempts: 5, last_error: null });
  });

  test("given up after two days, refused for good at once", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    await addConfirmedReader(db, "ada@example.org");
    const context = letterContextFor(
      db,
      nine,
      keepingMailer(() => temporary),
    );
    for (let i = 0; i < 20; i++) {
      await sendQueuedLetters(context);
      if (i === 0) await sendDueLetters(context);
      const [row] = await rows(db);
      if (row?.state === "failed") break;
      context.setTime(row!.next_attempt_at);
    }
    const [given] = await rows(db);
    expect(given).toMatchObject({
      state: "failed",
      last_error: expect.stringMatching(/given up.*450 come back/),
    });
    expect(context.clock().getTime() - Date.parse(nine)).toBeLessThanOrEqual(48 * 3_600_000);
    await addConfirmedReader(db, "grace@example.org");
    const refused = letterContextFor(
      db,
      nine,
      keepingMailer(() => ({ ok: false, permanent: true, reason: "550 unknown" })),
    );
    expect(await sendDueLetters(refused)).toMatchObject({ failed: 1 });
    refused.setTime(later(nine, 120));
    expect(await sendDueLetters(refused)).toEqual({ sent: 0, failed: 0, waiting: 0, dropped: 0 });
  });

  test("when the server is down the rest waits for the next run, untouched", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    for (let i = 0; i < 40; i++) await addConfirmedReader(db, `reader${i}@example.org`);
    let tried = 0;
    const mailer = keepingMailer(() => {
      tried++;
      return temporary;
    });
    const context = letterContextFor(db, nine, mailer);
    await sendDueLetters(context);
    expect(tried).toBeLessThan(15);
    expect((await rows(db)).filter((row) => row.attempts === 0).length).toBeGreaterThan(25);
  });

  test("an error in one letter is kept with its row and holds up no other", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    await addConfirmedReader(db, "ada@example.org");
    await addConfirmedReader(db, "grace@example.org");
    const mailer = keepingMailer((letter) => {
      if (letter.to.startsWith("ada")) throw new Error("a defect");
      return { ok: true };
    });
    const context = letterContextFor(db, nine, mailer);
    expect(await sendDueLetters(context)).toMatchObject({ sent: 1, waiting: 1 });
    expect((await rows(db)).map((row) => row.last_error)).toEqual(["a defect", null]);
  });
});

describeOnBothDatabases("claims", (open) => {
  test("one letter, many senders: one claims it, a lost claim settles nothing", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    await addConfirmedReader(db, "ada@example.org");
    await planDigests(letterContextFor(db, nine));
    const senders = ["a 1 1", "b 1 1", "c 1 1"];
    const claims = await Promise.all(senders.map((by) => claimDue(db, { by, now: nine }, { limit: 10 })));
    expect(claims.flat()).toHaveLength(1);
    expect(await countDue(db, nine, { limit: 10 })).toBe(0);
    const winner = senders[claims.findIndex((claim) => claim.length > 0)]!;
    const [delivery] = claims.flat();
    const settlement = { state: "sent", now: nine, papers: [{ pk: 1, version: null }] } as const;
    const settled = [{ delivery: delivery!, settlement }];
    await releaseDeliveries(db, [delivery!], "somebody else 1 1");
    expect(await settleDeliveries(db, "somebody else 1 1", settled)).toEqual([false]);
    expect(await db.selectFrom("sent_papers").selectAll().execute()).toEqual([]);
    expect(await settleDeliveries(db, winner, settled)).toEqual([true]);
    expect(await settleDeliveries(db, winner, settled)).toEqual([false]);
    expect((await rows(db))[0]).toMatchObject({ state: "sent", attempts: 1, claimed_by: null });
  });

  test("letters that end together are settled together, each by its own end and only where its claim still holds", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    for (let i = 0; i < 4; i++) await addConfirmedReader(db, `reader${i}@example.org`);
    await planDigests(letterContextFor(db, nine));
    const claimed = await claimDue(db, { by: "a 1 1", now: nine }, { limit: 10 });
    await releaseDeliveries(db, [claimed[2]!], "a 1 1");
    const sent = { state: "sent", now: nine, papers: [{ pk: 1, version: null }] } as const;
    const settlements = [sent, { state: "dropped", reason: "left" } as const, sent, sent];
    const settled = claimed.map((delivery, i) => ({ delivery, settlement: settlements[i]! }));
    expect(await settleDeliveries(db, "a 1 1", settled)).toEqual([true, true, false, true]);
    const states = (await rows(db)).map(({ state, attempts, sent_at }) => [state, attempts, sent_at]);
    expect(states).toEqual([
      ["sent", 1, nine],
      ["dropped", 0, null],
      ["due", 0, null],
      ["sent", 1, nine],
    ]);
    const told = await db
      .selectFrom("sent_papers")
      .select("subscriber_pk")
      .orderBy("subscriber_pk")
      .execute();
    expect(told.map(({ subscriber_pk }) => subscriber_pk)).toEqual(
      [claimed[0]!, claimed[3]!].map(({ subscriber_pk }) => subscriber_pk),
    );
  });

  test("claims go longest waiting first, no more than asked for, only of what was asked for", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    for (let i = 0; i < 5; i++) await addConfirmedReader(db, `reader${i}@example.org`);
    await planDigests(letterContextFor(db, nine));
    const [oldest] = (await rows(db)).slice(3);
    await db
      .updateTable("deliveries")
      .set({ next_attempt_at: later(nine, -60) })
      .where("subscriber_pk", "=", oldest!.subscriber_pk)
      .execute();
    const sender = { by: "a 1 1", now: nine };
    expect(await claimDue(db, sender, { limit: 5, kind: "notice" })).toEqual([]);
    expect(await claimDue(db, sender, { limit: 5, issue: "2026-05-11" })).toEqual([]);
    expect(await claimDue(db, { ...sender, now: later(nine, -120) }, { limit: 5 })).toEqual([]);
    const first = await claimDue(db, sender, { limit: 2 });
    expect(first.map((row) => row.subscriber_pk)).toEqual([oldest!.subscriber_pk, 1]);
    await releaseDeliveries(db, first, "a 1 1");
    const again = await claimDue(db, sender, { limit: 9, subscriberPk: 1 });
    expect(again.map((row) => [row.subscriber_pk, row.attempts])).toEqual([[1, 0]]);
  });

  test("three runs at once send every letter once", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    for (let i = 0; i < 60; i++) await addConfirmedReader(db, `reader${i}@example.org`);
    const contexts = [1, 2, 3].map(() => letterContextFor(db, nine));
    await Promise.all(contexts.map((context) => sendDueLetters(context)));
    const to = contexts.flatMap((context) => context.mailer.letters.map((letter) => letter.to));
    expect(to).toHaveLength(60);
    expect(new Set(to).size).toBe(60);
  });

  test("what a dead sender held comes back at once, what another machine holds after 15 minutes", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    const holders = [
      `${hostname()} 4194304 1`, // no such process: beyond the largest id
      `${hostname()} ${process.pid} 1`, // our id in an earlier life
      senderName(),
      "another-machine 17 1",
      `${hostname()} 1 1`, // alive, perhaps another by the same number
      "nonsense",
    ];
    for (const [i] of holders.entries()) await addConfirmedReader(db, `reader${i}@example.org`);
    await planDigests(letterContextFor(db, nine));
    for (const by of holders) await claimDue(db, { by, now: nine }, { limit: 1 });
    expect(await releaseDeadClaims(db, new Date(later(nine, 1)))).toBe(2);
    expect((await rows(db)).map((row) => row.state)).toEqual([
      "due",
      "due",
      "claimed",
      "claimed",
      "claimed",
      "claimed",
    ]);
    expect(await releaseDeadClaims(db, new Date(later(nine, 16)))).toBe(4);
    expect(await countDeliveries(db)).toMatchObject({ due: 6, claimed: 0 });
  });
});
