import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { ensureAccount, markVerified } from "../accounts/accounts-store.ts";
import type { Db } from "../database/dialect.ts";
import { findPaper } from "../papers/papers-store.ts";
import { saveItems } from "../papers/save-store.ts";
import { createFeedKey, findFeed, listFeedKeys, revokeFeedKey } from "./feed-keys.ts";
import {
  joinKeepers,
  keepersOfSubscribers,
  machineKeeper,
  resetLibrary,
  subscriberKeeper,
} from "./keeper.ts";
import { eraseKeeper, findKeeper, listKeepersAmong } from "./keepers-store.ts";
import {
  addFollow,
  findMarksOn,
  findSettings,
  listFolders,
  listFollows,
  listMarks,
  removeFollow,
  removeMark,
  savedPks,
  saveSettings,
  setMark,
} from "./library.ts";

const day = "2026-05-12";
const at = `${day}T12:00:00.000Z`;
const later = `${day}T12:00:01.000Z`;
const me = machineKeeper;

async function openPapers(open: () => Promise<Db>, count = 3) {
  const db = await open();
  const papers = papersOf(day, count);
  await saveDay(db, day, papers);
  const pks = await Promise.all(papers.map(({ id }) => pkOf(db, id)));
  return { db, ids: papers.map(({ id }) => id), pks };
}

async function pkOf(db: Db, id: string): Promise<number> {
  const found = await findPaper(db, id);
  if (!found || !("paper" in found)) throw new Error(`no paper ${id}`);
  return found.paper.pk;
}

async function revisionOf(db: Db, keeper: string): Promise<number> {
  return (await findKeeper(db, keeper))?.revision ?? 0;
}

const kindsOf = async (db: Db, keeper: string, pk: number) =>
  ((await findMarksOn(db, keeper, [pk])).get(pk) ?? []).map(({ kind }) => kind);

describeOnBothDatabases("marks", (open) => {
  test("are put, moved to a folder, taken back; each change raises the revision", async () => {
    const { db, pks } = await openPapers(open);
    const [a, b] = pks as [number, number];
    await setMark(db, me, { paperPk: a, kind: "save" }, at);
    await setMark(db, me, { paperPk: a, kind: "save", folder: "  graph\n nets " }, later);
    await setMark(db, me, { paperPk: b, kind: "later" }, later);
    expect(await listMarks(db, me)).toEqual([
      { paperPk: b, kind: "later", folder: "", markedAt: later },
      { paperPk: a, kind: "save", folder: "graph nets", markedAt: at },
    ]);
    expect(await listFolders(db, me)).toEqual([{ folder: "graph nets", papers: 1 }]);
    expect([...(await savedPks(db, me))].sort()).toEqual([a, b].sort());
    expect(await listMarks(db, me, { kinds: ["save"], folder: "graph nets" })).toHaveLength(1);
    expect(await revisionOf(db, me)).toBe(3);
    expect(await removeMark(db, me, { paperPk: a, kind: "save" }, later)).toBe(true);
    expect(await removeMark(db, me, { paperPk: a, kind: "save" }, later)).toBe(false);
    expect(await revisionOf(db, me)).toBe(4);
  });

  test("that say the opposite take each other's place; another keeper sees none of them", async () => {
    const { db, pks } = await openPapers(open, 1);
    const pk = pks[0]!;
    for (const kind of ["less", "more"] as const) await setMark(db, me, { paperPk: pk, kind }, at);
    expect(await kindsOf(db, me, pk)).toEqual(["more"]);
    await setMark(db, me, { paperPk: pk, kind: "hide" }, at);
    expect(await kindsOf(db, me, pk)).toEqual(["hide"]);
    await setMark(db, me, { paperPk: pk, kind: "save" }, at);
    expect(await kindsOf(db, me, pk)).toEqual(["save"]);
    expect(await kindsOf(db, "somebody else", pk)).toEqual([]);
  });

  test("refuse a folder's name that is too long", async () => {
    const { db, pks } = await openPapers(open, 1);
    const mark = { paperPk: pks[0]!, kind: "save", folder: "x".repeat(61) } as const;
    await expect(setMark(db, me, mark, at)).rejects.toMatchObject({ code: "bad-input" });
    expect(await listMarks(db, me)).toEqual([]);
  });

  test("go along when two papers turn out to be one", async () => {
    const { db, ids, pks } = await openPapers(open, 2);
    await setMark(db, me, { paperPk: pks[0]!, kind: "save" }, at);
    await setMark(db, me, { paperPk: pks[1]!, kind: "save", folder: "b" }, at);
    await setMark(db, "you", { paperPk: pks[1]!, kind: "later" }, at);
    const { absorbPapers } = await import("../papers/absorb-store.ts");
    await db
      .transaction()
      .execute((trx) => absorbPapers(trx, [{ from: pks[1]!, id: ids[1]!, to: pks[0]! }], at));
    expect(await listMarks(db, me)).toMatchObject([{ paperPk: pks[0]!, kind: "save", folder: "" }]);
    expect(await kindsOf(db, "you", pks[0]!)).toEqual(["later"]);
  });

  test("are removed with the sample's papers", async () => {
    const db = await open();
    const record = {
      source: "sample" as const,
      sourceId: "s1",
      identifiers: [],
      title: "A Sample Paper of Nothing",
      authors: [],
      categories: [],
      versions: [],
      links: [],
    };
    const item = { records: [record], submissions: [], announcements: [], signals: [], places: [] };
    const [outcome] = await db
      .transaction()
      .execute((trx) => saveItems(trx, [item], { now: at, origin: "sample" }));
    if (outcome?.kind !== "added") throw new Error("not added");
    await setMark(db, me, { paperPk: outcome.pk, kind: "save" }, at);
    const { removeSampleRows } = await import("../papers/sample-store.ts");
    await db.transaction().execute((trx) => removeSampleRows(trx, later));
    expect(await listMarks(db, me)).toEqual([]);
  });
});

