import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import {
  accountsFor,
  cookieOf,
  signInAs,
  type TestAccounts,
  tokenIn,
  visit,
} from "../../test/support/people.ts";
import { recognise } from "./accounts.ts";
import { ensureAccount, findAccountByKey, listSessions, savePassword } from "./accounts-store.ts";
import { inspectLink, isOfDomains, requestLink, signInByLink, signInByPassword } from "./sign-in.ts";

const ada = { address: "Ada@Example.org", network: "192.0.2.7" };
const later = "2026-06-01T12:10:00.000Z";

async function addAda({ db, clock }: TestAccounts) {
  const named = {
    address: "Ada@example.org",
    key: "ada@example.org",
    role: "reader",
    verified: false,
  } as const;
  return (await ensureAccount(db, named, clock().toISOString())).account;
}

async function askForLink(accounts: TestAccounts) {
  const asked = await requestLink(accounts, ada);
  if (!("browserToken" in asked)) throw new Error(JSON.stringify(asked));
  const [letter] = await accounts.deliver();
  return { browserToken: asked.browserToken, token: tokenIn(letter?.text ?? "") };
}

describeOnBothDatabases("a link by mail", (open) => {
  test("signs in once, in the browser that asked; looking at it changes nothing", async () => {
    const accounts = accountsFor(await open());
    const account = await addAda(accounts);
    const link = await askForLink(accounts);
    for (let scan = 0; scan < 3; scan++)
      expect(await inspectLink(accounts, link.token, link.browserToken)).toBe("good");
    expect(await inspectLink(accounts, link.token, null)).toBe("other-browser");
    const other = { ...link, browserToken: link.token };
    expect(await signInByLink(accounts, other, visit)).toBeNull();
    const signedIn = await signInByLink(accounts, link, visit);
    expect(signedIn?.accountId).toBe(account.id);
    const cookie = cookieOf(signedIn?.cookies ?? []);
    expect((await recognise(accounts, { ...visit, cookie }))?.account).toMatchObject({
      address: "Ada@example.org",
      addressVerified: true,
    });
    expect(await signInByLink(accounts, link, visit)).toBeNull();
    expect(await inspectLink(accounts, link.token, link.browserToken)).toBe("stale");
  });

  test("of ten presses at once one signs in", async () => {
    const accounts = accountsFor(await open());
    const account = await addAda(accounts);
    const link = await askForLink(accounts);
    const presses = await Promise.all(Array.from({ length: 10 }, () => signInByLink(accounts, link, visit)));
    expect(presses.filter((press) => press !== null)).toHaveLength(1);
    expect(await listSessions(accounts.db, account.id, "2020-01-01T00:00:00.000Z")).toHaveLength(1);
  });

  test("is stale after ten minutes, and when a sign of it is wrong", async () => {
    const accounts = accountsFor(await open());
    await addAda(accounts);
    const link = await askForLink(accounts);
    const flipped = link.token.replace(/^./, (sign) => (sign === "A" ? "B" : "A"));
    for (const token of [
      flipped,
      link.token.slice(0, -1),
      `${link.token}=`,
      link.token.replace(/.$/, "+"),
      "",
    ])
      expect(await signInByLink(accounts, { ...link, token }, visit)).toBeNull();
    accounts.setTime(later);
    expect(await inspectLink(accounts, link.token, link.browserToken)).toBe("stale");
    expect(await signInByLink(accounts, link, visit)).toBeNull();
  });

  test("writes the same rows for an unknown address, and no letter", async () => {
    const accounts = accountsFor(await open());
    const rows = async () => [
      await accounts.db.selectFrom("account_tickets").select(["kind", "role", "used_at"]).execute(),
      await accounts.db.selectFrom("account_letters").select(["kind", "state"]).execute(),
    ];
    await requestLink(accounts, { ...ada, address: "nobody@example.org" });
    const ofUnknown = await rows();
    await accounts.db.deleteFrom("account_tickets").execute();
    await accounts.db.deleteFrom("account_letters").execute();
    await addAda(accounts);
    await requestLink(accounts, ada);
    expect(await rows()).toEqual(ofUnknown);
    await requestLink(accounts, { ...ada, address: "nobody@example.org" });
    expect((await accounts.deliver()).map(({ to }) => to)).toEqual(["Ada@example.org"]);
    const left = await accounts.db.selectFrom("account_letters").select(["state", "payload"]).execute();
    expect(left.map(({ state }) => state).sort()).toEqual(["dropped", "sent"]);
    expect(new Set(left.map(({ payload }) => payload))).toEqual(new Set(["{}"]));
  });

  test("makes a reader of an allowed domain, and of no other", async () => {
    const accounts = accountsFor(await open(), { mailDomains: ["example.org"] });
    const link = await askForLink(accounts);
    expect(await findAccountByKey(accounts.db, "ada@example.org")).toBeNull();
    expect(await signInByLink(accounts, link, visit)).not.toBeNull();
    expect(await findAccountByKey(accounts.db, "ada@example.org")).toMatchObject({
      role: "reader",
      addressVerified: true,
    });
    expect(isOfDomains("eve@evil-example.org", ["example.org"])).toBe(false);
    expect(isOfDomains("eve@sub.example.org", ["example.org"])).toBe(false);
  });

  test("at most four letters an address in a quarter of an hour, without a word about it", async () => {
    const accounts = accountsFor(await open());
    await addAda(accounts);
    for (let ask = 0; ask < 10; ask++)
      expect(await requestLink(accounts, ada)).toHaveProperty("browserToken");
    expect(await accounts.deliver()).toHaveLength(4);
    for (let ask = 0; ask < 10; ask++)
      await requestLink(accounts, { ...ada, address: `a${ask}@example.org` });
    const more = await requestLink(accounts, { ...ada, address: "b@example.org" });
    expect(more).toEqual({ problem: "too-many" });
    expect(await requestLink(accounts, { ...ada, network: "192.0.2.8" })).toHaveProperty("browserToken");
  });

  test.each([
    "",
    "a@b",
    "two@at@example.org",
    '"very odd"@x.test',
    `${"x".repeat(65)}@x.test`,
    "u\u00adser@x.test",
  ])("refuses the address %j", async (address) => {
    const accounts = accountsFor(await open());
    expect(await requestLink(accounts, { ...ada, address })).toHaveProperty("problem");
  });
});

