import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import { type Rate, takePermits } from "./pace-store.ts";
import { sendDueLetters, sendQueuedLetters } from "./send.ts";

const nine = new Date("2026-05-12T09:00:00.000Z");
const after = (ms: number) => new Date(nine.getTime() + ms);
const second: Rate = { name: "second", most: 3, windowMs: 1_000 };
const hour: Rate = { name: "hour", most: 5, windowMs: 3_600_000 };

describeOnBothDatabases("permits", (open) => {
  test("are as many as fit into every rate, and come again when its time is over", async () => {
    const db = await open();
    const take = (wanted: number, now: Date) => takePermits(db, [second, hour], { wanted, now });
    expect(await take(2, nine)).toEqual({ letters: 2 });
    expect(await take(9, after(500))).toEqual({ letters: 1 });
    expect(await take(1, after(999))).toEqual({ letters: 0, freeAt: after(1_000) });
    expect(await take(9, after(1_000))).toEqual({ letters: 2 });
    expect(await take(1, after(5_000))).toEqual({ letters: 0, freeAt: after(3_600_000) });
    expect(await take(9, after(3_600_000))).toEqual({ letters: 3 });
  });

  test("a clock that is set back does not shut the door for hours", async () => {
    const db = await open();
    await takePermits(db, [hour], { wanted: 5, now: after(86_400_000) });
    expect(await takePermits(db, [hour], { wanted: 5, now: nine })).toEqual({ letters: 5 });
  });

  test("two at once get no more than one would", async () => {
    const db = await open();
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => takePermits(db, [hour], { wanted: 2, now: nine })),
    );
    expect(taken.reduce((sum, { letters }) => sum + letters, 0)).toBe(5);
  });
});

describeOnBothDatabases("sending at a rate", (open) => {
  test("what is beyond the rate of an hour waits, untouched, and leaves in the next", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    for (let i = 0; i < 8; i++) await addConfirmedReader(db, `reader${i}@example.org`);
    const context = letterContextFor(db, nine.toISOString());
    context.mailRates = { perSecond: null, perHour: 5 };
    expect(await sendDueLetters(context)).toMatchObject({ sent: 5, waiting: 0 });
    expect(await sendQueuedLetters(context)).toMatchObject({ sent: 0 });
    context.setTime(after(3_600_000).toISOString());
    expect(await sendQueuedLetters(context)).toMatchObject({ sent: 3 });
    const waiting = await db.selectFrom("deliveries").select("attempts").execute();
    expect(waiting.every(({ attempts }) => attempts === 1)).toBe(true);
  });

  test("the rate of a second is waited for", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    for (let i = 0; i < 5; i++) await addConfirmedReader(db, `reader${i}@example.org`);
    const started = Date.now();
    const context = letterContextFor(db, nine.toISOString());
    context.clock = () => after((Date.now() - started) * 10);
    context.mailRates = { perSecond: 2, perHour: null };
    expect(await sendDueLetters(context)).toMatchObject({ sent: 5 });
    expect(context.clock().getTime()).toBeGreaterThanOrEqual(after(2_000).getTime());
  });
});
