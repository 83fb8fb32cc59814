import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { keepingMailer } from "../../test/support/letters.ts";
import { accountsFor, signInAs } from "../../test/support/people.ts";
import { eraseMe } from "../community/erase.ts";
import type { Db } from "../database/dialect.ts";
import { createLog } from "../lib/log.ts";
import { machineKeeper } from "../library/keeper.ts";
import type { PickWish } from "../library/pick-for-many.ts";
import type { WebhookContext } from "./context.ts";
import { claimWebhookDelivery, listDueDeliveries } from "./deliveries-store.ts";
import { planWebhooks } from "./plan.ts";
import { createWebhookSender } from "./post.ts";
import { runWebhooks, sendToWebhooks } from "./send.ts";
import { addWebhook, mostWebhooks, testWebhook } from "./webhook.ts";
import { deleteWebhook, listWebhooks, switchOn } from "./webhooks-store.ts";

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server of this machine that keeps what it is sent. */
async function receive(
  answer: (count: number) => { status: number; headers?: Record<string, string> } = () => ({ status: 204 }),
) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    received.push({ headers: request.headers, body });
    const { status, headers = {} } = answer(received.length);
    response.writeHead(status, headers).end("secret of the target");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

function contextFor(
  db: Db,
  given: { allowed?: string[]; now?: string; preparePicks?: WebhookContext["preparePicks"] } = {},
) {
  let time = new Date(given.now ?? "2026-05-12T08:00:00.000Z");
  const sender = createWebhookSender({ ownAddresses: given.allowed ?? [] });
  closers.push(() => sender[Symbol.asyncDispose]());
  const mailer = keepingMailer();
  const context: WebhookContext = {
    ...{ db, sender, mailer },
    mailFrom: "letters@example.org",
    clock: () => time,
    log: createLog("silent"),
    baseUrl: () => "https://papers.example.org",
    categories: ["cs.CL"],
    preparePicks: given.preparePicks,
  };
  const setTime = (now: string) => {
    time = new Date(now);
  };
  return { context, mailer, setTime };
}

const created = "2026-05-11T00:00:00.000Z";

function add(db: Db, url: string, given: { keeper?: string; shape?: "json" | "slack"; what?: "picks" } = {}) {
  const webhook = {
    keeper: machineKeeper,
    shape: "json" as const,
    url,
    zone: "UTC",
    sendAt: "09:00",
    ...given,
  };
  return addWebhook(db, webhook, { ownAddresses: [url], now: created });
}

