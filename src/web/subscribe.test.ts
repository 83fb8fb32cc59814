import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { addConfirmedReader, confirmationToken } from "../../test/support/letters.ts";
import { openPages, postForm } from "../../test/support/pages.ts";
import type { Db } from "../database/dialect.ts";

const wishes = { address: "ada@example.org", time: "08:40", zone: "Europe/Berlin" };

async function everything(db: Db) {
  const [subscribers, deliveries] = [
    await db.selectFrom("subscribers").selectAll().execute(),
    await db.selectFrom("deliveries").selectAll().execute(),
  ];
  return JSON.stringify({ subscribers, deliveries });
}

describeOnBothDatabases("asking for the letter", (open) => {
  test("the form, then the same answer for a new, a waiting and a subscribed address", async () => {
    const db = await open();
    const pages = await openPages(db);
    const form = await pages.read("/subscribe");
    for (const name of ["address", "time", "zone"]) expect(form).toContain(`name="${name}"`);
    expect(form).toContain('<option value="Europe/Berlin"');
    await addConfirmedReader(db, "known@example.org");
    const answers: string[] = [];
    for (const address of ["new@example.org", "new@example.org", "known@example.org"]) {
      const answer = await postForm(pages, "/subscribe", { ...wishes, address });
      answers.push(`${answer.status} ${await answer.text()}`);
      expect(answer.headers.get("Set-Cookie")).toBeNull();
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain("Look into your mailbox");
    expect(answers[0]).not.toContain("example.org</");
  });

  test("what is wrong is said at the field, with what was typed, and nothing is written", async () => {
    const db = await open();
    const pages = await openPages(db);
    const answer = await postForm(pages, "/subscribe", {
      address: '"><script>x</script>@b',
      time: "99:99",
      zone: "Mars/Base",
    });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html.match(/class="error"/g)).toHaveLength(3);
    expect(html).toContain('aria-invalid="true"');
    expect(html).not.toContain("<script>x");
    expect((await postForm(pages, "/subscribe", {})).status).toBe(400);
    expect(await everything(db)).toBe('{"subscribers":[],"deliveries":[]}');
  });

  test("not from another site, not as another kind, not too much", async () => {
    const db = await open();
    const pages = await openPages(db);
    const refused: [number, Record<string, string>][] = [
      [403, { Origin: "https://evil.test" }],
      [403, { Origin: "null" }],
      [403, { "Sec-Fetch-Site": "cross-site", Origin: "https://papers.example.org" }],
      [403, { "Sec-Fetch-Site": "same-site" }],
      [415, { "Content-Type": "text/plain" }],
      [415, { "Content-Type": "application/json" }],
    ];
    for (const [status, headers] of refused)
      expect((await postForm(pages, "/subscribe", wishes, headers)).status).toBe(status);
    expect((await postForm(pages, "/subscribe", { ...wishes, more: "x".repeat(20_000) })).status).toBe(413);
    expect(await everything(db)).toBe('{"subscribers":[],"deliveries":[]}');
    const ours = { "Sec-Fetch-Site": "same-origin", Origin: "https://papers.example.org" };
    expect((await postForm(pages, "/subscribe", wishes, ours)).status).toBe(200);
    const proxied = { Origin: "https://papers.example.org" };
    expect(
      (await postForm(pages, "/subscribe", { ...wishes, address: "b@example.org" }, proxied)).status,
    ).toBe(200);
  });

  test("a network has a bound", async () => {
    const db = await open();
    const pages = await openPages(db);
    const statuses: number[] = [];
    for (let i = 0; i < 22; i++) {
      statuses.push(
        (await postForm(pages, "/subscribe", { ...wishes, address: `reader${i}@example.org` })).status,
      );
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});

describeOnBothDatabases("the confirmation link", (open) => {
  test("opening it, as scanners do, confirms nothing; the button does, once", async () => {
    const db = await open();
    const pages = await openPages(db);
    await postForm(pages, "/subscribe", wishes);
    const path = `/confirm/${await confirmationToken(db, "ada@example.org")}`;
    const before = await everything(db);
    for (const method of ["HEAD", "GET", "GET"]) {
      const answer = await pages.fetch(path, { method });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
    }
    expect(await everything(db)).toBe(before);
    expect(await pages.read(path)).toContain(`action="${path}"`);
    expect((await postForm(pages, path, {}, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect(await everything(db)).toBe(before);
    const done = await postForm(pages, path);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain("every day at 08:40 (Europe/Berlin)");
    expect((await postForm(pages, path)).status).toBe(404);
    expect((await pages.fetch(path)).status).toBe(404);
  });

  test("too old or invented: one and the same answer", async () => {
    const db = await open();
    const pages = await openPages(db);
    await postForm(pages, "/subscribe", wishes);
    const token = await confirmationToken(db, "ada@example.org");
    const later = await openPages(db, { now: "2026-06-04T12:00:00.000Z" });
    const old = await later.read(`/confirm/${token}`);
    expect(old).toBe(await later.read(`/confirm/${"x".repeat(32)}`));
    expect(old).toContain("ask for it again");
    for (const wrong of ["x", "..%2f..", `${token}=`, encodeURIComponent("<script>")]) {
      expect((await postForm(pages, `/confirm/${wrong}`)).status).toBe(404);
    }
  });
});

describeOnBothDatabases("the way out", (open) => {
  async function openWithReader() {
    const db = await open();
    const { token } = await addConfirmedReader(db, "ada@example.org");
    const state = async () =>
      (await db.selectFrom("subscribers").select("state").executeTakeFirstOrThrow()).state;
    return { db, pages: await openPages(db), path: `/u/${token}`, token, state };
  }

  const oneClick: [string, RequestInit][] = [
    [
      "urlencoded, as RFC 8058 has it",
      {
        body: "List-Unsubscribe=One-Click",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      },
    ],
    [
      "multipart",
      {
        body: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
        headers: { "Content-Type": "multipart/form-data; boundary=x" },
      },
    ],
    ["an empty body", {}],
    ["from anywhere", { headers: { Origin: "https://mail.example.net", "Sec-Fetch-Site": "cross-site" } }],
    [
      "a broken multipart body",
      { body: "--", headers: { "Content-Type": "multipart/form-data; boundary=x" } },
    ],
  ];

  test.each(oneClick)("POST ends it at once: %s", async (_name, init) => {
    const { pages, path, state } = await openWithReader();
    for (let i = 0; i < 2; i++) {
      const answer = await pages.fetch(path, { method: "POST", redirect: "manual", ...init });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("Set-Cookie")).toBeNull();
      expect(answer.headers.get("Location")).toBeNull();
      expect(await state()).toBe("unsubscribed");
    }
  });

  test("GET shows a button and changes nothing", async () => {
    const { pages, path, state } = await openWithReader();
    const page = await pages.fetch(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("Cache-Control")).toBe("no-store");
    expect(await page.text()).toContain(`<form class="form" method="post" action="${path}">`);
    await pages.fetch(`${path}?token=1`, { method: "HEAD" });
    expect(await state()).toBe("confirmed");
    await pages.fetch(path, { method: "POST" });
    expect(await pages.read(path)).toContain("The letter has stopped");
  });

  test("a changed token changes nothing and tells nothing", async () => {
    const { pages, token, state } = await openWithReader();
    const flipped = (token[0] === "A" ? "B" : "A") + token.slice(1);
    for (const wrong of [flipped, token.slice(1), `${token}A`, "x"]) {
      const answer = await pages.fetch(`/u/${wrong}`, { method: "POST" });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe(await pages.read("/nowhere"));
    }
    expect(await state()).toBe("confirmed");
  });
});

describe("hostile inputs", () => {
  const path = join(process.env.BROADSHEET_SHARED ?? "../shared", "hostile-inputs.json");
  const present = existsSync(path);
  if (!present) console.warn(`NOT RUN: hostile addresses, ${path} is missing`);

  test.skipIf(!present)(
    "no hostile input becomes an address that holds anything but one address",
    async () => {
      const { parseAddress } = await import("../mail/address.ts");
      const inputs = JSON.parse(readFileSync(path, "utf8")) as { area: string; input: unknown }[];
      const texts = inputs.map(({ input }) => (typeof input === "string" ? input : JSON.stringify(input)));
      expect(texts.length).toBeGreaterThan(100);
      for (const text of texts) {
        const parsed = parseAddress(text);
        if (!("problem" in parsed))
          expect(parsed.address).toMatch(/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]+\.[a-z0-9-]+$/i);
      }
    },
  );
});
