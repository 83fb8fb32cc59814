// Slots and pauses on both databases: one holder at a time whatever races, and what a dead process leaves behind.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import type { Db } from "../database/dialect.ts";
import {
  claimSlot,
  clearPause,
  findPause,
  listPauses,
  recordPause,
  releaseSlot,
} from "./politeness-store.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, second)).toISOString();

function claim(db: Db, holder: string, second: number, lane = "arxiv-export") {
  return claimSlot(db, { lane, holder, now: at(second), heldUntil: at(second + 100) });
}

describeOnBothDatabases("request slots", (open) => {
  test("one holder at a time, the next when it is released and the moment has come", async () => {
    const db = await open();
    expect(await claim(db, "a", 0)).toEqual({ claimed: true });
    expect(await claim(db, "b", 1)).toEqual({ claimed: false, held: true, freeAt: at(100) });
    await releaseSlot(db, "arxiv-export", "a", at(10));
    expect(await claim(db, "b", 9)).toEqual({ claimed: false, held: false, freeAt: at(10) });
    expect(await claim(db, "b", 10)).toEqual({ claimed: true });
  });

  test("lanes do not wait for each other", async () => {
    const db = await open();
    await claim(db, "a", 0);
    expect(await claim(db, "b", 0, "arxiv-web")).toEqual({ claimed: true });
  });

  test("of many who claim at once exactly one gets it, on a new lane and on a free one", async () => {
    const db = await open();
    for (const second of [0, 200]) {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, i) => claim(db, `h${second}-${i}`, second)),
      );
      expect(answers.filter(({ claimed }) => claimed)).toHaveLength(1);
      const holder = (await db.selectFrom("request_slots").select("holder").executeTakeFirstOrThrow())
        .holder!;
      await releaseSlot(db, "arxiv-export", holder, at(second + 3));
    }
  });

  test("a slot whose process died is free when its lease ends, and the dead cannot give it back later", async () => {
    const db = await open();
    await claim(db, "dead", 0);
    expect((await claim(db, "b", 99)).claimed).toBe(false);
    expect((await claim(db, "b", 100)).claimed).toBe(true);
    await releaseSlot(db, "arxiv-export", "dead", at(0));
    expect((await claim(db, "c", 101)).claimed).toBe(false);
  });
});

describeOnBothDatabases("source pauses", (open) => {
  const pause = { source: "hub", until: at(30), failures: 1, reason: "huggingface.co answered 503." };

  test("are kept, seen and cleared", async () => {
    const db = await open();
    expect(await findPause(db, "hub")).toBeNull();
    await recordPause(db, pause, at(0));
    await recordPause(db, { ...pause, source: "acl" }, at(0));
    expect(await findPause(db, "hub")).toEqual(pause);
    expect((await listPauses(db)).map(({ source }) => source)).toEqual(["acl", "hub"]);
    await clearPause(db, "hub");
    expect(await findPause(db, "hub")).toBeNull();
  });

  test("the longer of two stays", async () => {
    const db = await open();
    await recordPause(db, pause, at(0));
    await recordPause(db, { ...pause, until: at(20), failures: 2 }, at(1));
    expect(await findPause(db, "hub")).toEqual(pause);
    await recordPause(db, { ...pause, until: at(40), failures: 2 }, at(2));
    expect(await findPause(db, "hub")).toMatchObject({ until: at(40), failures: 2 });
  });
});
