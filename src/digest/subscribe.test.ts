import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { addConfirmedReader, confirmationToken, letterContextFor } from "../../test/support/letters.ts";
import type { Db } from "../database/dialect.ts";
import { hashToken, isToken, newToken } from "../lib/link-token.ts";
import { confirmSubscription, findConfirmation } from "./confirm.ts";
import { addConsent, parseConsent } from "./consent.ts";
import { messageIdOf } from "./message-id.ts";
import { sendQueuedLetters } from "./send.ts";
import { requestSubscription } from "./subscribe.ts";
import { eraseSubscriber, findSubscriberByKey, forgetUnconfirmed } from "./subscribers-store.ts";
import { endSubscription, findUnsubscription } from "./unsubscribe.ts";

const start = "2026-05-12T10:00:00.000Z";
const minute = (minutes: number) => new Date(Date.parse(start) + minutes * 60_000).toISOString();
const options = { now: start, mailFrom: "letters@example.org" };
const request = { address: "Ada@example.org", zone: "Europe/Berlin", sendAt: "08:40", network: "192.0.2.7" };

async function deliveries(db: Db) {
  return await db.selectFrom("deliveries").selectAll().orderBy("created_at").execute();
}

async function subscribers(db: Db) {
  return await db.selectFrom("subscribers").selectAll().orderBy("pk").execute();
}

describeOnBothDatabases("subscribing", (open) => {
  test("asks for confirmation and keeps the proof; the token itself is only in the letter", async () => {
    const db = await open();
    expect(await requestSubscription(db, request, options)).toBeNull();
    const [reader] = await subscribers(db);
    expect(reader).toMatchObject({
      address: "Ada@example.org",
      address_key: "ada@example.org",
      zone: "Europe/Berlin",
      send_at: "08:40",
      state: "unconfirmed",
      confirm_expires_at: "2026-05-15T10:00:00.000Z",
      confirmed_at: null,
    });
    expect(parseConsent(reader!.consent)).toEqual([
      { what: "requested", at: start, network: "192.0.2.7", formVersion: "2026-11" },
    ]);
    const token = await confirmationToken(db, "Ada@example.org");
    expect(isToken(token)).toBe(true);
    expect(JSON.stringify(reader)).not.toContain(token);
    expect(reader!.confirm_hash).toBe(hashToken(token));
    const context = letterContextFor(db, start);
    expect(await sendQueuedLetters(context)).toMatchObject({ sent: 1 });
    expect(context.mailer.letters[0]!.text).toContain(`https://daily.example.org/confirm/${token}`);
    expect(JSON.stringify(await deliveries(db))).not.toContain(token);
  });

  test("refuses what is wrong, naming each, and writes nothing", async () => {
    const db = await open();
    const wrong = { ...request, address: "a@b", zone: "Mars/Base", sendAt: "25:00" };
    expect(await requestSubscription(db, wrong, options)).toEqual({
      address: "domain",
      zone: "zone",
      sendAt: "time",
    });
    expect(await requestSubscription(db, { ...request, address: "x\r\nBcc: v@x.test" }, options)).toEqual({
      address: "characters",
    });
    expect(await subscribers(db)).toEqual([]);
    expect(await deliveries(db)).toEqual([]);
  });

  test("asked again and again: one letter in ten minutes, the latest wish counts, the newest link works", async () => {
    const db = await open();
    for (let i = 0; i < 10; i++) {
      const again = {
        ...request,
        address: i % 2 ? "ADA@EXAMPLE.ORG" : "ada@example.org",
        sendAt: `1${i}:00`,
      };
      expect(await requestSubscription(db, again, { ...options, now: minute(i * 0.9) })).toBeNull();
    }
    expect(await deliveries(db)).toHaveLength(1);
    expect(await subscribers(db)).toHaveLength(1);
    expect((await subscribers(db))[0]!.send_at).toBe("19:00");
    const first = await confirmationToken(db, "ada@example.org");
    await requestSubscription(db, request, { ...options, now: minute(10) });
    expect(await deliveries(db)).toHaveLength(2);
    const second = await confirmationToken(db, "ada@example.org");
    expect(second).not.toBe(first);
    expect(await findConfirmation(db, first, minute(11))).toBeNull();
    expect(await findConfirmation(db, second, minute(11))).not.toBeNull();
    const context = letterContextFor(db, minute(12));
    expect(await sendQueuedLetters(context)).toEqual({ sent: 1, failed: 0, waiting: 0, dropped: 1 });
  });

  test("a confirmed address: nothing changes, the reader hears of it at most once a day", async () => {
    const db = await open();
    await addConfirmedReader(db, "ada@example.org", { zone: "UTC", sendAt: "09:00", at: start });
    for (const minutes of [1, 2, 30, 600]) {
      expect(await requestSubscription(db, request, { ...options, now: minute(minutes) })).toBeNull();
    }
    expect((await subscribers(db))[0]).toMatchObject({ zone: "UTC", send_at: "09:00", state: "confirmed" });
    expect((await deliveries(db)).map((d) => d.kind)).toEqual(["notice"]);
    await requestSubscription(db, request, { ...options, now: minute(25 * 60) });
    const context = letterContextFor(db, minute(25 * 60));
    expect(await sendQueuedLetters(context)).toMatchObject({ sent: 2 });
    expect(context.mailer.letters[0]).toMatchObject({
      subject: expect.stringContaining("already"),
      to: "ada@example.org",
    });
    expect(context.mailer.letters[0]!.list).toBeUndefined();
  });

  test("two requests at once make one reader and one letter", async () => {
    const db = await open();
    await Promise.all([1, 2, 3].map(() => requestSubscription(db, request, options)));
    expect(await subscribers(db)).toHaveLength(1);
    expect(await deliveries(db)).toHaveLength(1);
  });
});

