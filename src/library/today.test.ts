import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { type DayPaper, saveDay } from "../../test/support/days.ts";
import { subjects, tinyModel } from "../../test/support/tiny-model.ts";
import type { Db } from "../database/dialect.ts";
import { cacheEditions } from "../editions/edition-cache.ts";
import { followPapers } from "../jobs/follow-search.ts";
import { findPaper } from "../papers/papers-store.ts";
import { openSearch } from "../search/open-search.ts";
import { describeTaste } from "./describe-taste.ts";
import { addFollow, saveSettings, setMark } from "./library.ts";
import { openNewPapers } from "./new-papers.ts";
import { FeatureReader } from "./taste/features.ts";
import { loadTastes } from "./tastes.ts";
import { findToday } from "./today.ts";

const day = "2026-05-12";
const now = `${day}T12:00:00.000Z`;
const me = "this machine";
const reader = new FeatureReader(tinyModel());

const paper = (id: string, subject: keyof typeof subjects, more: Partial<DayPaper> = {}): DayPaper => ({
  id: `2605.${id}`,
  title: `A paper ${id} on ${subjects[subject].split(" ")[Number(id) % 7]}`,
  abstract: `We study ${subjects[subject]}.`,
  votes: 5,
  authors: [`Author ${id}`],
  ...more,
});
const saved = paper("00001", "graphs");
const papers = [
  paper("10000", "graphs"),
  paper("10001", "graphs", { authors: ["Ada Lovelace"] }),
  paper("10002", "speech"),
  paper("10003", "logic", { votes: 50 }),
  paper("10004", "logic"),
];

async function openDay(open: () => Promise<Db>) {
  const db = await open();
  await saveDay(db, "2026-04-01", [saved]);
  await saveDay(db, day, papers);
  return { db, pk: await pkOf(db, saved.id) };
}

async function pkOf(db: Db, id: string): Promise<number> {
  const found = await findPaper(db, id);
  if (!found || !("paper" in found)) throw new Error(`no paper ${id}`);
  return found.paper.pk;
}

const noSearch = {
  search: () => {
    throw new Error("nobody follows a search");
  },
};

const today = (db: Db, more: Partial<Parameters<typeof findToday>[0]> = {}) =>
  findToday(
    { db, search: noSearch, reader, newPapers: openNewPapers(cacheEditions(db)), categories: [], ...more },
    me,
    { now, limit: 4 },
  );

describeOnBothDatabases("a reader's own edition", (open) => {
  test("is chosen from the newest days by what is kept; what was judged is not offered", async () => {
    const { db, pk } = await openDay(open);
    expect(await today(db)).toMatchObject({ known: false, picks: [], days: [day], papers: 5 });
    await setMark(db, me, { paperPk: pk, kind: "save" }, now);
    const { picks } = await today(db);
    expect(picks.map(({ paper: { id } }) => id).sort()).toEqual(["2605.10000", "2605.10001"]);
    expect(picks[0]!.reasons[0]).toMatchObject({ kind: "taste", because: pk });
    expect(picks[0]!.reasons[0]!.text).toBe(`because you saved “${saved.title}”`);
    await setMark(db, me, { paperPk: await pkOf(db, "2605.10000"), kind: "hide" }, now);
    expect((await today(db)).picks.map(({ paper: { id } }) => id)).not.toContain("2605.10000");
  });

  test("knows the reader's own papers by name or arXiv author, and leaves them out", async () => {
    const { db } = await openDay(open);
    for (const settings of [{ name: "Ada LOVELACE" }, { arxivAuthor: "https://arxiv.org/a/lovelace_a_1" }]) {
      await saveSettings(db, me, settings, now);
      const { picks } = await today(db);
      expect(picks[0]!.paper.id).toBe("2605.10000");
      expect(picks[0]!.reasons[0]!.text).toMatch(/^because it is near your own “A paper 10001/);
      expect(picks.map(({ paper: { id } }) => id)).not.toContain("2605.10001");
    }
  });

  test("asks the search engine for followed searches", async () => {
    const { db } = await openDay(open);
    const folder = mkdtempSync(join(tmpdir(), "broadsheet-today-"));
    try {
      await using search = await openSearch({ folder, readOnly: false });
      await followPapers(db, search);
      await addFollow(db, me, { kind: "search", value: "voice phoneme -graph" }, now);
      const { picks } = await today(db, { search });
      expect(picks.map(({ paper: { id }, reasons }) => [id, reasons[0]!.text])).toEqual([
        ["2605.10002", "matches your search ‘voice phoneme -graph’"],
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("what was learned is kept until something changes, and can be seen", async () => {
    const { db, pk } = await openDay(open);
    const load = async () => (await loadTastes(db, [me, "nobody"], { reader, now })).get(me)?.learned;
    const kept = () => db.selectFrom("library_tastes").select(["revision", "learned_at"]).execute();
    await setMark(db, me, { paperPk: pk, kind: "save" }, now);
    const first = await load();
    expect(await kept()).toEqual([{ revision: 1, learned_at: now }]);
    expect(await load()).toEqual(first);
    await setMark(db, me, { paperPk: await pkOf(db, "2605.10004"), kind: "less" }, now);
    expect((await load())!.examples).toHaveLength(2);
    expect(await kept()).toEqual([{ revision: 2, learned_at: now }]);
    const facts = (await describeTaste(db, me, { reader, now }))!;
    expect(facts).toMatchObject({ positives: 1, negatives: 1 });
    expect(facts.for.map(({ stem }) => stem)).toContain("graph");
    expect(facts.against.map(({ stem }) => stem)).toContain("theorem");
    await saveSettings(
      db,
      me,
      { vetoes: { words: [], reasons: [facts.papers.find(({ kind }) => kind === "save")!.veto] } },
      now,
    );
    expect(await describeTaste(db, me, { reader, now })).toBeNull();
  });
});
