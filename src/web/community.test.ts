import { expect, test } from "vitest";
import { startArchive } from "../../test/support/archive/server.ts";
import { createSimulatedClock } from "../../test/support/archive/simulated-clock.ts";
import { createWorld } from "../../test/support/archive/world.ts";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { openWork } from "../../test/support/harvesting.ts";
import { openPages, type Pages } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import type { Role } from "../accounts/account.ts";

const day = "2026-05-12";
const now = `${day}T12:00:00.000Z`;
const [first] = papersOf(day, 1);
const world = createWorld({ seed: 5, from: "2026-05-11", until: day, papersPerDay: 3 });

/** Posts as somebody from our own pages; follows no redirect. */
async function openAs(pages: Pages, role: Role, address = `${role}@example.org`) {
  const { cookie, account } = await signInAs(pages.accounts, address, role);
  const headers = { "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  return {
    account,
    post: (path: string, fields: Record<string, string>) =>
      pages.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers }),
    read: async (path: string) => (await pages.fetch(path, { headers })).text(),
  };
}

describeOnBothDatabases("voting on a page", (open) => {
  test("is a form of one button, there and back, and the way to sign in for a stranger", async () => {
    const db = await open();
    await saveDay(db, day, [first!]);
    const pages = await openPages(db, { now });
    const path = `/papers/${first!.id}`;
    expect(await pages.read(path)).toContain(`href="/sign-in?next=${encodeURIComponent(path)}"`);
    const ada = await openAs(pages, "reader");
    expect(await ada.read(path)).toContain("Vote for it");
    const voted = await ada.post("/votes", { paper: first!.id });
    expect([voted.status, voted.headers.get("Location")]).toEqual([303, `${path}#vote`]);
    const after = await ada.read(path);
    expect(after).toContain("Take your vote back");
    expect(after).toContain("1 vote here.");
    await ada.post("/votes/undo", { paper: first!.id });
    expect(await ada.read(path)).toContain("Vote for it");
    expect((await ada.post("/votes", { paper: "9999.00000" })).status).toBe(404);
  });
});

describeOnBothDatabases("putting forward on a page", (open) => {
  test("fetches the record from its archive, once a day, and takes it back", async () => {
    const db = await open();
    const time = createSimulatedClock(now);
    await using archive = await startArchive({ world, clock: time.clock });
    const work = openWork(db, archive, time);
    await using _ = work.fetcher;
    const pages = await openPages(db, { now, work });
    const editor = await openAs(pages, "editor");
    const paper = world.papers.find(({ versions }) => versions[0]!.batch === 0)!;
    const shown = await editor.post("/submit", { what: `https://arxiv.org/abs/${paper.id}v1` });
    expect([shown.status, await shown.text()]).toEqual([
      200,
      expect.stringContaining("It is in today’s edition"),
    ]);
    const asked = archive.requests.length;
    expect(await pages.read(`/papers/date/${day}`)).toContain(`/papers/${paper.id}"`);
    const again = await editor.post("/submit", { what: paper.id });
    expect([again.status, archive.requests.length]).toEqual([409, asked]);
    expect((await editor.post("/submit/undo", { paper: paper.id })).status).toBe(303);
    expect(await pages.read(`/papers/date/${day}`)).not.toContain(`/papers/${paper.id}"`);
    const unknown = await editor.post("/submit", { what: "2605.99999" });
    expect(await unknown.text()).toContain("arXiv has no such paper.");
  });

  test("finds a title, or takes what is typed in", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", [{ id: "2605.00001", title: "Counting the Owls of the North" }]);
    const pages = await openPages(db, { now });
    const editor = await openAs(pages, "editor");
    const offered = await (await editor.post("/submit", { what: "counting owls" })).text();
    expect(offered).toContain("Is it one of these?");
    expect(offered).toContain('value="2605.00001"');
    expect((await editor.post("/submit/paper", { paper: "2605.00001" })).status).toBe(200);
    const begun = await editor.post("/submit/typed", { begin: "yes", title: "Cats <b>at</b> Night" });
    expect(await begun.text()).toContain('value="Cats &lt;b&gt;at&lt;/b&gt; Night"');
    const bad = await editor.post("/submit/typed", { title: "Cats", authors: "" });
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining("Write the whole title.")]);
    const typed = {
      title: "Cats <img src=x onerror=alert(1)> at Night",
      authors: "Ada Lovelace",
      abstract: "They see.",
      where: "",
    };
    expect((await editor.post("/submit/typed", typed)).status).toBe(200);
    const page = await pages.read(`/papers/date/${day}`);
    expect(page).toContain("at Night");
    expect(page).not.toContain("<img");
  });

  test("is not for readers, unless the owner lets them", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 3));
    const ids = papersOf("2026-05-11", 3).map(({ id }) => id);
    const strict = await openAs(await openPages(db, { now }), "reader");
    expect((await strict.post("/submit/paper", { paper: ids[0]! })).status).toBe(403);
    expect((await strict.post("/submit", { what: ids[0]! })).status).toBe(403);
    const open2 = await openPages(db, { now, env: { BROADSHEET_READER_SUBMISSIONS: "2" } });
    const reader = await openAs(open2, "reader");
    const outcomes = [];
    for (const id of ids) outcomes.push((await reader.post("/submit/paper", { paper: id })).status);
    expect(outcomes).toEqual([200, 200, 429]);
  });
});

describeOnBothDatabases("the desk of moderation", (open) => {
  test("shows what was reported, asks why, and keeps the log", async () => {
    const db = await open();
    await saveDay(db, day, [first!]);
    const pages = await openPages(db, { now });
    const reader = await openAs(pages, "reader");
    const editor = await openAs(pages, "editor");
    expect((await reader.post("/reports", { paper: first!.id, reason: "" })).status).toBe(400);
    const told = await reader.post("/reports", {
      paper: first!.id,
      reason: "<script>alert(1)</script>\u0000",
    });
    expect(told.status).toBe(200);
    const desk = await editor.read("/moderation");
    expect(desk).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    const paper = /name="paper" value="(\d+)"/.exec(desk)![1]!;
    expect((await editor.post("/moderation", { paper, action: "close", reason: "" })).status).toBe(400);
    expect((await editor.post("/moderation", { paper, action: "nonsense", reason: "x" })).status).toBe(400);
    expect((await reader.post("/moderation", { paper, action: "close", reason: "x" })).status).toBe(403);
    expect((await editor.post("/moderation", { paper, action: "close", reason: "all is well" })).status).toBe(
      303,
    );
    expect((await editor.post("/moderation", { paper, action: "close", reason: "x" })).status).toBe(409);
    const after = await editor.read("/moderation");
    expect(after).toContain("all is well");
    expect(after).toContain("editor@example.org");
    expect(after).toContain("nothing waits");
  });
});
