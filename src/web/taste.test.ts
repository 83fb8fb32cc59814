import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { openPages, postForm } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import { findSettings, listFollows, listMarks } from "../library/library.ts";

const day = "2026-05-12";
const now = `${day}T12:00:00.000Z`;
const papers = [
  {
    id: "2605.00001",
    title: "Graph neural networks",
    abstract: "We study message passing on graphs.",
    votes: 9,
  },
  { id: "2605.00002", title: "Graph transformers", abstract: "We study attention on graphs.", votes: 3 },
  { id: "2605.00003", title: "Speech recognition", abstract: "We study acoustic models.", votes: 2 },
].map((paper) => ({ ...paper, authors: ["Ada Lovelace"] }));

describeOnBothDatabases("the pages of a reader's own", (open) => {
  async function openDay() {
    const db = await open();
    await saveDay(db, day, papers);
    const pages = await openPages(db, { now });
    const { account, cookie } = await signInAs(pages.accounts, "ada@x.test", "reader");
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    const post = (path: string, fields: Record<string, string>) => postForm(pages, path, fields, headers);
    const read = async (path: string) => (await pages.fetch(path, { headers })).text();
    const sendFile = (name: string, text: string, more: Record<string, string> = {}) => {
      const body = new FormData();
      body.set("file", new File([text], name));
      for (const [key, value] of Object.entries(more)) body.set(key, value);
      return pages.fetch("/me/taste/file", { method: "POST", headers, body });
    };
    return { db, pages, keeper: account.id, headers, post, read, sendFile };
  }

  test("say how to begin, then show picks with their reasons", async () => {
    const { post, read, pages } = await openDay();
    const begin = await read("/today");
    for (const words of [
      "Nothing is known of you yet.",
      "save 2605.00001",
      'name="file"',
      'name="arxivAuthor"',
    ])
      expect(begin).toContain(words);
    const followed = await post("/follows", { kind: "search", value: "transformers", back: "/today" });
    expect([followed.status, followed.headers.get("Location")]).toEqual([303, "/today"]);
    const page = await read("/today");
    expect(page).toContain("matches your search ‘transformers’");
    expect(page).toContain('id="p2605.00002"');
    expect(page).not.toContain('id="p2605.00003"');
    await post("/marks", { do: "hide 2605.00002" });
    expect(await read("/today")).not.toContain("matches your search");
    expect(pages.errors).toEqual([]);
  });

  test("are kept by no cache, and for strangers there is the way in", async () => {
    const { pages, headers } = await openDay();
    for (const path of ["/today", "/me/taste", "/me/library", "/me/taste/library.json"]) {
      expect((await pages.fetch(path, { headers })).headers.get("Cache-Control"), path).toBe("no-store");
      const stranger = await pages.fetch(path);
      expect(stranger.headers.get("Location"), path).toContain("/sign-in");
    }
  });

  test("follow and stop; what cannot be followed is refused in words", async () => {
    const { db, keeper, post, read } = await openDay();
    await post("/follows", { kind: "author", value: "Ada Lovelace" });
    await post("/follows", { kind: "keyword", value: "attention" });
    expect(await read("/me/taste")).toContain("Ada Lovelace");
    await post("/follows/remove", { kind: "author", value: "ada lovelace" });
    expect((await listFollows(db, keeper)).map(({ value }) => value)).toEqual(["attention"]);
    expect((await post("/follows", { kind: "category", value: "<script>" })).status).toBe(400);
    expect((await post("/follows", { kind: "planet", value: "Mars" })).status).toBe(404);
  });

  test("show what was learned, and leave out what must not count", async () => {
    const { db, keeper, post, read } = await openDay();
    await post("/marks", { do: "save 2605.00001" });
    const page = await read("/me/taste");
    expect(page).toContain("learned from 1 paper for and 0 against");
    expect(page).toContain("Words that speak for a paper");
    const word = /name="of" value="words"\/><input type="hidden" name="value" value="([^"]+)"/.exec(
      page,
    )![1]!;
    await post("/me/taste/veto", { of: "words", value: word, on: "yes" });
    await post("/me/taste/veto", { of: "reasons", value: "popular", on: "yes" });
    expect((await findSettings(db, keeper)).vetoes).toEqual({ words: [word], reasons: ["popular"] });
    await post("/me/taste/veto", { of: "reasons", value: "popular", on: "no" });
    expect((await findSettings(db, keeper)).vetoes).toEqual({ words: [word], reasons: [] });
    await post("/me/taste/name", { name: "Ada Lovelace", arxivAuthor: "" });
    expect(await findSettings(db, keeper)).toMatchObject({ name: "Ada Lovelace", vetoes: { words: [word] } });
  });

  test("take references and a library in, give it out, and empty it when sure", async () => {
    const { db, keeper, post, read, sendFile } = await openDay();
    const bib =
      "@article{a, title={Graph transformers}, author={Ada Lovelace}, year={2026}, eprint={2605.00002}, archivePrefix={arXiv}}";
    expect((await sendFile("mine.bib", bib)).status).toBe(303);
    expect((await listMarks(db, keeper)).map(({ kind }) => kind)).toEqual(["save"]);
    await post("/follows", { kind: "category", value: "cs.CL" });
    const file = await read("/me/taste/library.json");
    expect((await post("/me/taste/reset", {})).status).toBe(400);
    await post("/me/taste/reset", { sure: "yes" });
    expect([await listMarks(db, keeper), await listFollows(db, keeper)]).toEqual([[], []]);
    expect((await sendFile("library.json", file, { replace: "yes" })).status).toBe(303);
    expect((await listMarks(db, keeper)).length + (await listFollows(db, keeper)).length).toBe(2);
    for (const [name, text] of [
      ["x.txt", "hello"],
      ["x.json", '{"broadsheetLibrary": 1, "marks": 3}'],
      ["x.bib", ""],
    ] as const)
      expect((await sendFile(name, text)).status, name).toBe(400);
  });

  test("search among one's own, and follow what a page is of", async () => {
    const { pages, post, read } = await openDay();
    await post("/marks", { do: "later 2605.00003" });
    expect(await read("/papers?q=in:library+zymurgy")).toContain("Only papers you saved were looked at.");
    for (const query of ["in:library", "in:(library)", 'in:"Library"', "in：library"]) {
      const found = await read(`/papers?q=${encodeURIComponent(query)}`);
      expect(found, query).toContain('id="p2605.00003"');
      expect(found, query).not.toContain('id="p2605.00001"');
    }
    expect(await pages.read("/papers?q=in:library")).not.toContain('id="p2605.00003"');
    const author = "/authors/Ada%20Lovelace";
    expect(await read(author)).toContain("Follow<bdi> Ada Lovelace");
    await post("/follows", { kind: "author", value: "Ada Lovelace", back: author });
    expect(await read(author)).toContain("Stop following<bdi> Ada Lovelace");
    for (const path of [author, "/papers?q=graphs"]) expect(await pages.read(path)).not.toContain("/follows");
    expect(await read("/papers?q=graphs")).toContain('name="value" value="graphs"');
  });

  test("list what was marked by kind and by folder", async () => {
    const { post, read } = await openDay();
    await post("/marks", { do: "save 2605.00001" });
    await post("/marks", { do: "later 2605.00003" });
    const moved = await post("/me/library/folder", { paper: "2605.00001", folder: "graph nets" });
    expect(moved.headers.get("Location")).toBe("/me/library?folder=graph+nets");
    expect(await read("/me/library?folder=graph+nets")).toContain("Graph neural networks");
    expect(await read("/me/library?kind=later")).toContain("Speech recognition");
    expect(await read("/me/library?folder=none")).toContain("Nothing yet.");
  });
});
