import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import { claimDue } from "./deliveries-store.ts";
import { planDigests } from "./plan.ts";
import { readInBlocks } from "./reader-blocks.ts";
import { eraseSubscriber } from "./subscribers-store.ts";
import { endSubscription } from "./unsubscribe.ts";

const now = "2026-05-12T09:00:00.000Z";

describeOnBothDatabases("readers of the next letters", (open) => {
  test("are read together, and again as soon as what was read is old", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    const readers = [];
    for (let i = 0; i < 12; i++) readers.push(await addConfirmedReader(db, `reader${i}@example.org`));
    await planDigests(letterContextFor(db, now));
    const letters = await claimDue(db, { by: "a 1 1", now }, { limit: 12 });
    let [queries, elapsedMs] = [0, 1_000];
    const counted = db.withPlugin({
      transformQuery: ({ node }) => {
        queries++;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const untried = [...letters].reverse();
    const findReader = readInBlocks(counted, () => elapsedMs);
    const findNext = async () => await findReader(untried.pop()!, untried);
    // Two lanes at once, then the rest of the block.
    const found = await Promise.all([findNext(), findNext()]);
    for (let i = 2; i < 10; i++) found.push(await findNext());
    expect(found.map((reader) => reader?.address)).toEqual(
      readers.slice(0, 10).map(({ address }) => address),
    );
    expect(queries).toBe(1);
    elapsedMs = 1_051;
    await endSubscription(db, readers[10]!.token, { now });
    await eraseSubscriber(db, readers[11]!.pk);
    expect((await findNext())?.state).toBe("unsubscribed");
    expect(await findNext()).toBeUndefined();
    expect(queries).toBe(2);
  });
});
