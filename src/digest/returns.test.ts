import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import {
  addConfirmedReader,
  confirmationToken,
  keepingMailer,
  letterContextFor,
} from "../../test/support/letters.ts";
import { bounceOf, complaintOf, type ReturnedLetter } from "../../test/support/returned-letters.ts";
import type { Db } from "../database/dialect.ts";
import { confirmSubscription } from "./confirm.ts";
import { eraseReader, exportReader, getReader } from "./readers.ts";
import { recordReturnedMail } from "./returns.ts";
import { countReturns, listReturnsOf } from "./returns-store.ts";
import { sendDueLetters } from "./send.ts";
import { requestSubscription } from "./subscribe.ts";

const address = "ada@example.org";
const bounceAddress = "bounces@example.org";
const morning = (day: number) => `2026-05-${day}T09:00:00.000Z`;

/** A reader who has had the letters of these days, and what came back of each may be told. */
async function openWith(db: Db, days: readonly number[], verp = true) {
  const context = { ...letterContextFor(db, morning(12)), bounceAddress: verp ? bounceAddress : null };
  await addConfirmedReader(db, address);
  await addConfirmedReader(db, "grace@example.org");
  for (const day of days) {
    await saveDay(db, `2026-05-${day}`, papersOf(`2026-05-${day}`, 3));
    context.setTime(morning(day));
    context.clock = () => new Date(morning(day));
    await sendDueLetters(context);
  }
  const letters = context.mailer.letters.filter((letter) => letter.to === address);
  const back = (letter = letters[0]!): ReturnedLetter => ({
    to: letter.returnPath ?? "letters@example.org",
    recipient: "redacted@elsewhere.example",
  });
  const take = (raw: Buffer) => recordReturnedMail(context, raw, "maildir");
  const reader = () => getReader(db, address);
  return { context, letters, back, take, reader };
}

