import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, keepingMailer, letterContextFor } from "../../test/support/letters.ts";
import { sendQueuedLetters } from "./send.ts";
import { findSubscriberByKey } from "./subscribers-store.ts";
import { askForTestLetter } from "./test-letter.ts";
import { endSubscription } from "./unsubscribe.ts";

const now = "2026-05-12T09:30:00.000Z";

describeOnBothDatabases("a test letter", (open) => {
  test("is the reader's letter of now, marked, once an hour, and counts for nothing", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", title: "Alone", votes: 3 }]);
    await addConfirmedReader(db, "ada@example.org");
    const mailer = keepingMailer();
    const context = letterContextFor(db, now, mailer);
    const ada = (await findSubscriberByKey(db, "ada@example.org"))!;
    expect(await askForTestLetter(context, ada, now)).toBe("asked");
    expect(await askForTestLetter(context, ada, "2026-05-12T09:59:00.000Z")).toBe("again");
    expect(await sendQueuedLetters(context)).toMatchObject({ sent: 1, dropped: 0 });
    expect(mailer.letters.map(({ to, subject }) => [to, subject])).toEqual([
      ["ada@example.org", "Test: Broadsheet, 12 May: Alone"],
    ]);
    expect(await db.selectFrom("sent_papers").selectAll().execute()).toEqual([]);
    expect(await askForTestLetter(context, ada, "2026-05-12T10:00:00.000Z")).toBe("asked");
    await endSubscription(db, ada.token, { now });
    context.setTime("2026-05-12T10:01:00.000Z");
    expect(await sendQueuedLetters(context)).toMatchObject({ sent: 0, dropped: 1 });
  });

  test("leaves no more than any other while the reader pauses", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", title: "Alone", votes: 3 }]);
    await addConfirmedReader(db, "ada@example.org");
    const context = letterContextFor(db, now);
    const ada = (await findSubscriberByKey(db, "ada@example.org"))!;
    expect(await askForTestLetter(context, ada, now)).toBe("asked");
    await db.updateTable("subscribers").set({ paused_until: "2026-05-14" }).execute();
    const paused = (await findSubscriberByKey(db, "ada@example.org"))!;
    expect(await askForTestLetter(context, paused, "2026-05-12T10:30:00.000Z")).toBe("paused");
    expect(await sendQueuedLetters(context)).toMatchObject({ sent: 0, dropped: 1 });
    expect(await askForTestLetter(context, paused, "2026-05-14T10:30:00.000Z")).toBe("asked");
  });
});