describeOnBothDatabases("confirming", (open) => {
  test("looking changes nothing; the token works once, for three days", async () => {
    const db = await open();
    await requestSubscription(db, request, options);
    const token = await confirmationToken(db, "Ada@example.org");
    for (let i = 0; i < 3; i++)
      expect(await findConfirmation(db, token, minute(5))).toMatchObject({ state: "unconfirmed" });
    const by = { now: minute(6), network: "192.0.2.8" };
    expect(await confirmSubscription(db, token, by)).not.toBeNull();
    expect(await confirmSubscription(db, token, by)).toBeNull();
    const [reader] = await subscribers(db);
    expect(reader).toMatchObject({ state: "confirmed", confirmed_at: minute(6), confirm_hash: null });
    expect(parseConsent(reader!.consent).at(-1)).toEqual({
      what: "confirmed",
      at: minute(6),
      network: "192.0.2.8",
    });
  });

  test("a token too old, cut, changed or invented confirms nothing", async () => {
    const db = await open();
    await requestSubscription(db, request, options);
    const token = await confirmationToken(db, "Ada@example.org");
    const flipped = (token[0] === "A" ? "B" : "A") + token.slice(1);
    for (const wrong of [
      flipped,
      token.slice(1),
      `${token}A`,
      token.replace(/.$/, "+"),
      "",
      hashToken(token),
      newToken(),
    ]) {
      expect(await confirmSubscription(db, wrong, { now: minute(5), network: "x" })).toBeNull();
    }
    const late = minute(3 * 24 * 60);
    expect(await confirmSubscription(db, token, { now: late, network: "x" })).toBeNull();
    expect((await subscribers(db))[0]).toMatchObject({ state: "unconfirmed" });
  });

  test("two clicks at once confirm once", async () => {
    const db = await open();
    await requestSubscription(db, request, options);
    const token = await confirmationToken(db, "Ada@example.org");
    const results = await Promise.all(
      [1, 2, 3].map(() => confirmSubscription(db, token, { now: minute(1), network: "x" })),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });
});

describeOnBothDatabases("stopping", (open) => {
  test("at once, harmless twice, years later too; a wrong token changes nothing", async () => {
    const db = await open();
    const { token } = await addConfirmedReader(db, "ada@example.org");
    expect(await findUnsubscription(db, token)).toMatchObject({ state: "confirmed" });
    for (const wrong of [newToken(), token.slice(1), "", "%00"]) {
      expect(await endSubscription(db, wrong, { now: start })).toBe(false);
    }
    expect((await subscribers(db))[0]).toMatchObject({ state: "confirmed" });
    expect(await endSubscription(db, token, { now: "2028-05-12T10:00:00.000Z", network: "192.0.2.9" })).toBe(
      true,
    );
    expect(await endSubscription(db, token, { now: "2028-05-13T10:00:00.000Z" })).toBe(true);
    expect((await subscribers(db))[0]).toMatchObject({
      state: "unsubscribed",
      unsubscribed_at: "2028-05-12T10:00:00.000Z",
    });
  });

  test("ends an open confirmation too, and the way back is the double opt-in", async () => {
    const db = await open();
    const { token } = await addConfirmedReader(db, "ada@example.org");
    await endSubscription(db, token, { now: minute(0) });
    await requestSubscription(db, request, { ...options, now: minute(20) });
    const confirmation = await confirmationToken(db, "ada@example.org");
    expect((await findSubscriberByKey(db, "ada@example.org"))!.state).toBe("unsubscribed");
    await confirmSubscription(db, confirmation, { now: minute(21), network: "x" });
    const back = await findSubscriberByKey(db, "ada@example.org");
    expect(back).toMatchObject({ state: "confirmed", unsubscribed_at: null, token, send_at: "08:40" });
    expect(parseConsent(back!.consent).map((event) => event.what)).toEqual([
      "requested",
      "confirmed",
      "unsubscribed",
      "requested",
      "confirmed",
    ]);
  });

  test("unconfirmed addresses are forgotten, erased readers leave nothing", async () => {
    const db = await open();
    await requestSubscription(db, request, options);
    const kept = await addConfirmedReader(db, "grace@example.org");
    expect(await forgetUnconfirmed(db, start)).toBe(0);
    expect(await forgetUnconfirmed(db, minute(1))).toBe(1);
    expect((await subscribers(db)).map((s) => s.address)).toEqual(["grace@example.org"]);
    expect(await deliveries(db)).toEqual([]);
    await eraseSubscriber(db, kept.pk);
    expect(await subscribers(db)).toEqual([]);
  });
});

describe("small things", () => {
  test("the history of consent keeps its beginning and its end within bounds", () => {
    let json = "[]";
    for (let i = 0; i < 100; i++) json = addConsent(json, { what: "requested", at: String(i) });
    const events = parseConsent(json);
    expect(events).toHaveLength(40);
    expect([events[0]!.at, events.at(-1)!.at]).toEqual(["0", "99"]);
  });

  test("Message-IDs follow from issue and reader and show no token", () => {
    const input = { issue: "2026-05-12", readerToken: "secret-token", mailFrom: "letters@example.org" };
    expect(messageIdOf(input)).toMatch(/^<2026-05-12\.[0-9a-f]{20}@example\.org>$/);
    expect(messageIdOf(input)).toBe(messageIdOf(input));
    expect(messageIdOf({ ...input, readerToken: "other" })).not.toBe(messageIdOf(input));
    expect(messageIdOf({ ...input, issue: "confirmation-2026-05-12T10:00:00.000Z" })).toMatch(
      /^<[\w.-]+@example\.org>$/,
    );
  });
});
