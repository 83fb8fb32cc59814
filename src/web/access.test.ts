import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openPages } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import { createAccessToken, type Scope, scopes } from "../accounts/access-tokens-store.ts";
import { type Role, roles } from "../accounts/account.ts";
import type { Db } from "../database/dialect.ts";
import { type Access, accessTable } from "../http/access.ts";
import { refusalOf } from "./guard-access.tsx";

const here = { "Sec-Fetch-Site": "same-origin" };

/** An address of the route; what its parameters name belongs to nobody. */
function addressOf({ path }: Access): string {
  return path.replace(/:\w+(\{[^}]*\})?/g, "x".repeat(32));
}

function initOf({ method }: Access, headers: Record<string, string>): RequestInit {
  const body = method === "POST" ? { body: new URLSearchParams({ account: "x", session: "x" }) } : {};
  return { method, headers: { ...here, ...headers }, ...body };
}

/** What the guard answers when it lets nobody through. */
function isTurnedAway(response: Response): boolean {
  const toSignIn = response.status === 303 && response.headers.get("Location")?.startsWith("/sign-in?next=");
  return toSignIn === true || response.status === 401 || response.status === 403;
}

const guarded = accessTable.filter(({ who }) => who !== "anyone");

describeOnBothDatabases("every route", (open) => {
  test("is in the table, and every entry is a route", async () => {
    const { routes } = await openPages(await open());
    const written = [...new Set(routes().map(({ method, path }) => `${method} ${path}`))].sort();
    expect(written).toEqual(accessTable.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test.each(["anonymous", ...roles] as const)(
    "as %s: the guarded ones open to the role and above only",
    async (role) => {
      const pages = await openPages(await open());
      const headers: Record<string, string> = {};
      if (role !== "anonymous") headers.Cookie = (await signInAs(pages.accounts, "ada@x.test", role)).cookie;
      for (const access of guarded) {
        const response = await pages.fetch(addressOf(access), initOf(access, headers));
        const expected = refusalOf(access, visitorWith(role), false) !== null;
        const told = `${access.method} ${access.path} as ${role}: ${response.status}`;
        if (expected) expect(isTurnedAway(response), told).toBe(true);
        else expect([200, 303, 400, 403, 404, 429], told).toContain(response.status);
      }
      expect(pages.errors).toEqual([]);
    },
  );

  test("on a private instance nothing but the ways in answers a stranger", async () => {
    const pages = await openPages(await open(), { env: { BROADSHEET_PRIVATE: "yes" } });
    for (const access of accessTable) {
      const response = await pages.fetch(addressOf(access), initOf(access, {}));
      const told = `${access.method} ${access.path}: ${response.status}`;
      if (access.always) expect(response.headers.get("Location") ?? "", told).not.toContain("next=");
      else expect(isTurnedAway(response), told).toBe(true);
    }
    const { cookie } = await signInAs(pages.accounts, "ada@x.test", "reader");
    expect((await pages.fetch("/about", { headers: { Cookie: cookie } })).status).toBe(200);
  });
});

function visitorWith(role: Role | "anonymous", allowed: readonly Scope[] | null = null) {
  return { role, account: null, session: null, scopes: allowed };
}

describeOnBothDatabases("a token", (open) => {
  async function tokenOf(db: Db, accountId: string, allowed: Scope[]) {
    const token = await createAccessToken(
      db,
      { accountId, name: "t", scopes: allowed },
      "2026-06-01T12:00:00.000Z",
    );
    return { Authorization: `Bearer ${token}` };
  }

  test("opens what its scopes name, whatever the role of its account", async () => {
    const db = await open();
    const pages = await openPages(db, { env: { BROADSHEET_PRIVATE: "yes" } });
    const { account } = await signInAs(pages.accounts, "ada@x.test", "owner");
    for (const scope of scopes) {
      const headers = await tokenOf(db, account.id, [scope]);
      for (const access of accessTable.filter(({ always }) => !always)) {
        const response = await pages.fetch(addressOf(access), initOf(access, headers));
        const told = `${access.method} ${access.path} with ${scope}: ${response.status}`;
        expect(response.status === 403, told).toBe(!access.scopes?.includes(scope));
      }
    }
  });

  test("that is unknown, or revoked with its account, opens nothing", async () => {
    const db = await open();
    const pages = await openPages(db, { env: { BROADSHEET_PRIVATE: "yes" } });
    const { account } = await signInAs(pages.accounts, "ada@x.test", "reader");
    const headers = await tokenOf(db, account.id, ["read"]);
    expect((await pages.fetch("/about", { headers })).status).toBe(200);
    await db.deleteFrom("accounts").execute();
    for (const Authorization of [headers.Authorization, "Bearer bst_x", "Bearer", "Basic YTpi"]) {
      const response = await pages.fetch("/about", { headers: { Authorization } });
      expect([401, 303]).toContain(response.status);
    }
  });
});

describe("the table", () => {
  test("names no route twice", () => {
    const names = accessTable.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test("lets no token change an account or sign in", () => {
    const open = accessTable.filter(
      ({ path, scopes: allowed }) => /^\/(me|accounts|sign)/.test(path) && allowed,
    );
    expect(open.map(({ path }) => path)).toEqual([]);
  });
});