describeOnBothDatabases("a password", (open) => {
  const password = "twelve green owls in a row";

  async function withPassword() {
    const accounts = accountsFor(await open());
    const account = await addAda(accounts);
    const hash = await (await accounts.library()).hashPassword(password);
    await savePassword(accounts.db, account.id, hash, "2026-06-01T12:00:00.000Z");
    return { accounts, account };
  }

  test("signs in whoever knows it; nothing tells the other cases apart", async () => {
    const { accounts, account } = await withPassword();
    const signedIn = await signInByPassword(accounts, { address: "ADA@example.org ", password }, visit);
    expect(signedIn).toMatchObject({ accountId: account.id });
    const wrong = await signInByPassword(accounts, { address: ada.address, password: "wrong" }, visit);
    const unknown = await signInByPassword(accounts, { address: "eve@example.org", password }, visit);
    const broken = await signInByPassword(accounts, { address: "no address", password }, visit);
    expect([wrong, unknown, broken]).toEqual(["refused", "refused", "refused"]);
  });

  test("six guesses from one network at one address in a quarter of an hour", async () => {
    const { accounts } = await withPassword();
    const guess = (network: string) =>
      signInByPassword(accounts, { address: ada.address, password: "wrong" }, { ...visit, network });
    for (let n = 0; n < 6; n++) expect(await guess("192.0.2.7")).toBe("refused");
    const right = { address: ada.address, password };
    expect(await signInByPassword(accounts, right, visit)).toBe("too-many");
    expect(await signInByPassword(accounts, right, { ...visit, network: "198.51.100.1" })).toHaveProperty(
      "cookies",
    );
    accounts.setTime("2026-06-01T12:16:00.000Z");
    expect(await signInByPassword(accounts, right, visit)).toHaveProperty("cookies");
  });
});

describe("nobody", () => {
  test("is looked up for a visit without our cookie", async () => {
    const none = accountsFor(null as never);
    expect(await recognise(none, { ...visit, cookie: "theme=dark" })).toBeNull();
  });
});

describeOnBothDatabases("a session", (open) => {
  test("is not taken with a forged or a foreign signature", async () => {
    const accounts = accountsFor(await open());
    const { cookie } = await signInAs(accounts, "ada@example.org", "reader");
    expect(await recognise(accounts, { ...visit, cookie })).not.toBeNull();
    const [name = "", value = ""] = cookie.split("=");
    const token = decodeURIComponent(value).split(".")[0]!;
    for (const forged of [token, `${token}.`, `${token}.${"A".repeat(43)}%3D`])
      expect(await recognise(accounts, { ...visit, cookie: `${name}=${forged}` })).toBeNull();
  });
});
