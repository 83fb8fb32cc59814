import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import { sendIssueByHand } from "./by-hand.ts";
import { endSubscription } from "./unsubscribe.ts";

const day = "2026-05-12";
const nine = `${day}T09:00:00.000Z`;

describeOnBothDatabases("a test letter", (open) => {
  test("goes to a reader too and counts for nothing; not to who has unsubscribed", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const ada = await addConfirmedReader(db, "ada@example.org");
    const context = letterContextFor(db, nine);
    const report = await sendIssueByHand(context, day, { to: "ada@example.org", test: true });
    expect(report).toMatchObject({ testCopy: true, sent: 1 });
    expect(await db.selectFrom("deliveries").selectAll().execute()).toEqual([]);
    expect(await db.selectFrom("sent_papers").selectAll().execute()).toEqual([]);
    expect(await sendIssueByHand(context, day, { to: "ada@example.org" })).toMatchObject({
      testCopy: false,
      sent: 1,
    });
    await endSubscription(db, ada.token, { now: nine });
    const refused = sendIssueByHand(context, day, { to: "ada@example.org", test: true });
    await expect(refused).rejects.toThrow("has unsubscribed");
  });
});
