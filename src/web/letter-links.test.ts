import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import { openPages, type Pages } from "../../test/support/pages.ts";
import type { Db } from "../database/dialect.ts";
import { sendDueLetters } from "../digest/send.ts";
import { eraseSubscriber } from "../digest/subscribers-store.ts";
import { endSubscription } from "../digest/unsubscribe.ts";

const day = "2026-05-12";
const hostile = '<script>alert(1)</script> "\u202e" & <img src=x>';

/** A reader who has had one letter, and its text. */
async function letterOf(db: Db) {
  const [first, ...others] = papersOf(day, 6);
  await saveDay(db, day, [{ ...first!, title: hostile }, ...others]);
  const reader = await addConfirmedReader(db, "ada@example.org");
  const context = letterContextFor(db, `${day}T09:00:00.000Z`);
  await sendDueLetters(context);
  const { text, html } = context.mailer.letters[0]!;
  const path = (pattern: RegExp) => new URL(pattern.exec(text)![0]).pathname;
  return {
    reader,
    html,
    more: path(/https:\S+\/m\/\S+\.m\.\S+/),
    less: path(/https:\S+\/m\/\S+\.l\.\S+/),
    save: path(/https:\S+\/m\/\S+\.s\.\S+/),
    copy: path(/https:\S+\/issues\/\S+/),
  };
}

function post(pages: Pages, path: string, fields: Record<string, string> = {}, headers = {}) {
  return pages.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers });
}

async function marks(db: Db) {
  return await db.selectFrom("library_marks").select(["keeper", "kind"]).orderBy("kind").execute();
}

describeOnBothDatabases("a letter's links", (open) => {
  test("say nothing when they are opened, and one thing to one paper when the button is pressed", async () => {
    const db = await open();
    const { reader, more, less, save } = await letterOf(db);
    const pages = await openPages(db);
    for (const path of [more, less, save]) {
      const page = await pages.fetch(path);
      expect([page.status, page.headers.get("Cache-Control"), page.headers.get("X-Robots-Tag")]).toEqual([
        200,
        "no-store",
        "noindex",
      ]);
      const html = await page.text();
      expect(html).toContain("&lt;script&gt;");
      expect(html).not.toContain("<script>alert");
      expect(html).not.toContain(reader.token);
    }
    expect(await marks(db)).toEqual([]);
    const keeper = `subscriber:${reader.pk}`;
    expect(await (await post(pages, more)).text()).toContain("Noted");
    expect((await post(pages, more)).status).toBe(200);
    await post(pages, save);
    expect(await marks(db)).toEqual([
      { keeper, kind: "more" },
      { keeper, kind: "save" },
    ]);
    expect(await (await post(pages, save, { undo: "yes" })).text()).toContain("Taken back");
    expect(await marks(db)).toEqual([{ keeper, kind: "more" }]);
    expect((await post(pages, less, {}, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
  });

  test("that are forged, of another reader, or of one who was erased open nothing", async () => {
    const db = await open();
    const { reader, more, copy } = await letterOf(db);
    const pages = await openPages(db);
    const other = await addConfirmedReader(db, "eve@example.org");
    const forged = [
      more.replace(".m.", ".l."),
      `${more.slice(0, -1)}${more.endsWith("A") ? "B" : "A"}`,
      more.replace(/\/m\/[^.]+/, `/m/${other.pk.toString(36)}`),
      copy.replace(/issues\/[^.]+/, `issues/${other.pk.toString(36)}`),
      "/issues/x",
      `/m/zzzzzzz.zzzz.zzzzzzz.m.${"A".repeat(22)}`,
    ];
    for (const path of forged) {
      expect((await pages.fetch(path)).status, path).toBe(404);
      if (path.startsWith("/m/")) expect((await post(pages, path)).status, path).toBe(404);
    }
    await eraseSubscriber(db, reader.pk);
    for (const path of [more, copy]) expect((await pages.fetch(path)).status).toBe(404);
    expect(await marks(db)).toEqual([]);
    expect(pages.errors).toEqual([]);
  });

  test("the web copy is the letter as it was, without the ways out, whatever changed since and whoever left", async () => {
    const db = await open();
    const { reader, copy, html } = await letterOf(db);
    const pages = await openPages(db, { env: { BROADSHEET_PUBLIC_URL: "https://daily.example.org" } });
    const answer = await pages.fetch(copy);
    expect(answer.headers.get("Content-Security-Policy")).toMatch(/^sandbox /);
    expect([answer.headers.get("Cache-Control"), answer.headers.get("X-Robots-Tag")]).toEqual([
      "no-store",
      "noindex",
    ]);
    const shown = await answer.text();
    expect(shown).not.toContain(reader.token);
    for (const words of ["&lt;script&gt;", "Paper 2 of 2026-05-12", "∵", "6 papers"]) {
      expect(html).toContain(words);
      expect(shown).toContain(words);
    }
    await db
      .updateTable("papers")
      .set({ title_text: "Another title", abstract_text: "Other words." })
      .execute();
    await endSubscription(db, reader.token, { now: `${day}T10:00:00.000Z` });
    expect(await pages.read(copy)).toBe(shown);
  });
});