describeOnBothDatabases("follows", (open) => {
  test("are kept once whatever their writing, listed in order, taken back", async () => {
    const db = await open();
    await addFollow(db, me, { kind: "author", value: "Jürgen  Schmidhuber" }, at);
    await addFollow(db, me, { kind: "author", value: "jurgen schmidhuber" }, later);
    await addFollow(db, me, { kind: "category", value: "cs.CL" }, later);
    await addFollow(db, me, { kind: "keyword", value: "Graph networks" }, later);
    await addFollow(db, me, { kind: "keyword", value: "graph network" }, later);
    await addFollow(db, me, { kind: "search", value: '"state space" year:2026' }, later);
    expect((await listFollows(db, me)).map(({ kind, value }) => `${kind}: ${value}`)).toEqual([
      "author: Jürgen Schmidhuber",
      "category: cs.CL",
      "keyword: Graph networks",
      'search: "state space" year:2026',
    ]);
    expect(await removeFollow(db, me, { kind: "author", value: "JURGEN SCHMIDHUBER" }, later)).toBe(true);
    expect(await removeFollow(db, me, { kind: "author", value: "Jürgen Schmidhuber" }, later)).toBe(false);
  });

  test.each([
    { kind: "category", value: "no category!" },
    { kind: "keyword", value: " … " },
    { kind: "author", value: "?" },
    { kind: "search", value: "x".repeat(2_001) },
  ] as const)("refuse $kind that says nothing or too much", async (follow) => {
    const db = await open();
    await expect(addFollow(db, me, follow, at)).rejects.toMatchObject({ code: "bad-input" });
    expect(await listFollows(db, me)).toEqual([]);
  });

  test("end at two hundred", async () => {
    const db = await open();
    for (let i = 0; i < 200; i++) await addFollow(db, me, { kind: "keyword", value: `word${i}` }, at);
    const oneMore = addFollow(db, me, { kind: "keyword", value: "one more" }, at);
    await expect(oneMore).rejects.toMatchObject({ code: "bad-input" });
    expect(await listFollows(db, me)).toHaveLength(200);
  });
});

describeOnBothDatabases("settings", (open) => {
  test("are kept whole, and refused with the place that is wrong", async () => {
    const db = await open();
    expect((await findSettings(db, me)).vetoes).toEqual({ words: [], reasons: [] });
    const settings = { name: " Ada Lovelace ", vetoes: { words: ["benchmark"], reasons: ["popular"] } };
    await saveSettings(db, me, settings, at);
    expect(await findSettings(db, me)).toMatchObject({ ...settings, name: "Ada Lovelace", arxivAuthor: "" });
    await expect(saveSettings(db, me, { name: 3 }, at)).rejects.toThrow(/name/);
    await expect(saveSettings(db, me, { colour: "red" }, at)).rejects.toMatchObject({ code: "bad-input" });
  });
});

