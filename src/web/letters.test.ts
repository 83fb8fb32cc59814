import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, keepingMailer } from "../../test/support/letters.ts";
import { openPages, postForm } from "../../test/support/pages.ts";
import { endSubscription } from "../digest/unsubscribe.ts";

const day = "2026-05-12";
const root = mkdtempSync(join(tmpdir(), "broadsheet-letters-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describeOnBothDatabases("the owner's letters", (open) => {
  test("a test letter without a mail server is kept, and the page says so and shows it", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const data = mkdtempSync(join(root, "data-"));
    const pages = await openPages(db, { owner: true, data });
    expect(await pages.read("/letters")).toContain("There are none yet.");
    const asked = await postForm(pages, "/letters", { to: "owner@example.org" });
    expect([asked.status, asked.headers.get("Location")]).toEqual([303, "/letters?test=folder"]);
    expect(readdirSync(join(data, "letters"))).toHaveLength(1);
    const page = await pages.read("/letters?test=folder");
    expect(page).toContain(`it was kept in ${join(data, "letters")}, the newest below.`);
    expect(page).toMatch(/<a href="\/letters\/[^"]+\.eml"><bdi>Broadsheet, 12 May: .* and 2 more/);
    expect(page).toContain("to owner@example.org");
    expect(await db.selectFrom("deliveries").selectAll().execute()).toEqual([]);
  });

  test("by a mail server it says which took it, without the password, or why it did not", async () => {
    const db = await open();
    await saveDay(db, day, papersOf(day, 3));
    const env = { BROADSHEET_SMTP_URL: "smtps://me:secret@mail.example.org:465" };
    let taken = true;
    const refusal = { ok: false, permanent: true, reason: "550 no such user" } as const;
    const mailer = keepingMailer(() => (taken ? { ok: true } : refusal));
    const pages = await openPages(db, { owner: true, env, mailer });
    const asked = await postForm(pages, "/letters", { to: "owner@example.org" });
    expect(asked.headers.get("Location")).toBe("/letters?test=smtp");
    expect(mailer.letters.map(({ to }) => to)).toEqual(["owner@example.org"]);
    const page = await pages.read("/letters?test=smtp");
    expect(page).toContain("mail.example.org:465 took it.");
    expect(page).not.toContain("secret");
    taken = false;
    const refused = await postForm(pages, "/letters", { to: "owner@example.org" });
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining("550 no such user"),
    ]);
  });

  test("nobody else's: not by another site, not to who has left, not without an edition", async () => {
    const db = await open();
    const mailer = keepingMailer();
    const pages = await openPages(db, { owner: true, mailer });
    const send = async (to: string, headers?: Record<string, string>) => {
      const answer = await postForm(pages, "/letters", { to }, headers);
      return [answer.status, await answer.text()] as const;
    };
    expect(await send("owner@example.org")).toEqual([
      400,
      expect.stringContaining("There is no edition yet"),
    ]);
    await saveDay(db, day, papersOf(day, 2));
    const ada = await addConfirmedReader(db, "ada@example.org");
    await endSubscription(db, ada.token, { now: "2026-05-12T09:00:00.000Z" });
    expect(await send("ada@example.org")).toEqual([400, expect.stringContaining("has unsubscribed")]);
    expect(await send('"><script>x')).toEqual([400, expect.not.stringContaining("<script>x")]);
    expect((await send("owner@example.org", { "Sec-Fetch-Site": "cross-site" }))[0]).toBe(403);
    const stranger = await openPages(db, { mailer });
    expect((await postForm(stranger, "/letters", { to: "x@example.org" })).status).toBeGreaterThanOrEqual(
      303,
    );
    expect(mailer.letters).toEqual([]);
  });
});