describeOnBothDatabases("webhooks", (open) => {
  test("an edition is sent once, at its time, signed", async () => {
    const db = await open();
    const { received, url } = await receive();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 40));
    const { secret, id } = await add(db, url);
    const { context, setTime } = contextFor(db, { allowed: [url] });
    await runWebhooks(context);
    expect(received).toEqual([]);
    setTime("2026-05-12T09:00:10.000Z");
    await Promise.all([runWebhooks(context), runWebhooks(context)]);
    await runWebhooks(context);
    expect(received).toHaveLength(1);
    const { headers, body } = received[0]!;
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    expect(headers["webhook-signature"]).toBe(
      `v1,${createHmac("sha256", key).update(signed).digest("base64")}`,
    );
    expect(headers["webhook-timestamp"]).toBe(String(Date.parse("2026-05-12T09:00:10Z") / 1_000));
    expect(headers["webhook-id"]).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(JSON.parse(body)).toMatchObject({
      type: "edition.published",
      data: { edition: "2026-05-12", held: 40, url: "https://papers.example.org/papers/date/2026-05-12" },
    });
    expect(JSON.parse(body).data.papers).toHaveLength(30);
    expect(Buffer.byteLength(body)).toBeLessThan(20 * 1024);
    expect((await listWebhooks(db, null))[0]).toMatchObject({
      id,
      last_error: null,
      last_issue: "2026-05-12",
    });
  });

  test("for Slack it is text and blocks, and no title speaks its language", async () => {
    const db = await open();
    const { received, url } = await receive();
    const title = "<!channel> A <https://evil.test|link> & more";
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", title, votes: 3 }]);
    await add(db, url, { shape: "slack" });
    await runWebhooks(contextFor(db, { allowed: [url], now: "2026-05-12T09:00:10.000Z" }).context);
    const { text, blocks } = JSON.parse(received[0]!.body);
    expect(text).toBe("Broadsheet, 2026-05-12: 1 paper");
    expect(blocks[1].text.text).toContain("|&lt;!channel&gt; A &lt;https://evil.test¦link&gt; &amp; more>");
  });

  test("picks: what is chosen for its keeper, with reasons, once a day, no paper twice", async () => {
    const db = await open();
    const { received, url } = await receive();
    const papers = papersOf("2026-05-12", 6);
    await saveDay(db, "2026-05-12", papers);
    await add(db, url, { keeper: "ada", what: "picks" });
    const wishes: PickWish[] = [];
    // Whoever asks gets the first three of the day that were not had.
    const preparePicks: WebhookContext["preparePicks"] = (given) => async (asked) => {
      wishes.push(...asked);
      return asked.map(({ had }) => ({
        hidden: new Set(),
        picks: given
          .filter(({ paper }) => !had.has(paper.pk))
          .slice(0, 3)
          .map(({ paper: { pk } }) => ({ pk, reason: "you saved", reasons: ["you saved", "9 votes"] })),
      }));
    };
    const { context, setTime } = contextFor(db, {
      ...{ allowed: [url], preparePicks },
      now: "2026-05-12T09:00:10.000Z",
    });
    await Promise.all([runWebhooks(context), runWebhooks(context)]);
    await runWebhooks(context);
    expect(received).toHaveLength(1);
    const { type, data } = JSON.parse(received[0]!.body);
    expect([type, data.edition]).toEqual(["picks.published", "2026-05-12"]);
    expect(data.papers).toMatchObject([{ rank: 1, reasons: ["you saved", "9 votes"] }, {}, {}]);
    expect(wishes[0]).toMatchObject({ keeper: "ada", had: new Set() });
    // The same papers and one more stand on the next day's page.
    await saveDay(db, "2026-05-13", [...papers, ...papersOf("2026-05-13", 1)]);
    setTime("2026-05-13T09:00:10.000Z");
    await runWebhooks(context);
    const next = JSON.parse(received[1]!.body).data.papers;
    const ids = [...data.papers, ...next].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(6);
    expect(await deleteWebhook(db, (await listWebhooks(db, null))[0]!.id, null)).toBe(true);
    expect(await db.selectFrom("webhook_papers").selectAll().execute()).toEqual([]);
  });

  test("picks for Slack say the first reason; a day without any sends nothing", async () => {
    const db = await open();
    const { received, url } = await receive();
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", title: "A <b> title", votes: 3 }]);
    await add(db, url, { what: "picks", shape: "slack" });
    const picksOf =
      (reasons: string[]): WebhookContext["preparePicks"] =>
      (papers) =>
      async () => [
        {
          hidden: new Set(),
          picks: reasons.length === 0 ? [] : [{ pk: papers[0]!.paper.pk, reason: reasons[0]!, reasons }],
        },
      ];
    const now = "2026-05-12T09:00:10.000Z";
    await runWebhooks(contextFor(db, { allowed: [url], now, preparePicks: picksOf([]) }).context);
    expect(received).toEqual([]);
    await saveDay(db, "2026-05-13", papersOf("2026-05-13", 2));
    const later = "2026-05-13T09:00:10.000Z";
    const preparePicks = picksOf(["because you saved <x>", "9 votes"]);
    await runWebhooks(contextFor(db, { allowed: [url], now: later, preparePicks }).context);
    const { text, blocks } = JSON.parse(received[0]!.body);
    expect(text).toBe("Broadsheet, your picks of 2026-05-13: 1 paper");
    expect(blocks[1].text.text).toContain("because you saved &lt;x&gt;");
    expect(blocks[1].text.text).not.toContain("9 votes");
  });

  test("what is not taken is tried again with the same id, later and later; then it is well again", async () => {
    const db = await open();
    const { received, url } = await receive((count) => ({ status: count < 3 ? 500 : 200 }));
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 1));
    await add(db, url);
    const { context, setTime } = contextFor(db, { allowed: [url], now: "2026-05-12T09:00:00.000Z" });
    await runWebhooks(context);
    await runWebhooks(context);
    expect(received).toHaveLength(1);
    expect((await listWebhooks(db, null))[0]?.last_error).toBe("It answered 500.");
    setTime("2026-05-12T09:01:00.000Z");
    await runWebhooks(context);
    setTime("2026-05-12T09:05:59.000Z");
    await runWebhooks(context);
    expect(received).toHaveLength(2);
    setTime("2026-05-12T09:06:00.000Z");
    await runWebhooks(context);
    expect(new Set(received.map(({ headers, body }) => `${headers["webhook-id"]} ${body}`)).size).toBe(1);
    expect((await listWebhooks(db, null))[0]).toMatchObject({ last_error: null, failures: 0, state: "on" });
  });

  test("after three editions that nobody took it is switched off, its keeper gets one letter, and can switch it on", async () => {
    const db = await open();
    const { account } = await signInAs(accountsFor(db), "ada@x.test", "reader");
    const { received, url } = await receive(() => ({
      status: 302,
      headers: { Location: "http://127.0.0.1:1/" },
    }));
    const { id } = await add(db, url, { keeper: account.id });
    const { context, mailer, setTime } = contextFor(db, { allowed: [url] });
    for (const day of ["2026-05-12", "2026-05-13", "2026-05-14", "2026-05-15"]) {
      await saveDay(db, day, papersOf(day, 1));
      for (const time of ["09:00", "09:01", "09:07", "09:40", "11:45", "16:50", "23:59"]) {
        setTime(`${day}T${time}:00.000Z`);
        await runWebhooks(context);
      }
      setTime(`${day}T23:59:59.000Z`);
    }
    setTime("2026-05-16T08:00:00.000Z");
    await runWebhooks(context);
    await runWebhooks(context);
    const [webhook] = await listWebhooks(db, [account.id]);
    expect(webhook).toMatchObject({ id, state: "off", note_due_at: null });
    expect(webhook?.last_error).toBe("It answered 302 (redirects are not followed).");
    expect(mailer.letters.map(({ to }) => to)).toEqual(["ada@x.test"]);
    expect(mailer.letters[0]?.text).toContain(id);
    expect(mailer.letters[0]?.text).not.toContain("/hook");
    const before = received.length;
    expect(await switchOn(db, id, ["somebody else"], "2026-05-16T08:00:00.000Z")).toBe(false);
    expect(await switchOn(db, id, [account.id], "2026-05-16T08:00:00.000Z")).toBe(true);
    await saveDay(db, "2026-05-16", papersOf("2026-05-16", 1));
    setTime("2026-05-16T09:00:00.000Z");
    await runWebhooks(context);
    expect(received.length).toBe(before + 1);
  });

  test("a receiver that answers 410 is switched off at once", async () => {
    const db = await open();
    const { url } = await receive(() => ({ status: 410 }));
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 1));
    await add(db, url);
    const { context, mailer } = contextFor(db, { allowed: [url], now: "2026-05-12T09:00:00.000Z" });
    await runWebhooks(context);
    expect((await listWebhooks(db, null))[0]).toMatchObject({ state: "off", note_due_at: null });
    expect(mailer.letters).toEqual([]); // made at this machine, and nobody has an account
  });

  test("an address that is no longer allowed gets nothing, whatever it was when it was given", async () => {
    const db = await open();
    const { received, url } = await receive();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 1));
    await add(db, url);
    await runWebhooks(contextFor(db, { now: "2026-05-12T09:00:00.000Z" }).context);
    expect(received).toEqual([]);
    expect((await listWebhooks(db, null))[0]).toMatchObject({
      failures: 1,
      last_error: expect.stringMatching(/refused/),
    });
  });

  test("a claim whose sender died is given back, under the same id", async () => {
    const db = await open();
    const { received, url } = await receive();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 1));
    await add(db, url);
    const { context, setTime } = contextFor(db, { allowed: [url], now: "2026-05-12T09:00:00.000Z" });
    await planWebhooks(context);
    const [row] = await listDueDeliveries(db, "2026-05-12T09:00:00.000Z", { limit: 5 });
    expect(await claimWebhookDelivery(db, row!, "2026-05-12T09:00:00.000Z")).toBe(true);
    expect(await claimWebhookDelivery(db, row!, "2026-05-12T09:00:00.000Z")).toBe(false);
    await runWebhooks(context);
    expect(received).toEqual([]);
    setTime("2026-05-12T09:15:01.000Z");
    await runWebhooks(context);
    expect(received).toHaveLength(1);
  });

  test("a test is sent once, at most one a minute, and says nothing about health", async () => {
    const db = await open();
    const { received, url } = await receive(() => ({ status: 500 }));
    const { id } = await add(db, url);
    const { context, setTime } = contextFor(db, { allowed: [url] });
    const asked = { id, keepers: null, baseUrl: context.baseUrl() };
    await testWebhook(db, asked, context.clock().toISOString());
    await expect(testWebhook(db, asked, context.clock().toISOString())).rejects.toThrow(/a moment ago/);
    expect(await sendToWebhooks(context, { webhookId: id })).toBe(0);
    setTime("2026-05-12T20:00:00.000Z");
    await runWebhooks(context);
    expect(received.map(({ body }) => JSON.parse(body).type)).toEqual(["test"]);
    expect((await listWebhooks(db, null))[0]).toMatchObject({ failures: 0, last_error: "It answered 500." });
    await expect(testWebhook(db, { ...asked, keepers: ["other"] }, created)).rejects.toThrow(/no such/);
  });

  test("a keeper has a few, removes only his own, and leaves none when he is erased", async () => {
    const db = await open();
    const { account } = await signInAs(accountsFor(db), "ada@x.test", "reader");
    const url = "https://hooks.example.org/x";
    for (let i = 0; i < mostWebhooks; i++) await add(db, url, { keeper: account.id });
    await expect(add(db, url, { keeper: account.id })).rejects.toThrow(/already/);
    const other = await add(db, url);
    expect(await deleteWebhook(db, other.id, [account.id])).toBe(false);
    expect(await eraseMe(db, account)).toBe("erased");
    expect((await listWebhooks(db, null)).map(({ id }) => id)).toEqual([other.id]);
  });
});

describe("addresses", () => {
  test.each([
    "https://example.org:8443/x",
    "http://example.org/x",
    "https://10.0.0.1/",
    "https://u:p@example.org/",
    "no address",
  ])("%s is refused in words that say nothing of it", async (url) => {
    const given = { keeper: "k", url, shape: "json" as const, zone: "UTC", sendAt: "09:00" };
    await expect(addWebhook({} as Db, given, { ownAddresses: [], now: created })).rejects.toThrow(
      "Nothing is sent to this address.",
    );
  });
});
