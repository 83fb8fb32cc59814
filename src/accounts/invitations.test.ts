import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { accountsFor, signInAs, tokenIn, visit } from "../../test/support/people.ts";
import { findAccountByKey, listAccounts } from "./accounts-store.ts";
import { changeRole } from "./change-role.ts";
import { acceptInvitation, findInvitation, invite } from "./invitations.ts";
import { createOwnerCode, setUpOwner } from "./set-up.ts";
import { listInvitations, withdrawInvitation } from "./tickets-store.ts";

const now = "2026-06-01T12:00:00.000Z";
const ben = { address: "Ben@Example.org", role: "editor", by: null } as const;

describeOnBothDatabases("an invitation", (open) => {
  test("makes an account with its role, once, for however many presses", async () => {
    const accounts = accountsFor(await open());
    await invite(accounts, ben);
    const [letter] = await accounts.deliver();
    expect(letter?.to).toBe("Ben@example.org");
    const token = tokenIn(letter?.text ?? "");
    expect(await findInvitation(accounts, token)).toMatchObject({ role: "editor" });
    const presses = await Promise.all([1, 2, 3].map(() => acceptInvitation(accounts, token, visit)));
    expect(presses.filter((press) => press !== null)).toHaveLength(1);
    expect(await findAccountByKey(accounts.db, "ben@example.org")).toMatchObject({
      role: "editor",
      addressVerified: true,
    });
    expect(await findInvitation(accounts, token)).toBeNull();
  });

  test("raises a role and never lowers one", async () => {
    const accounts = accountsFor(await open());
    await signInAs(accounts, "ben@example.org", "reader");
    const raised = await invite(accounts, ben);
    await acceptInvitation(accounts, "token" in raised ? raised.token : "", visit);
    expect(await findAccountByKey(accounts.db, "ben@example.org")).toMatchObject({ role: "editor" });
    const lower = await invite(accounts, { ...ben, role: "reader" });
    await acceptInvitation(accounts, "token" in lower ? lower.token : "", visit);
    expect(await findAccountByKey(accounts.db, "ben@example.org")).toMatchObject({ role: "editor" });
  });

  test("is good for a week, unless it is withdrawn", async () => {
    const accounts = accountsFor(await open());
    const kept = await invite(accounts, ben);
    await invite(accounts, { ...ben, address: "eve@example.org" });
    const eve = (await listInvitations(accounts.db, now)).find(({ address }) => address.startsWith("eve"));
    expect(await withdrawInvitation(accounts.db, eve!.hash)).toBe(true);
    expect(await listInvitations(accounts.db, now)).toHaveLength(1);
    accounts.setTime("2026-06-08T12:00:00.001Z");
    expect(await acceptInvitation(accounts, "token" in kept ? kept.token : "", visit)).toBeNull();
    expect(await listAccounts(accounts.db)).toEqual([]);
  });
});

describeOnBothDatabases("the first owner", (open) => {
  const request = { address: "ada@example.org", password: "twelve green owls in a row" };

  test("has the code of the console; it works once", async () => {
    const accounts = accountsFor(await open());
    const code = await createOwnerCode(accounts);
    expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/);
    const typed = code.toLowerCase().replaceAll("-", " ");
    const both = await Promise.all([
      setUpOwner(accounts, { ...request, code: typed }, visit),
      setUpOwner(accounts, { ...request, address: "eve@example.org", code }, visit),
    ]);
    expect(both.filter((answer) => "cookies" in answer)).toHaveLength(1);
    expect(both).toContainEqual({ code: "code" });
    expect((await listAccounts(accounts.db)).map(({ role }) => role)).toEqual(["owner"]);
  });

  test("is told what is wrong, and the code stays good", async () => {
    const accounts = accountsFor(await open());
    const code = await createOwnerCode(accounts);
    expect(await setUpOwner(accounts, { code: "AAAA-BBBB", address: "x", password: "short" }, visit)).toEqual(
      {
        code: "code",
        address: "one-at",
        password: "short",
      },
    );
    expect(await setUpOwner(accounts, { ...request, code }, visit)).toHaveProperty("cookies");
  });

  test("cannot be guessed: twelve tries a network", async () => {
    const accounts = accountsFor(await open());
    const guess = () => setUpOwner(accounts, { ...request, code: "AAAA-AAAA-AAAA-AAAA" }, visit);
    for (let n = 0; n < 12; n++) expect(await guess()).toEqual({ code: "code" });
    expect(await guess()).toEqual({ code: "too-many" });
  });

  test("stays: the last one cannot step down, of two at once one can", async () => {
    const accounts = accountsFor(await open());
    const { db } = accounts;
    const { account: ada } = await signInAs(accounts, "ada@example.org", "owner");
    expect(await changeRole(db, { id: ada.id, role: "reader" }, now)).toBe("last-owner");
    const { account: ben } = await signInAs(accounts, "ben@example.org", "owner");
    const down = [ada, ben].map(({ id }) => changeRole(db, { id, role: "editor" }, now));
    expect((await Promise.all(down)).sort()).toEqual(["done", "last-owner"]);
    expect(await changeRole(db, { id: "nobody", role: "editor" }, now)).toBe("unknown");
  });
});
