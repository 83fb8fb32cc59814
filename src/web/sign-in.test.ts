import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { keepingMailer } from "../../test/support/letters.ts";
import { openPages, type Pages, type PagesOptions, postForm } from "../../test/support/pages.ts";
import { cookieOf, signInAs, tokenIn } from "../../test/support/people.ts";
import { sendAccountLetters } from "../accounts/send-account-letters.ts";
import { createOwnerCode } from "../accounts/set-up.ts";
import type { Db } from "../database/dialect.ts";

const here = { "Sec-Fetch-Site": "same-origin" };
const password = "twelve green owls in a row";

async function deliver({ db, clock, settings, baseUrl }: Pages["accounts"]): Promise<string[]> {
  const mailer = keepingMailer();
  await sendAccountLetters({ db, clock, baseUrl, mailer, ...settings });
  return mailer.letters.map(({ text }) => text);
}

async function openWithOwner(db: Db, options: PagesOptions = {}) {
  const pages = await openPages(db, options);
  const code = await createOwnerCode(pages.accounts);
  const answer = await postForm(pages, "/set-up", { code, address: "ada@example.org", password });
  return { pages, answer, cookie: cookieOf(answer.headers.getSetCookie()) };
}

describeOnBothDatabases("signing in", (open) => {
  test("the owner by the code, then out, then in by password to where he was going", async () => {
    const { pages, answer, cookie } = await openWithOwner(await open());
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/me"]);
    const me = await (await pages.fetch("/me", { headers: { Cookie: cookie } })).text();
    expect(me).toContain("ada@example.org");
    expect(me).toContain("Accounts and invitations".toLowerCase());
    const out = await postForm(pages, "/sign-out", {}, { ...here, Cookie: cookie });
    expect(out.headers.getSetCookie().join()).toContain("__Host-broadsheet.session_token=; Max-Age=0");
    const gone = await pages.fetch("/me", { headers: { Cookie: cookie } });
    expect(gone.headers.get("Location")).toBe("/sign-in?next=%2Fme");
    const fields = { address: "ada@example.org", password, next: "/papers?q=owls" };
    const back = await postForm(pages, "/sign-in/password", fields);
    expect([back.status, back.headers.get("Location")]).toEqual([303, "/papers?q=owls"]);
  });

  test("cookies are bound to the host, unreadable to scripts, sent over https only", async () => {
    const { answer } = await openWithOwner(await open());
    const [session, ...others] = answer.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(session).toMatch(
      /^__Host-broadsheet\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test("over plain http the prefix and the flag are left out, all else stays", async () => {
    const { answer } = await openWithOwner(await open(), { baseUrl: "http://10.0.0.5:8420" });
    const [session] = answer.headers.getSetCookie();
    expect(session).toMatch(
      /^broadsheet\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test("by link: GET and HEAD as often as a scanner likes, POST once, in this browser", async () => {
    const { pages } = await openWithOwner(await open());
    const asked = await postForm(pages, "/sign-in/link", { address: "ada@example.org", next: "/lists" });
    const jar = asked.headers.getSetCookie();
    expect(jar.join()).toMatch(
      /^__Host-broadsheet\.asked=[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    const [letter = ""] = await deliver(pages.accounts);
    const path = `/sign-in/link/${tokenIn(letter)}`;
    expect(`https://papers.example.org${path}`.length).toBeLessThan(200);
    const Cookie = cookieOf(jar);
    for (const method of ["HEAD", "GET", "GET"]) {
      const look = await pages.fetch(path, { method, headers: { Cookie } });
      expect(look.status).toBe(200);
      expect(look.headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(look.headers.get("Cache-Control")).toBe("no-store");
      const html = await look.text();
      if (method === "GET") expect(html).toContain(`<form class="form" method="post" action="${path}">`);
      expect(html).not.toMatch(/http-equiv|onload|passkeys/);
    }
    expect((await pages.fetch(path)).status).toBe(403);
    expect((await postForm(pages, path, {})).status).toBe(401);
    const pressed = await postForm(pages, path, {}, { ...here, Cookie });
    expect([pressed.status, pressed.headers.get("Location")]).toEqual([303, "/lists"]);
    expect((await postForm(pages, path, {}, { ...here, Cookie })).status).toBe(401);
    expect((await pages.fetch(path, { headers: { Cookie } })).status).toBe(401);
  });

  test("the answer is the same for a known and an unknown address", async () => {
    const { pages } = await openWithOwner(await open());
    const answers = [];
    for (const address of ["ada@example.org", "nobody@example.org"]) {
      const asked = await postForm(pages, "/sign-in/link", { address });
      const wrong = await postForm(pages, "/sign-in/password", { address, password: "wrong" });
      const shown = (await wrong.text()).replaceAll(address, "ADDRESS");
      answers.push([asked.status, await asked.text(), wrong.status, shown]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(await deliver(pages.accounts)).toHaveLength(1);
  });

  test("another site can send none of the forms", async () => {
    const { pages, cookie } = await openWithOwner(await open());
    const foreign: Record<string, string>[] = [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { Origin: "https://evil.test" },
      { Origin: "null" },
    ];
    // Whoever knows the secret of these may, from wherever he comes; no cookie has a part in it.
    const bySecret = /^\/(?:u\/|mail\/returned$)/;
    const paths = pages.routes().filter(({ method, path }) => method === "POST" && !bySecret.test(path));
    for (const { path } of paths)
      for (const headers of foreign) {
        const answer = await postForm(
          pages,
          path.replace(/:\w+/, "x".repeat(32)),
          {},
          { ...headers, Cookie: cookie },
        );
        expect(`${path} ${answer.status}`).toBe(`${path} 403`);
      }
    expect((await pages.fetch("/me", { headers: { Cookie: cookie } })).status).toBe(200);
    const text = {
      method: "POST",
      body: '{"session":"others"}',
      headers: { ...here, Cookie: cookie, "Content-Type": "text/plain" },
    };
    expect((await pages.fetch("/me/sessions/end", text)).status).toBe(415);
  });

  test("signed-in pages are kept by no shared cache", async () => {
    const { pages, cookie } = await openWithOwner(await open());
    const seen = await pages.fetch("/about", { headers: { Cookie: cookie } });
    expect(seen.headers.get("Cache-Control")).toBe("private, no-cache");
    expect((await pages.fetch("/about")).headers.get("Cache-Control")).toBe("no-cache");
    expect((await pages.fetch("/me", { headers: { Cookie: cookie } })).headers.get("Cache-Control")).toBe(
      "no-store",
    );
    expect(seen.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});

describeOnBothDatabases("one's own page", (open) => {
  test("sessions end one by one, and all the others; nobody ends another's", async () => {
    const db = await open();
    const pages = await openPages(db);
    const first = await signInAs(pages.accounts, "ada@example.org", "reader");
    const second = await signInAs(pages.accounts, "ada@example.org", "reader");
    const eve = await signInAs(pages.accounts, "eve@example.org", "reader");
    const own = await db
      .selectFrom("account_sessions")
      .select("id")
      .where("account_id", "=", first.account.id)
      .execute();
    const asEve = { ...here, Cookie: eve.cookie };
    for (const { id } of own)
      expect((await postForm(pages, "/me/sessions/end", { session: id }, asEve)).status).toBe(404);
    await postForm(pages, "/me/sessions/end", { session: "others" }, { ...here, Cookie: second.cookie });
    expect((await pages.fetch("/me", { headers: { Cookie: first.cookie } })).status).toBe(303);
    expect((await pages.fetch("/me", { headers: { Cookie: second.cookie } })).status).toBe(200);
    expect((await pages.fetch("/me", { headers: { Cookie: eve.cookie } })).status).toBe(200);
  });

  test("a password is changed with the present one, and the other sessions end", async () => {
    const { pages, cookie } = await openWithOwner(await open());
    const other = await postForm(pages, "/sign-in/password", { address: "ada@example.org", password });
    const headers = { ...here, Cookie: cookie };
    const next = "eleven blue owls in a row";
    const wrong = await postForm(pages, "/me/password", { current: "wrong", password: next }, headers);
    expect([wrong.status, await wrong.text()]).toEqual([
      400,
      expect.stringContaining("not your present password"),
    ]);
    const short = await postForm(pages, "/me/password", { current: password, password: "owls" }, headers);
    expect(await short.text()).toContain("At least 15 characters");
    expect(
      (await postForm(pages, "/me/password", { current: password, password: next }, headers)).status,
    ).toBe(303);
    const gone = await pages.fetch("/me", { headers: { Cookie: cookieOf(other.headers.getSetCookie()) } });
    expect(gone.status).toBe(303);
    const old = await postForm(pages, "/sign-in/password", { address: "ada@example.org", password });
    expect(old.status).toBe(401);
  });

  test("a token is shown once, and revoked by its owner only", async () => {
    const db = await open();
    const pages = await openPages(db, { env: { BROADSHEET_PRIVATE: "yes" } });
    const ada = await signInAs(pages.accounts, "ada@example.org", "reader");
    const eve = await signInAs(pages.accounts, "eve@example.org", "reader");
    const headers = { ...here, Cookie: ada.cookie };
    expect((await postForm(pages, "/me/tokens", { name: "reader" }, headers)).status).toBe(400);
    const made = await (await postForm(pages, "/me/tokens", { name: "reader", read: "yes" }, headers)).text();
    const token = /bst_[\w-]{32}/.exec(made)![0];
    const asProgram = () => pages.fetch("/about", { headers: { Authorization: `Bearer ${token}` } });
    expect((await asProgram()).status).toBe(200);
    expect(await (await pages.fetch("/me", { headers })).text()).not.toContain(token);
    const [row] = await db.selectFrom("access_tokens").selectAll().execute();
    expect(JSON.stringify(row)).not.toContain(token.slice(4));
    expect(row?.last_used_at).toBe("2026-06-01T12:00:00.000Z");
    const revoke = (Cookie: string) =>
      postForm(pages, "/me/tokens/revoke", { token: row!.id }, { ...here, Cookie });
    expect((await revoke(eve.cookie)).status).toBe(404);
    expect((await revoke(ada.cookie)).status).toBe(303);
    expect((await asProgram()).status).toBe(401);
  });
});

describeOnBothDatabases("the owner at this machine", (open) => {
  const machine = { baseUrl: "http://127.0.0.1:8420", peer: "127.0.0.1" };

  test("needs no ceremony while there is no other, and is asked to sign in after", async () => {
    const pages = await openPages(await open(), machine);
    const get = (path: string) => pages.fetch(path, { headers: { Host: "127.0.0.1:8420" } });
    for (const path of ["/me", "/accounts", "/start", "/letters", "/set-up"])
      expect((await get(path)).status).toBe(200);
    const headers = { ...here, Host: "127.0.0.1:8420" };
    const invited = await postForm(
      pages,
      "/accounts/invite",
      { address: "ben@example.org", role: "reader" },
      headers,
    );
    const token = tokenIn(await invited.text());
    expect((await postForm(pages, `/invitation/${token}`, {}, headers)).status).toBe(303);
    expect((await get("/accounts")).status).toBe(200);
    const made = await postForm(pages, "/set-up", { address: "ada@example.org", password }, headers);
    expect(made.status).toBe(303);
    expect((await get("/accounts")).headers.get("Location")).toBe("/sign-in?next=%2Faccounts");
    expect((await postForm(pages, "/set-up", { address: "eve@example.org", password }, headers)).status).toBe(
      400,
    );
  });
});
