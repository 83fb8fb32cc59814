import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import { bounceOf } from "../../test/support/returned-letters.ts";
import { takeReturns } from "./take-returns.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describeOnBothDatabases("the Maildir of returned mail", (open) => {
  test("is taken in; a message that was recorded before a crash moved it is not counted again", async () => {
    const db = await open();
    const maildir = mkdtempSync(join(tmpdir(), "broadsheet-returns-"));
    folders.push(maildir);
    for (const name of ["new", "cur", "tmp"]) mkdirSync(join(maildir, name));
    await addConfirmedReader(db, "ada@example.org");
    const context = letterContextFor(db, "2026-05-12T09:00:00.000Z");
    const bounce = bounceOf({ to: "letters@example.org", recipient: "ada@example.org" });
    for (const name of ["1.first", "2.again"]) writeFileSync(join(maildir, "new", name), bounce);
    writeFileSync(
      join(maildir, "new", "3.other"),
      "From: grace@example.org\r\n\r\nThank you for the letter!",
    );
    expect(await takeReturns(context, maildir)).toBe(3);
    expect(readdirSync(join(maildir, "new"))).toEqual([]);
    const rows = await db.selectFrom("mail_returns").select(["class", "via", "suppressed"]).execute();
    expect(rows).toEqual([{ class: "hard", via: "maildir", suppressed: 1 }]);
    const readers = await db.selectFrom("subscribers").select("state").execute();
    expect(readers).toEqual([{ state: "suppressed" }]);
  });
});
