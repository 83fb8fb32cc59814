import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { addConfirmedReader } from "../../test/support/letters.ts";
import { openPages } from "../../test/support/pages.ts";
import { bounceOf } from "../../test/support/returned-letters.ts";
import type { Db } from "../database/dialect.ts";

const secret = "a-secret-of-some-length";
const bounce = bounceOf({ to: "letters@example.org", recipient: "ada@example.org" });

async function openDoor(db: Db, env: Record<string, string> = { BROADSHEET_BOUNCE_SECRET: secret }) {
  await addConfirmedReader(db, "ada@example.org");
  const pages = await openPages(db, { env });
  const post = (body: NonNullable<RequestInit["body"]>, headers: Record<string, string> = {}) =>
    pages.fetch("/mail/returned", {
      method: "POST",
      body,
      headers: { Authorization: `Bearer ${secret}`, ...headers },
    });
  const state = async () =>
    (await db.selectFrom("subscribers").select("state").executeTakeFirstOrThrow()).state;
  return { pages, post, state };
}

describeOnBothDatabases("the door for returned mail", (open) => {
  test("takes the raw message, and the same again without counting it twice", async () => {
    const { post, state, pages } = await openDoor(await open());
    const answer = await post(bounce, { "Content-Type": "message/rfc822" });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { class: "hard", known: true, suppressed: true, repeated: false },
    ]);
    expect(await state()).toBe("suppressed");
    expect(await (await post(bounce)).json()).toMatchObject({ repeated: true });
    expect(pages.errors).toEqual([]);
  });

  test("takes JSON with the message in it", async () => {
    const { post, state } = await openDoor(await open());
    const answer = await post(JSON.stringify({ event: "bounce", raw: bounce.toString() }), {
      "Content-Type": "application/json; charset=utf-8",
    });
    expect(await answer.json()).toMatchObject({ class: "hard", suppressed: true });
    expect(await state()).toBe("suppressed");
  });

  test("is shut to who does not know the secret, and not there when none is set", async () => {
    const { post, state } = await openDoor(await open());
    for (const header of ["", "Bearer ", `Bearer ${secret}x`, `Bearer ${secret.slice(1)}`, `Basic ${secret}`])
      expect((await post(bounce, { Authorization: header })).status).toBe(401);
    const shut = await openDoor(await open(), {});
    expect((await shut.post(bounce)).status).toBe(404);
    expect((await shut.pages.fetch("/mail/returned")).status).toBe(404);
    expect(await state()).toBe("confirmed");
  });

  test("refuses what is no message and what is too much; works where nothing is shown without signing in", async () => {
    const env = { BROADSHEET_BOUNCE_SECRET: secret, BROADSHEET_PRIVATE: "yes" };
    const { post } = await openDoor(await open(), env);
    const json = { "Content-Type": "application/json" };
    for (const body of ["", "{", "null", "[]", '{"raw":7}', '{"raw":""}'])
      expect((await post(body, json)).status).toBe(400);
    expect((await post("")).status).toBe(400);
    expect((await post("x".repeat(4 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await post("From: a@example.org\r\n\r\nhello")).status).toBe(200);
  });
});
