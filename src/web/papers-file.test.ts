import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { recordOf } from "../../test/support/entries.ts";
import { openPages, save } from "../../test/support/pages.ts";
import type { Db } from "../database/dialect.ts";
import { machineKeeper } from "../library/keeper.ts";
import { setMark } from "../library/library.ts";
import { paperFileFormats } from "../papers/file-formats.ts";
import type { SourceItem } from "../papers/paper.ts";

const numbered = (n: number): SourceItem => {
  const value = `2605.${String(n).padStart(5, "0")}`;
  const identifiers = [{ scheme: "arxiv" as const, value }];
  return {
    records: [recordOf({ sourceId: value, identifiers, title: `Counting ${n}` })],
    submissions: [{ day: "2026-05-12", source: "hub" }],
    announcements: [],
    signals: [],
    places: [{ listId: "../../x", listTitle: "A list", sourceFile: "x.txt", position: n }],
  };
};

/** More than a page of a shelf holds. */
const papers = 60;

async function openFilled(db: Db) {
  await save(db, ...Array.from({ length: papers }, (_, i) => numbered(i + 1)));
  return openPages(db);
}

const lists = [
  "/papers/date/2026-05-12",
  "/papers/week/2026-W20",
  "/papers/month/2026-05",
  "/",
  `/lists/${encodeURIComponent("../../x")}`,
  "/authors/Ada%20Lovelace",
  "/categories/cs.CL",
  "/papers?q=counting",
];

describeOnBothDatabases("a list as a file", (open) => {
  test("holds every paper of the list, in every form, under a name that is no path", async () => {
    const { fetch } = await openFilled(await open());
    for (const path of lists)
      for (const { name, extension, contentType } of Object.values(paperFileFormats)) {
        const answer = await fetch(`${path}${path.includes("?") ? "&" : "?"}format=${name}`);
        expect([path, answer.status, answer.headers.get("Content-Type")]).toEqual([path, 200, contentType]);
        expect(answer.headers.get("X-Robots-Tag")).toBe("noindex");
        expect(answer.headers.get("Content-Disposition")).toMatch(
          new RegExp(`^inline; filename="broadsheet-[A-Za-z0-9-]+\\.${extension.replace(".", "\\.")}"$`),
        );
        const text = await answer.text();
        for (const n of [1, papers]) expect(text).toMatch(new RegExp(`Counting ${n}\\b`));
      }
  });

  test("keeps the order of its page", async () => {
    const { read } = await openFilled(await open());
    const html = await read("/papers/date/2026-05-12");
    const onPage = [...html.matchAll(/ id="p(2605\.\d+)"/g)].map((match) => match[1]);
    const rows = parse(await read("/papers/date/2026-05-12?format=csv"), { columns: true }) as {
      id: string;
    }[];
    expect(rows.map(({ id }) => id)).toEqual(onPage);
  });

  test("in a form there is not is refused with those there are, whatever its name", async () => {
    const { fetch } = await openFilled(await open());
    for (const name of ["docx", "__proto__", "toString", ""]) {
      const answer = await fetch(`/papers/date/2026-05-12?format=${name}`);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain("bibtex, ris, csl-json, markdown, csv, jsonl");
    }
  });

  test("a day without papers is an empty file", async () => {
    const { read } = await openFilled(await open());
    expect(await read("/papers/date/2026-05-01?format=csl-json")).toBe("[\n\n]\n");
    expect(await read("/papers/date/2026-05-01?format=bibtex")).toBe("");
  });

  test("a file of one's library holds all of it, more than a search shows, and is nobody else's", async () => {
    const db = await open();
    const many = 230;
    await save(db, ...Array.from({ length: many }, (_, i) => numbered(i + 1)));
    const owner = await openPages(db, { owner: true });
    const pks = await db.selectFrom("papers").select("pk").execute();
    for (const { pk } of pks)
      await setMark(db, machineKeeper, { paperPk: pk, kind: "save" }, "2026-05-13T08:00:00.000Z");
    const answer = await owner.fetch("/papers?q=in:library&format=csv");
    expect(answer.headers.get("Cache-Control")).toContain("private");
    expect(answer.headers.get("Content-Disposition")).toContain("broadsheet-in-library.csv");
    const rows = parse(await answer.text(), { columns: true }) as object[];
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(many);
    const narrower = await owner.read(`/papers?q=${encodeURIComponent("in:library counting")}&format=jsonl`);
    expect(narrower.trim().split("\n")).toHaveLength(many);
    const stranger = await openPages(db);
    expect((await stranger.read("/papers?q=in:library&format=jsonl")).trim()).toBe("");
  });
});
