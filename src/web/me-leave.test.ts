import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader } from "../../test/support/letters.ts";
import { openPages } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import { createAccessToken } from "../accounts/access-tokens-store.ts";
import { type Role, roles } from "../accounts/account.ts";
import { setName } from "../accounts/accounts-store.ts";
import { personOf } from "../community/person.ts";
import { propose } from "../community/proposals.ts";
import { castVote } from "../community/votes.ts";
import { countVotes } from "../community/votes-store.ts";
import type { Db } from "../database/dialect.ts";
import { findPaper } from "../papers/papers-store.ts";

const day = "2026-05-12";
const now = new Date(`${day}T12:00:00.000Z`);

async function openBusy(db: Db, role: Role = "editor") {
  await saveDay(db, "2026-05-11", papersOf("2026-05-11", 1));
  await addConfirmedReader(db, "ada@example.org", { sendAt: "08:40" });
  const found = await findPaper(db, papersOf("2026-05-11", 1)[0]!.id);
  const pk = found && "paper" in found ? found.paper.pk : 0;
  const pages = await openPages(db, { now: now.toISOString() });
  const { account, cookie } = await signInAs(pages.accounts, "ada@example.org", role);
  await setName(db, account.id, "Ada of the Owls", now.toISOString());
  const person = { ...personOf(account), name: "Ada of the Owls" };
  await castVote(db, person, pk, now);
  await propose(db, { ...person, role: "editor" }, pk, { now, readersMayADay: 0 });
  await createAccessToken(db, { accountId: account.id, name: "script", scopes: ["vote"] }, now.toISOString());
  const headers = { "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  const post = (path: string, fields: Record<string, string>) =>
    pages.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers });
  return { pages, account, headers, pk, post };
}

/** Every text in every table of people, for what must not be left. */
async function leftOf(db: Db): Promise<string> {
  const tables = [
    ...([
      "accounts",
      "account_credentials",
      "account_sessions",
      "passkeys",
      "account_tickets",
      "account_letters",
    ] as const),
    ...(["access_tokens", "votes", "proposals", "reports", "moderation_log", "submissions"] as const),
  ];
  const rows = [];
  for (const table of tables) rows.push(await db.selectFrom(table).selectAll().execute());
  return JSON.stringify(rows);
}

describeOnBothDatabases("leaving", (open) => {
  test("everything of mine is one file, without a secret", async () => {
    const db = await open();
    const { pages, headers } = await openBusy(db);
    const answer = await pages.fetch("/me/archive", { headers });
    expect(answer.headers.get("Content-Disposition")).toContain("attachment");
    const mine = await answer.json();
    expect(mine).toMatchObject({
      account: { address: "ada@example.org", role: "editor", name: "Ada of the Owls" },
      sessions: [{ browser: "A browser", network: "192.0.2.7" }],
      tokens: [{ name: "script", scopes: ["vote"] }],
      votes: [{ paper: papersOf("2026-05-11", 1)[0]!.id, state: "counted" }],
      papersPutForward: [{ day, state: "shown" }],
      letters: {
        address: "ada@example.org",
        sendAt: "08:40",
        consent: [{ what: "requested" }, { what: "confirmed" }],
      },
    });
    const secrets = await db.selectFrom("account_sessions").select("token").execute();
    const text = JSON.stringify(mine);
    for (const { token } of secrets) expect(text).not.toContain(token);
  });

  test("asks for the address, then nothing is left but counts and the proof of consent", async () => {
    const db = await open();
    const { pages, account, headers, pk, post } = await openBusy(db);
    expect((await post("/me/erase", { address: "eve@example.org" })).status).toBe(400);
    expect((await pages.fetch("/me", { headers })).status).toBe(200);
    const erased = await post("/me/erase", { address: "Ada@Example.org" });
    expect([erased.status, await erased.text()]).toEqual([200, expect.stringContaining("You are erased")]);
    expect((await pages.fetch("/me", { headers })).status).toBe(303);
    const left = await leftOf(db);
    for (const trace of [account.id, "ada@example.org", "Ada of the Owls"]) expect(left).not.toContain(trace);
    expect(await countVotes(db, pk, "counted")).toBe(1);
    const [subscriber] = await db.selectFrom("subscribers").selectAll().execute();
    expect(subscriber).toMatchObject({ state: "unsubscribed" });
    expect(JSON.parse(subscriber!.consent).map(({ what }: { what: string }) => what)).toEqual([
      "requested",
      "confirmed",
      "unsubscribed",
    ]);
    expect(await pages.read(`/papers/date/${day}`)).not.toContain("Ada of the Owls");
  });

  test("is not for the last owner", async () => {
    const db = await open();
    const { post } = await openBusy(db, "owner");
    expect((await post("/me/erase", { address: "ada@example.org" })).status).toBe(409);
    expect(await leftOf(db)).toContain("ada@example.org");
  });

  test.each(roles)("the page of a %s tells of the letter to the same, confirmed address", async (role) => {
    const db = await open();
    const { pages, headers } = await openBusy(db, role);
    expect(await (await pages.fetch("/me", { headers })).text()).toContain(
      "It comes every day at 08:40 (UTC), with 12 papers at most.",
    );
    await db.updateTable("accounts").set({ address_verified: 0 }).execute();
    const unconfirmed = await (await pages.fetch("/me", { headers })).text();
    expect(unconfirmed).not.toContain("08:40");
    expect(await (await pages.fetch("/me/archive", { headers })).json()).toMatchObject({ letters: null });
  });

  test("a name is kept on one line, without what cannot be seen", async () => {
    const db = await open();
    const { post } = await openBusy(db);
    await post("/me/name", { name: " Ada \u202e of\nthe   Owls " });
    const [row] = await db.selectFrom("accounts").select("name").execute();
    expect(row?.name).toBe("Ada of the Owls");
  });
});