describeOnBothDatabases("keys of private feeds", (open) => {
  test("open one feed until they are taken back, and no one else takes them back", async () => {
    const db = await open();
    const key = await createFeedKey(db, me, "folder: graph  nets", at);
    expect(await findFeed(db, key)).toEqual({ keeper: me, opens: "folder:graph nets" });
    const [listed] = await listFeedKeys(db, me);
    expect(await findFeed(db, listed!.name)).toBeNull();
    expect(await revokeFeedKey(db, "somebody else", listed!.name)).toBe(false);
    expect(await revokeFeedKey(db, me, listed!.name)).toBe(true);
    expect(await findFeed(db, key)).toBeNull();
    expect(await findFeed(db, "no key")).toBeNull();
    await expect(createFeedKey(db, me, "folder: ", at)).rejects.toMatchObject({ code: "bad-input" });
  });
});

describeOnBothDatabases("keepers", (open) => {
  test("join: marks the other has not judged, follows, keys; nothing stays behind", async () => {
    const { db, pks } = await openPapers(open);
    const [a, b] = pks as [number, number];
    await setMark(db, "from", { paperPk: a, kind: "save" }, at);
    await setMark(db, "from", { paperPk: b, kind: "more" }, at);
    await setMark(db, "to", { paperPk: b, kind: "less" }, at);
    await addFollow(db, "from", { kind: "keyword", value: "music" }, at);
    await saveSettings(db, "from", { name: "Ada" }, at);
    const key = await createFeedKey(db, "from", "today", at);
    await joinKeepers(db, { from: "from", to: "to" }, later);
    await joinKeepers(db, { from: "from", to: "to" }, later);
    expect([await kindsOf(db, "to", a), await kindsOf(db, "to", b)]).toEqual([["save"], ["less"]]);
    expect(await listFollows(db, "to")).toHaveLength(1);
    expect((await findFeed(db, key))?.keeper).toBe("to");
    expect(await listKeepersAmong(db, ["from", "to"])).toEqual(["to"]);
    await joinKeepers(db, { from: "to", to: "new" }, later);
    expect(await kindsOf(db, "new", b)).toEqual(["less"]);
  });

  test("of subscribers are their accounts once the address is confirmed", async () => {
    const { db, pks } = await openPapers(open, 1);
    const reader = { pk: 7, address_key: "ada@example.org" };
    const other = { pk: 8, address_key: "bob@example.org" };
    const address = { address: "ada@example.org", key: "ada@example.org" };
    const { account } = await ensureAccount(
      db,
      { ...address, role: "reader", verified: false } as Parameters<typeof ensureAccount>[1],
      at,
    );
    await setMark(db, subscriberKeeper(7), { paperPk: pks[0]!, kind: "save" }, at);
    expect((await keepersOfSubscribers(db, [reader, other], at)).get(7)).toBe("subscriber:7");
    await markVerified(db, account.id, at);
    const keepers = await keepersOfSubscribers(db, [reader, other], later);
    expect([...keepers]).toEqual([
      [7, account.id],
      [8, "subscriber:8"],
    ]);
    expect(await kindsOf(db, account.id, pks[0]!)).toEqual(["save"]);
  });

  test("are emptied but for their feeds, or erased whole", async () => {
    const { db, pks } = await openPapers(open, 1);
    await setMark(db, me, { paperPk: pks[0]!, kind: "save" }, at);
    const key = await createFeedKey(db, me, "saved", at);
    const before = await revisionOf(db, me);
    await resetLibrary(db, me, later);
    expect(await listMarks(db, me)).toEqual([]);
    expect(await findFeed(db, key)).not.toBeNull();
    expect(await revisionOf(db, me)).toBeGreaterThan(before);
    await db.transaction().execute((trx) => eraseKeeper(trx, me));
    expect(await listKeepersAmong(db, [me])).toEqual([]);
  });
});
