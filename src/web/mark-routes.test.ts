import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { openPages, type Pages, postForm } from "../../test/support/pages.ts";
import { cookieOf, signInAs } from "../../test/support/people.ts";
import { addFollow, findMarksOn, setMark } from "../library/library.ts";
import { findPaper } from "../papers/papers-store.ts";

const day = "2026-05-12";
const now = `${day}T12:00:00.000Z`;
const papers = [
  {
    id: "2605.00001",
    title: "Graph Nets: a survey of message passing",
    abstract: "We study graphs.",
    votes: 9,
  },
  { id: "2605.00002", title: "Speech without <b>labels</b>", abstract: "We study speech.", votes: 3 },
];

describeOnBothDatabases("marks by the pages", (open) => {
  async function openDay() {
    const db = await open();
    await saveDay(db, day, papers);
    const pages = await openPages(db, { now });
    const { account, cookie } = await signInAs(pages.accounts, "ada@x.test", "reader");
    const found = await findPaper(db, papers[0]!.id);
    if (!found || !("paper" in found)) throw new Error("the paper is missing");
    const { pk } = found.paper;
    const kinds = async () =>
      ((await findMarksOn(db, account.id, [pk])).get(pk) ?? []).map(({ kind }) => kind);
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    const send = (act: string, more = {}) =>
      postForm(pages, "/marks", { do: act, back: `/papers/date/${day}?x=1` }, { ...headers, ...more });
    return { db, pages, account, cookie, pk, kinds, send };
  }

  const read = async (pages: Pages, path: string, Cookie: string) =>
    (await pages.fetch(path, { headers: { Cookie } })).text();

  test("stand on every list for who keeps, and on none for others", async () => {
    const { pages, cookie } = await openDay();
    const lists = ["/", `/papers/date/${day}`, "/papers?q=graph", "/papers/2605.00001"];
    for (const path of lists) {
      expect(await read(pages, path, cookie), path).toContain('value="save 2605.00001"');
      const other = await pages.read(path);
      expect(other, path).not.toContain("save 2605.00001");
      expect(other, path).not.toContain("/assets/marks");
    }
  });

  test("never reach a page that is kept for others", async () => {
    const { db, pages, account, cookie, pk } = await openDay();
    const before = await pages.read("/");
    await setMark(db, account.id, { paperPk: pk, kind: "save" }, now);
    const answer = await pages.fetch("/", { headers: { Cookie: cookie } });
    expect(answer.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(await answer.text()).toContain("unsave 2605.00001");
    expect(await pages.read("/")).toBe(before);
  });

  test("go back to where the reader was, say what was done once, and undo it", async () => {
    const { pages, cookie, kinds, send } = await openDay();
    await send("more 2605.00001");
    const hidden = await send("hide 2605.00001");
    expect([hidden.status, hidden.headers.get("Location")]).toEqual([
      303,
      `/papers/date/${day}?x=1#p2605.00001`,
    ]);
    expect(await kinds()).toEqual(["hide"]);
    const note = cookieOf(hidden.headers.getSetCookie().filter((line) => line.includes(".marked=")));
    const told = await pages.fetch("/", { headers: { Cookie: `${cookie}; ${note}` } });
    expect(told.headers.getSetCookie().join()).toMatch(/\.marked=;.*Max-Age=0/);
    const page = await told.text();
    expect(page).toContain("Hidden, and fewer like it: Graph Nets");
    await send(/value="(restore [^"]+)"/.exec(page)![1]!);
    expect(await kinds()).toEqual(["more"]);
  });

  test("answer the script with what is marked now", async () => {
    const { send } = await openDay();
    const answer = await send("save 2605.00001", { Accept: "application/json" });
    expect(await answer.json()).toMatchObject({
      text: "Saved: Graph Nets: a survey of message passing",
      kinds: ["save"],
      state: "saved",
      paper: "2605.00001",
    });
  });

  test("are refused from another site, and for what is no act or no paper", async () => {
    const { kinds, send } = await openDay();
    expect((await send("save 2605.00001", { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    for (const act of ["love 2605.00001", "save 9999.99999", ""]) expect((await send(act)).status).toBe(404);
    expect(await kinds()).toEqual([]);
  });

  test("watched words are marked in lists, never as markup", async () => {
    const { db, pages, account, cookie } = await openDay();
    for (const value of ["message passing", "label"])
      await addFollow(db, account.id, { kind: "keyword", value }, now);
    for (const path of ["/", "/papers?q=speech", "/papers?q=graph"]) {
      const page = await read(pages, path, cookie);
      expect(page, path).toMatch(/<mark class="watched">(message passing|labels)<\/mark>/);
    }
    const page = await read(pages, "/", cookie);
    expect(page).not.toContain("<b>labels");
    expect(await pages.read("/")).not.toContain("watched");
  });
});