describeOnBothDatabases("what comes back", (open) => {
  test("a hard bounce to a letter's own return path ends that reader's letters, and no other's", async () => {
    const db = await open();
    const { context, back, take, reader } = await openWith(db, [12]);
    const bounce = bounceOf(back());
    expect(await take(bounce)).toEqual({ class: "hard", known: true, suppressed: true, repeated: false });
    expect((await reader()).state).toBe("suppressed");
    expect((await getReader(db, "grace@example.org")).state).toBe("confirmed");
    expect(await take(bounce)).toMatchObject({ suppressed: false, repeated: true });
    const rows = await listReturnsOf(db, (await reader()).pk, 9);
    expect(rows).toMatchObject([
      { class: "hard", matched_by: "verp", issue: "2026-05-12", status: "5.1.1", suppressed: 1 },
    ]);
    await saveDay(db, "2026-05-13", papersOf("2026-05-13", 3));
    context.clock = () => new Date(morning(13));
    expect(await sendDueLetters(context)).toMatchObject({ sent: 1, dropped: 0 });
  });

  test("a made-up return path, another's seal and a stranger's bounce end nobody's", async () => {
    const db = await open();
    const { letters, take, reader } = await openWith(db, [12]);
    const grace = await getReader(db, "grace@example.org");
    const seal = /\.([0-9a-f]{20})@/.exec(letters[0]!.returnPath!)![1]!;
    const forged = `bounces+${grace.pk.toString(36)}.${seal}@example.org`;
    for (const to of [
      forged,
      "bounces+1.00000000000000000000@example.org",
      "bounces+zzzzzzzzzz.00000000000000000000@example.org",
    ])
      expect(await take(bounceOf({ to, recipient: "x@example.net" }))).toMatchObject({ known: false });
    expect((await reader()).state).toBe("confirmed");
    expect((await getReader(db, "grace@example.org")).state).toBe("confirmed");
    const strangers = await db.selectFrom("mail_returns").selectAll().execute();
    expect(strangers.map(({ subscriber_pk, detail }) => [subscriber_pk, detail])).toEqual(
      strangers.map(() => [null, null]),
    );
  });

  test("a complaint ends the letters, found by the Message-ID of what it encloses", async () => {
    const db = await open();
    const { letters, take, reader } = await openWith(db, [12], false);
    const complaint = complaintOf({
      to: "fbl@example.org",
      recipient: "x",
      messageId: letters[0]!.messageId,
    });
    expect(await take(complaint)).toMatchObject({ class: "complaint", suppressed: true });
    expect((await reader()).state).toBe("suppressed");
  });

  test("an address alone is proof only where letters have no return paths of their own", async () => {
    const db = await open();
    const { take, reader, context } = await openWith(db, [12]);
    const bare = { to: "bounces@example.org", recipient: address };
    expect(await take(bounceOf(bare))).toMatchObject({ known: true, suppressed: false });
    expect(await take(complaintOf(bare))).toMatchObject({ known: true, suppressed: false });
    expect((await reader()).state).toBe("confirmed");
    context.bounceAddress = null;
    expect(await take(bounceOf({ ...bare, status: "5.1.2" }))).toMatchObject({ suppressed: true });
    expect((await reader()).state).toBe("suppressed");
  });

  test("soft: the fifth letter in fourteen days, each counted once", async () => {
    const db = await open();
    const days = [12, 13, 14, 15, 16];
    const { letters, back, take, reader } = await openWith(db, days);
    expect(letters).toHaveLength(5);
    const full = { status: "5.2.2", diagnostic: "552 5.2.2 mailbox full" };
    for (const letter of letters.slice(0, 4)) {
      expect(await take(bounceOf({ ...back(letter), ...full }))).toMatchObject({ suppressed: false });
      const delayed = { ...back(letter), status: "4.2.2", diagnostic: "452 4.2.2 mailbox full, once more" };
      expect(await take(bounceOf(delayed))).toMatchObject({ class: "soft", suppressed: false });
    }
    expect((await reader()).state).toBe("confirmed");
    expect(await take(bounceOf({ ...back(letters[4]), ...full }))).toMatchObject({ suppressed: true });
    expect((await reader()).state).toBe("suppressed");
  });

  test("soft: what is older than fourteen days is forgotten", async () => {
    const db = await open();
    const { context, letters, back, take, reader } = await openWith(db, [12, 13, 14, 15, 30]);
    const full = { status: "5.2.2", diagnostic: "552 5.2.2 mailbox full" };
    context.clock = () => new Date(morning(15));
    for (const letter of letters.slice(0, 4)) await take(bounceOf({ ...back(letter), ...full }));
    context.clock = () => new Date(morning(30));
    expect(await take(bounceOf({ ...back(letters[4]), ...full }))).toMatchObject({ suppressed: false });
    expect((await reader()).state).toBe("confirmed");
  });

  test("blocked is about us: told, never the reader's end", async () => {
    const db = await open();
    const { letters, back, take, reader } = await openWith(db, [12, 13, 14, 15, 16, 17]);
    for (const letter of letters) {
      const blocked = { status: "5.7.1", diagnostic: "550 5.7.1 blocked as spam" };
      expect(await take(bounceOf({ ...back(letter), ...blocked }))).toMatchObject({
        class: "blocked",
        suppressed: false,
      });
    }
    expect((await reader()).state).toBe("confirmed");
    expect(await countReturns(db, morning(12))).toEqual({ hard: 0, soft: 0, blocked: 6, complaint: 0 });
  });

  test("automatic replies and ordinary mail leave no trace", async () => {
    const db = await open();
    const { back, take } = await openWith(db, [12]);
    const vacation = `From: ada@example.org\r\nTo: ${back().to}\r\nAuto-Submitted: auto-replied\r\n\r\nAway.`;
    expect(await take(Buffer.from(vacation))).toMatchObject({ class: null });
    expect(await take(Buffer.from("From: a@example.org\r\n\r\n550 5.1.1"))).toMatchObject({ class: null });
    expect(await db.selectFrom("mail_returns").selectAll().execute()).toEqual([]);
  });

  test("refused at RCPT TO for good: as a bounce", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    for (const name of ["gone", "full", "blocked"]) await addConfirmedReader(db, `${name}@example.org`);
    const replies: Record<string, string> = {
      gone: "550 5.1.1 no such user",
      full: "552 5.2.2 mailbox full",
      blocked: "550 5.7.1 listed at rbl.example.net",
    };
    const mailer = keepingMailer((letter) => {
      const reply = replies[letter.to.split("@")[0]!]!;
      return {
        ok: false,
        permanent: true,
        reason: `RCPT TO: ${reply}`,
        refusal: { reply, atRecipient: true },
      };
    });
    expect(await sendDueLetters(letterContextFor(db, morning(12), mailer))).toMatchObject({ failed: 3 });
    const states = await db.selectFrom("subscribers").select(["address", "state"]).orderBy("pk").execute();
    expect(states.map(({ state }) => state)).toEqual(["suppressed", "confirmed", "confirmed"]);
    const returns = await db.selectFrom("mail_returns").select(["class", "via"]).orderBy("pk").execute();
    expect(returns.map((row) => row.class).sort()).toEqual(["blocked", "hard", "soft"]);
    expect(new Set(returns.map((row) => row.via))).toEqual(new Set(["smtp"]));
  });
});

