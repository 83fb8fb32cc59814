import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import type { Db } from "../database/dialect.ts";
import { claimDue, countDeliveries, type Delivery } from "./deliveries-store.ts";
import { planDigests } from "./plan.ts";
import { mostUnwritten, settleTogether } from "./settle-together.ts";

const now = "2026-05-12T09:00:00.000Z";
const by = "a 1 1";
const sent = { state: "sent", now, papers: [{ pk: 1, version: null }] } as const;

async function claimedLetters(db: Db, readers: number): Promise<Delivery[]> {
  await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
  for (let i = 0; i < readers; i++) await addConfirmedReader(db, `reader${i}@example.org`);
  await planDigests(letterContextFor(db, now));
  return await claimDue(db, { by, now }, { limit: readers });
}

/** Counts the transactions. */
function counting(db: Db) {
  let transactions = 0;
  const counted = new Proxy(db, {
    get(target, name) {
      if (name === "transaction") transactions++;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { db: counted, transactions: () => transactions };
}

describeOnBothDatabases("settling together", (open) => {
  test("as many letters as may wait are one transaction, and one alone is written without another", async () => {
    const db = await open();
    const letters = await claimedLetters(db, mostUnwritten + 1);
    const counted = counting(db);
    const { settle } = settleTogether(counted.db, by);
    const written = letters.slice(0, mostUnwritten).map((delivery) => settle(delivery, sent));
    expect(await Promise.all(written)).toEqual(written.map(() => true));
    expect(counted.transactions()).toBe(1);
    expect(await settle(letters.at(-1)!, sent)).toBe(true);
    expect(await countDeliveries(db)).toMatchObject({ claimed: 0, sent: mostUnwritten + 1 });
  });

  test("what was not sent is written at once, with what waits; so is the rest when asked", async () => {
    const db = await open();
    const [first, second, third] = await claimedLetters(db, 3);
    const counted = counting(db);
    const { settle, flush } = settleTogether(counted.db, by);
    const ends = [settle(first!, sent), settle(second!, { state: "dropped", reason: "left" })];
    expect(counted.transactions()).toBe(1);
    expect(await Promise.all(ends)).toEqual([true, true]);
    const last = settle(third!, sent);
    expect(counted.transactions()).toBe(1);
    flush();
    expect(counted.transactions()).toBe(2);
    expect(await last).toBe(true);
  });

  test("a claim that was lost meanwhile is told, and an error goes to every letter of the group", async () => {
    const db = await open();
    const [first, second] = await claimedLetters(db, 2);
    const other = settleTogether(db, "b 1 1");
    const lost = other.settle(first!, sent);
    other.flush();
    expect(await lost).toBe(false);
    const broken = { transaction: () => ({ execute: () => Promise.reject(new Error("disk")) }) } as never;
    const { settle, flush } = settleTogether(broken, by);
    const ends = [settle(first!, sent), settle(second!, sent)];
    flush();
    expect((await Promise.allSettled(ends)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
