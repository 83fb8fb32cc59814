import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import type { Db } from "../database/dialect.ts";
import type { PaperRecord } from "../papers/paper.ts";
import { findPaper } from "../papers/papers-store.ts";
import { exportLibrary, importLibrary, parseLibrary } from "./document.ts";
import { addFollow, listFollows, listMarks, saveSettings, setMark } from "./library.ts";
import { addReferences } from "./references.ts";
import { selectReferences } from "./references-store.ts";

const day = "2026-05-12";
const at = `${day}T12:00:00.000Z`;
const later = `${day}T13:00:00.000Z`;
const me = "me";

async function openPapers(open: () => Promise<Db>, papers = papersOf(day, 3)) {
  const db = await open();
  await saveDay(db, day, papers);
  const pks = await Promise.all(papers.map(({ id }) => pkOf(db, id)));
  return { db, papers, pks };
}

async function pkOf(db: Db, id: string): Promise<number> {
  const found = await findPaper(db, id);
  if (!found || !("paper" in found)) throw new Error(`no paper ${id}`);
  return found.paper.pk;
}

function reference(title: string, more: Partial<PaperRecord> = {}): PaperRecord {
  return {
    source: "references",
    sourceId: title,
    identifiers: [],
    title,
    authors: [],
    categories: [],
    versions: [],
    links: [],
    ...more,
  };
}

describeOnBothDatabases("references", (open) => {
  test("that are papers here become saves, by identifier or by title and author; the others are kept", async () => {
    const { db, papers, pks } = await openPapers(open);
    const brought = [
      reference("Another title", { identifiers: [{ scheme: "arxiv", value: papers[0]!.id }] }),
      reference(`{${papers[1]!.title}}`, { authors: [{ name: "Grace Hopper", family: "Hopper" }] }),
      reference("A Book of $\\alpha$ Nobody Has", { abstract: "On  nothing." }),
      reference("…"),
    ];
    const report = await addReferences(db, me, brought, { folder: "thesis", now: at });
    expect(report).toEqual({ saved: 2, kept: 1, empty: 1 });
    expect(await addReferences(db, me, brought, { folder: "thesis", now: later })).toEqual(report);
    const marks = await listMarks(db, me);
    expect(marks.map((mark) => mark.paperPk).sort()).toEqual([pks[0]!, pks[1]!].sort());
    expect(marks.every((mark) => mark.folder === "thesis" && mark.kind === "save")).toBe(true);
    expect(await selectReferences(db, me, 10)).toMatchObject([
      { title: "A Book of α Nobody Has", abstract: "On nothing.", folder: "thesis" },
    ]);
  });
});

describeOnBothDatabases("a library as a document", (open) => {
  test("comes back as it was, here and elsewhere", async () => {
    const { db, pks } = await openPapers(open);
    await setMark(db, me, { paperPk: pks[0]!, kind: "save", folder: "a" }, at);
    await setMark(db, me, { paperPk: pks[1]!, kind: "less" }, at);
    await addFollow(db, me, { kind: "search", value: "graph nets" }, at);
    await saveSettings(db, me, { name: "Ada", vetoes: { words: ["deep"], reasons: [] } }, at);
    await addReferences(db, me, [reference("A Book Nobody Has")], { now: at });
    const document = await exportLibrary(db, me, later);
    const read = parseLibrary(JSON.stringify(document));
    expect(read).toEqual(document);
    const report = await importLibrary(db, "you", read, { now: later });
    expect(report).toEqual({ marks: 2, follows: 1, references: 1, unknown: [] });
    expect({ ...(await exportLibrary(db, "you", later)), references: [] }).toEqual({
      ...document,
      references: [],
    });
    // Where the papers are not held, what was liked still teaches; what was not is named.
    const elsewhere = await open();
    const there = await importLibrary(elsewhere, me, read, { now: later });
    expect(there).toMatchObject({ marks: 0, follows: 1, references: 2 });
    expect(there.unknown).toEqual([document.marks.find((mark) => mark.kind === "less")!.title]);
  });

  test("takes no more than a library may hold, however often one is brought", async () => {
    const { db } = await openPapers(open);
    const follows = (from: number) =>
      Array.from({ length: 120 }, (_, i) => ({ kind: "author" as const, value: `Ada N. ${from + i}`, at }));
    const bring = (given: ReturnType<typeof follows>) =>
      importLibrary(db, me, parseLibrary(JSON.stringify({ broadsheetLibrary: 1, follows: given })), {
        now: at,
      });
    await bring(follows(0));
    await expect(bring(follows(120))).rejects.toMatchObject({ code: "bad-input" });
    expect(await listFollows(db, me)).toHaveLength(120);
    await bring(follows(80));
    expect(await listFollows(db, me)).toHaveLength(200);
  });

  test("replaces the library only when it is told to", async () => {
    const { db, pks } = await openPapers(open);
    const empty = parseLibrary('{"broadsheetLibrary": 1}');
    await setMark(db, me, { paperPk: pks[0]!, kind: "save" }, at);
    await addFollow(db, me, { kind: "keyword", value: "music" }, at);
    await importLibrary(db, me, empty, { now: later });
    expect([await listMarks(db, me), await listFollows(db, me)].map((list) => list.length)).toEqual([1, 1]);
    await importLibrary(db, me, empty, { now: later, replace: true });
    expect([await listMarks(db, me), await listFollows(db, me)].map((list) => list.length)).toEqual([0, 0]);
  });
});

test.each([
  ["no JSON", "{", /not JSON/],
  ["another document", '{"a": 1}', /not a library/],
  ["another version", '{"broadsheetLibrary": 2}', /version 2/],
  [
    "a mark of no kind",
    '{"broadsheetLibrary":1,"marks":[{"paper":"x","kind":"love","at":"2026-01-01T00:00:00.000Z"}]}',
    /marks\.0\.kind/,
  ],
  ["a list too long", JSON.stringify({ broadsheetLibrary: 1, follows: Array(201).fill({}) }), /follows/],
])("says what is wrong with %s", (_, text, message) => {
  expect(() => parseLibrary(text)).toThrow(message);
});