describeOnBothDatabases("who was suppressed", (open) => {
  const request = { address, zone: "UTC", sendAt: "09:00", network: "192.0.2.9" };
  const ask = (db: Db, now: string) =>
    requestSubscription(db, request, { now, mailFrom: "letters@example.org" });
  const confirmations = async (db: Db) =>
    (await db.selectFrom("deliveries").select("issue").where("kind", "=", "confirmation").execute()).length;

  test("comes back by confirming again; an old letter's bounce no longer counts", async () => {
    const db = await open();
    const { context, letters, back, take, reader } = await openWith(db, [12, 13]);
    await take(bounceOf(back()));
    await ask(db, morning(14));
    expect((await reader()).state).toBe("suppressed");
    const token = await confirmationToken(db, address);
    await confirmSubscription(db, token, { now: morning(15), network: "192.0.2.9" });
    expect((await reader()).state).toBe("confirmed");
    context.clock = () => new Date(morning(16));
    expect(await take(bounceOf({ ...back(letters[1]), status: "5.1.10" }))).toMatchObject({
      suppressed: false,
    });
    expect((await reader()).state).toBe("confirmed");
  });

  test("after a complaint a stranger can have us write once a month; after one about that letter, never", async () => {
    const db = await open();
    const { context, back, take, reader } = await openWith(db, [12]);
    await take(complaintOf(back()));
    await ask(db, morning(13));
    expect(await confirmations(db)).toBe(1);
    await ask(db, morning(14));
    await ask(db, morning(30));
    expect(await confirmations(db)).toBe(1);
    await ask(db, "2026-06-20T09:00:00.000Z");
    expect(await confirmations(db)).toBe(2);
    context.clock = () => new Date("2026-06-20T09:01:00.000Z");
    context.mailer.letters.length = 0;
    await sendDueLetters(context);
    const confirmation = context.mailer.letters.find((letter) => letter.to === address)!;
    expect(await take(complaintOf(back(confirmation)))).toMatchObject({
      class: "complaint",
      suppressed: true,
    });
    await ask(db, "2027-06-20T09:00:00.000Z");
    expect(await confirmations(db)).toBe(2);
    expect((await reader()).confirm_hash).toBeNull();
  });

  test("what came back is exported with the reader, and goes with him", async () => {
    const db = await open();
    const { back, take, reader } = await openWith(db, [12]);
    await take(bounceOf(back()));
    const exported = await exportReader(db, await reader());
    expect(exported.returned).toMatchObject({ class: "hard", issue: "2026-05-12", suppressed: true });
    expect(exported.returns).toHaveLength(1);
    expect(exported.consent.at(-1)).toMatchObject({ what: "suppressed", because: "hard" });
    await eraseReader(db, address, morning(20));
    expect(await db.selectFrom("mail_returns").selectAll().execute()).toEqual([]);
  });
});
