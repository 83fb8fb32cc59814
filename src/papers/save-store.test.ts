// One paper from many sources, on both databases: what is added, joined, changed, left alone, and made one.

import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { fc } from "../../test/support/properties.ts";
import { heldIdentifiers, namedByRecords } from "../../test/support/world-identifiers.ts";
import {
  arxivRecord,
  itemArbitrary,
  paperItem,
  paperRecord,
  type RecordGiven,
  save,
  saveKinds,
  testNow,
} from "../../test/support/world-papers.ts";
import { countStatements } from "../../test/support/world-statements.ts";
import type { Db } from "../database/dialect.ts";
import { listItems, listMerges } from "./export-store.ts";
import type { PaperRecord, SourceItem } from "./paper.ts";
import { countPapers, findPaper, findPapersByPk, latestChangeNumber, listChanges } from "./papers-store.ts";
import { saveItems } from "./save-store.ts";

const title = "Attention over Very Long Sequences";
const abstract = "We read very long sequences with attention that forgets what it does not need any more.";

function itemOf(...records: PaperRecord[]): SourceItem {
  return { records, submissions: [], announcements: [], signals: [], places: [] };
}

async function onlyPaper(db: Db) {
  const changes = await listChanges(db, 0, 100);
  const papers = changes.flatMap((change) => (change.paper ? [change.paper] : []));
  expect(papers).toHaveLength(1);
  return papers[0]!;
}

describeOnBothDatabases("saveItems", (open) => {
  test("adds a paper with all that is said of it", async () => {
    const db = await open();
    const record = arxivRecord("2001.00001", {
      title: "On $\\alpha$",
      abstract,
      authors: ["Ada Lovelace", { name: "The Long Collaboration", literal: true }],
      categories: ["cs.CL", "cs.LG"],
      identifiers: [{ scheme: "doi", value: "10.1234/X" }],
      versions: [{ number: 1, submittedAt: testNow }],
      links: [{ kind: "code", url: "https://code.test" }],
      publishedOn: "2020-01-01",
    });
    expect(await saveKinds(db, [itemOf(record)])).toBe("added");
    expect(await findPaper(db, "2001.00001")).toMatchObject({
      paper: {
        id: "2001.00001",
        title: "On $\\alpha$",
        titleText: "On α",
        abstract,
        authors: record.authors,
        categories: ["cs.CL", "cs.LG"],
        primaryCategory: "cs.CL",
        versions: record.versions,
        links: record.links,
        year: 2020,
      },
    });
    expect(await findPaper(db, "doi:10.1234/x")).toEqual({ redirectTo: "2001.00001" });
  });

  test("the same again is unchanged and writes nothing", async () => {
    const db = await open();
    const items = [
      paperItem(
        { authors: ["Ada Lovelace"] },
        {
          submissions: [{ day: "2026-05-12", source: "hub" }],
          signals: [{ kind: "upvotes", source: "hub", observedAt: testNow, value: 3 }],
          places: [{ listId: "l", listTitle: "L", sourceFile: "l.txt", position: 1 }],
        },
      ),
    ];
    expect(await saveKinds(db, items)).toBe("added");
    const before = await dump(db);
    expect(await saveKinds(db, items, { now: "2027-01-01T00:00:00.000Z" })).toBe("unchanged");
    expect(await dump(db)).toEqual(before);
  });

  test("a record that changed updates its paper, under a new change number", async () => {
    const db = await open();
    const record = paperRecord({ title });
    await save(db, [itemOf(record)]);
    const before = await latestChangeNumber(db);
    expect(await saveKinds(db, [itemOf({ ...record, title: "Another Title Altogether" })])).toBe("updated");
    expect((await onlyPaper(db)).title).toBe("Another Title Altogether");
    expect(await listChanges(db, before, 10)).toHaveLength(1);
  });

  test("an older statement never replaces a newer one, in whatever order they come", async () => {
    const db = await open();
    const record = paperRecord({ title });
    const older = itemOf({ ...record, statedAt: "2026-05-10T00:00:00.000Z", comments: "old" });
    const newer = itemOf({ ...record, statedAt: "2026-05-11T00:00:00.000Z", comments: "new" });
    expect(await saveKinds(db, [older, newer])).toBe("added,updated");
    expect(await saveKinds(db, [older, newer])).toBe("unchanged,unchanged");
    expect((await onlyPaper(db)).details.comments).toBe("new");
  });

  test("a record of another source joins by identifier, and the merge is noted", async () => {
    const db = await open();
    const hub = paperRecord({
      source: "hub",
      sourceId: "2001.00001",
      identifiers: [{ scheme: "arxiv", value: "2001.00001" }],
    });
    await save(db, [itemOf(hub)]);
    expect(await saveKinds(db, [itemOf(arxivRecord("2001.00001", { title }))])).toBe("merged");
    const paper = await onlyPaper(db);
    expect(paper.title).toBe(title);
    expect(await listMerges(db, paper.pk)).toEqual([
      {
        source: "arxiv",
        sourceId: "2001.00001",
        reason: "identifier",
        evidence: "arxiv:2001.00001",
        mergedAt: testNow,
      },
    ]);
  });

  test("a listing entry joins by title and abstract, a proceedings by title and author", async () => {
    const db = await open();
    const listing = paperRecord({ source: "listing", title, abstract, abstractKind: "abstract" });
    await save(db, [itemOf(listing)]);
    const printed = paperRecord({
      title: title.toUpperCase(),
      abstract,
      authors: ["Ada Lovelace"],
      year: 2020,
    });
    const preprint = arxivRecord("2001.00001", { title, authors: ["A. Lovelace"], year: 2019 });
    expect(await saveKinds(db, [itemOf(printed), itemOf(preprint)])).toBe("merged,merged");
    const reasons = (await listMerges(db, (await onlyPaper(db)).pk)).map((merge) => merge.reason);
    expect(reasons).toEqual(["title-and-abstract", "title-and-author"]);
  });

  test("items of one batch meet each other", async () => {
    const db = await open();
    const record = paperRecord({ title, authors: ["Ada Lovelace"] });
    const other = paperRecord({ source: "hub", title, authors: ["Ada Lovelace"] });
    expect(await saveKinds(db, [itemOf(record), itemOf(other), itemOf(record)])).toBe(
      "added,merged,unchanged",
    );
    expect(await countPapers(db)).toBe(1);
  });

  test("a paper takes its arXiv id as soon as it has one, and its old id leads there", async () => {
    const db = await open();
    await save(db, [itemOf(paperRecord({ title, authors: ["Ada Lovelace"] }))]);
    const { id: minted, pk } = await onlyPaper(db);
    expect(minted).toMatch(/^[a-z][0-9a-z]{7}$/);
    await save(db, [itemOf(arxivRecord("2001.00001", { title, authors: ["Ada Lovelace"] }))]);
    expect(await onlyPaper(db)).toMatchObject({ id: "2001.00001", pk });
    expect(await findPaper(db, minted)).toEqual({ redirectTo: "2001.00001" });
  });

  test("two papers that turn out to be one are made one: nothing of either is lost, both ids lead there", async () => {
    const db = await open();
    const listed = { places: [{ listId: "l", listTitle: "L", sourceFile: "l.txt", position: 4 }] };
    const day = { day: "2026-05-12", source: "hub" };
    const vote = { kind: "upvotes" as const, source: "hub", observedAt: testNow, value: 3 };
    const printed = paperItem(
      { title: "The Printed Title of It", identifiers: [{ scheme: "doi", value: "10.1234/a" }] },
      { ...listed, submissions: [day], signals: [vote] },
    );
    const preprint = {
      ...itemOf(arxivRecord("2001.00001", { title: "The Title at arXiv" })),
      submissions: [day, { day: "2026-05-13", source: "hub" }],
      signals: [vote, { ...vote, observedAt: "2026-05-13T08:30:00.000Z" }],
      announcements: [{ source: "arxiv", category: "cs.CL", day: "2026-05-11", kind: "new" as const }],
    };
    await save(db, [printed, preprint]);
    const [first, second] = (await listChanges(db, 0, 10)).map((change) => change.paper!);
    await db
      .insertInto("sent_papers")
      .values([
        { subscriber_pk: 1, paper_pk: first!.pk, issue: "2026-05-12" },
        { subscriber_pk: 1, paper_pk: second!.pk, issue: "2026-05-13" },
        { subscriber_pk: 2, paper_pk: second!.pk, issue: "2026-05-13" },
      ])
      .execute();
    const before = await latestChangeNumber(db);
    const both = paperRecord({
      source: "hub",
      title: "A Third Title",
      identifiers: [
        { scheme: "arxiv", value: "2001.00001" },
        { scheme: "doi", value: "10.1234/a" },
      ],
    });
    expect(await saveKinds(db, [itemOf(both)])).toBe("merged");
    expect(await countPapers(db)).toBe(1);
    expect(await findPaper(db, first!.id)).toEqual({ redirectTo: "2001.00001" });
    expect(await findPaper(db, "2001.00001")).toMatchObject({ paper: { pk: first!.pk } });
    expect(await listChanges(db, before, 10)).toMatchObject([
      { pk: second!.pk, paper: null },
      { pk: first!.pk, paper: { id: "2001.00001", title: "The Title at arXiv" } },
    ]);
    const { items } = await listItems(db, 0, 10);
    expect(items[0]).toMatchObject({
      id: "2001.00001",
      aliases: [first!.id],
      submissions: [day, { day: "2026-05-13", source: "hub" }],
      announcements: preprint.announcements,
      places: [{ listId: "l", position: 4 }],
      merges: [
        { source: "hub", reason: "identifier", mergedId: "2001.00001" },
        { source: "hub", reason: "identifier" },
      ],
    });
    expect(items[0]!.records).toHaveLength(3);
    expect(items[0]!.signals).toHaveLength(2);
    const sent = await db.selectFrom("sent_papers").selectAll().orderBy("subscriber_pk").execute();
    expect(sent.map((row) => [row.subscriber_pk, row.paper_pk])).toEqual([
      [1, first!.pk],
      [2, first!.pk],
    ]);
  });

  test("a DOI that two arXiv papers claim does not make them one", async () => {
    const db = await open();
    const identifiers = [{ scheme: "doi" as const, value: "10.1234/a" }];
    const items = ["2001.00001", "2001.00002"].map((id) => itemOf(arxivRecord(id, { identifiers })));
    expect(await saveKinds(db, items)).toBe("added,added");
    expect(await findPaper(db, "10.1234/a")).toEqual({ redirectTo: "2001.00001" });
    expect(await saveKinds(db, items)).toBe("unchanged,unchanged");
  });

  test("a source that corrects its arXiv id moves over, and gives the wrong one up", async () => {
    const db = await open();
    const [right, wrong] = [arxivRecord("2001.00001"), arxivRecord("2001.00002")];
    const listed = paperRecord({ title, identifiers: [{ scheme: "arxiv", value: "2001.00002" }] });
    expect(await saveKinds(db, [itemOf(right), itemOf(wrong), itemOf(listed)])).toBe("added,added,merged");
    const corrected = { ...listed, identifiers: [{ scheme: "arxiv" as const, value: "2001.00001" }] };
    expect(await saveKinds(db, [itemOf(corrected)])).toBe("updated");
    const { items } = await listItems(db, 0, 10);
    expect(items.map((item) => [item.id, item.records.map((r) => r.source)])).toEqual([
      ["2001.00001", ["arxiv", "conference"]],
      ["2001.00002", ["arxiv"]],
    ]);
    expect(await saveKinds(db, [itemOf(corrected)])).toBe("unchanged");
    await expectConsistent(db);
  });

  test("alone on its paper, it takes the paper along to the right id, or back to one of ours", async () => {
    const db = await open();
    const listed = paperRecord({ title, identifiers: [{ scheme: "arxiv", value: "2001.00002" }] });
    await save(db, [itemOf(listed)]);
    await save(db, [itemOf({ ...listed, identifiers: [{ scheme: "arxiv", value: "2001.00001" }] })]);
    expect((await onlyPaper(db)).id).toBe("2001.00001");
    expect(await findPaper(db, "2001.00002")).toBeNull();
    await save(db, [itemOf({ ...listed, identifiers: [] })]);
    expect((await onlyPaper(db)).id).toMatch(/^[a-z][0-9a-z]{7}$/);
    expect(await findPaper(db, "2001.00001")).toBeNull();
    await expectConsistent(db);
  });

  test("a correction that brings two papers together leaves both old addresses leading somewhere", async () => {
    const db = await open();
    const listed = paperRecord({ title, identifiers: [{ scheme: "arxiv", value: "2001.00001" }] });
    await save(db, [itemOf(arxivRecord("2001.00002")), itemOf(listed)]);
    const corrected = { ...listed, identifiers: [{ scheme: "arxiv" as const, value: "2001.00002" }] };
    expect(await saveKinds(db, [itemOf(corrected)])).toBe("updated");
    expect((await onlyPaper(db)).id).toBe("2001.00002");
    expect(await findPaper(db, "2001.00001")).toEqual({ redirectTo: "2001.00002" });
    await expectConsistent(db);
    // Should the id turn out to be a paper's after all, it is that paper's.
    expect(await saveKinds(db, [itemOf(arxivRecord("2001.00001"))])).toBe("added");
    expect(await findPaper(db, "2001.00001")).toMatchObject({ paper: { id: "2001.00001" } });
    expect(await findPaper(db, "2001.00001v1")).toEqual({ redirectTo: "2001.00001" });
  });

  test("three papers titled withdrawn stay three", async () => {
    const db = await open();
    const items = ["a", "b", "c"].map((key) =>
      paperItem({
        title: "withdrawn",
        sourceId: `iclr2018:${key}`,
        identifiers: [{ scheme: "conference", value: `iclr2018:${key}` }],
        year: 2018,
        abstract: "withdrawn",
      }),
    );
    expect(await saveKinds(db, items)).toBe("added,added,added");
  });

  test("new facts of a known paper update it; the same facts do not", async () => {
    const db = await open();
    const item = paperItem();
    await save(db, [item]);
    const facts: Partial<SourceItem>[] = [
      { submissions: [{ day: "2026-05-12", source: "hub", submitter: "Ada", submittedAt: testNow }] },
      { signals: [{ kind: "stars", source: "hub", observedAt: testNow, value: 4, approximate: true }] },
      { announcements: [{ source: "arxiv", category: "cs.CL", day: "2026-05-12", kind: "new" }] },
      { places: [{ listId: "l", listTitle: "L", sourceFile: "l.txt", position: 2 }] },
    ];
    for (const fact of facts) {
      const before = await latestChangeNumber(db);
      expect(await saveKinds(db, [{ ...item, ...fact }])).toBe("updated");
      expect(await listChanges(db, before, 10)).toHaveLength(1);
      expect(await saveKinds(db, [{ ...item, ...fact }])).toBe("unchanged");
    }
    expect((await listItems(db, 0, 10)).items).toEqual([
      expect.objectContaining({
        submissions: facts[0]!.submissions,
        signals: facts[1]!.signals,
        announcements: facts[2]!.announcements,
        places: facts[3]!.places,
      }),
    ]);
  });

  test("in one batch too, the item that brings something new is the one that counts", async () => {
    const db = await open();
    const item = paperItem();
    const submitted = { ...item, submissions: [{ day: "2026-05-12", source: "hub" }] };
    expect(await saveKinds(db, [item, item, submitted, submitted, item])).toBe(
      "added,unchanged,updated,unchanged,unchanged",
    );
  });

  test("an import makes the sample's rows its own, and never the other way round", async () => {
    const db = await open();
    const facts = {
      submissions: [{ day: "2026-05-12", source: "hub" }],
      signals: [{ kind: "upvotes" as const, source: "hub", observedAt: testNow, value: 3 }],
      places: [{ listId: "l", listTitle: "L", sourceFile: "l.txt", position: 1 }],
    };
    const item = paperItem({}, facts);
    const origins = async () =>
      Promise.all(
        (["submissions", "signals", "lists"] as const).map(
          async (table) => (await db.selectFrom(table).select("origin").executeTakeFirstOrThrow()).origin,
        ),
      );
    await save(db, [item], { origin: "sample" });
    expect(await origins()).toEqual(["sample", "sample", "sample"]);
    await save(db, [item]);
    expect(await origins()).toEqual(["import", "import", "import"]);
    await save(db, [item], { origin: "sample" });
    expect(await origins()).toEqual(["import", "import", "import"]);
  });

  test("a refused item is said so and stops nothing", async () => {
    const db = await open();
    const outcomes = await save(db, [paperItem({ title: " " }), paperItem()]);
    expect(outcomes).toEqual([
      { kind: "rejected", reason: "it has no title" },
      expect.objectContaining({ kind: "added" }),
    ]);
  });

  test("keeps hostile text as it is", async () => {
    const db = await open();
    const hostile = "<script>alert('x')</script> \u202e \"; drop table papers; -- \\ \u2028 \u{1F600}";
    await save(db, [paperItem({ title: hostile, abstract: `\u0000${hostile}`, authors: [hostile] })]);
    expect(await onlyPaper(db)).toMatchObject({
      title: hostile,
      abstract: hostile,
      authors: [{ name: hostile }],
    });
  });

  test("ids of our own export are kept, with the older ones", async () => {
    const db = await open();
    const item = { ...paperItem({ title }), id: "k3vq80rd", aliases: ["a1b2c3d4"] };
    expect(await saveKinds(db, [item, item])).toBe("added,unchanged");
    expect((await onlyPaper(db)).id).toBe("k3vq80rd");
    expect(await findPaper(db, "a1b2c3d4")).toEqual({ redirectTo: "k3vq80rd" });
    expect(await saveKinds(db, [item])).toBe("unchanged");
  });

  test("an id that another paper has here is not taken from it", async () => {
    const db = await open();
    await save(db, [paperItem()]);
    const { id } = await onlyPaper(db);
    const [outcome] = await save(db, [
      { ...paperItem({ identifiers: [{ scheme: "doi", value: "10.1234/z" }] }), id },
    ]);
    // The export says it is that paper; both records are of it now.
    expect(outcome!.kind).toBe("merged");
    expect(await findPaper(db, id)).toMatchObject({ paper: { id } });
  });

  test("a batch takes a fixed number of statements", async () => {
    const db = await open();
    const counted: number[] = [];
    for (const size of [10, 40]) {
      const items = Array.from({ length: size }, () =>
        paperItem(
          {
            authors: ["Ada Lovelace"],
            categories: ["cs.CL"],
            identifiers: [{ scheme: "doi", value: `10.1234/${Math.random()}` }],
          },
          { submissions: [{ day: "2026-05-12", source: "hub" }] },
        ),
      );
      counted.push(
        await countStatements(db, (counting) =>
          counting.transaction().execute((trx) => saveItems(trx, items, { now: testNow, origin: "import" })),
        ),
      );
    }
    expect(counted[0]).toBeGreaterThan(5);
    // SQLite's VALUES lists come in a few sizes; nothing else may grow.
    expect(counted[1]! - counted[0]!).toBeLessThanOrEqual(6);
  });

  test.each([
    ["a record takes words back, and then leaves its paper", releasedItems(), 3],
    ["papers with merges of their own become one", mergedTwiceItems(), 3],
  ])("the same papers come out where %s, in one batch or two", async (_name, items, cut) => {
    const [whole, parts] = [await open(), await open()];
    await save(whole, items);
    await save(parts, items.slice(0, cut));
    await save(parts, items.slice(cut));
    expect(await papersOf(parts)).toEqual(await papersOf(whole));
  });

  test("however the items are cut into batches, the same papers come out", async () => {
    const scenario = fc.record({
      items: fc.array(itemArbitrary(), { minLength: 2, maxLength: 12 }),
      cut: fc.nat(12),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ items, cut }) => {
        const [whole, parts] = [await open(), await open()];
        const kinds = await saveKinds(whole, items);
        const cutKinds = [
          await saveKinds(parts, items.slice(0, cut)),
          await saveKinds(parts, items.slice(cut)),
        ];
        expect(cutKinds.filter(Boolean).map(newcomers).join()).toBe(newcomers(kinds));
        expect(await papersOf(parts)).toEqual(await papersOf(whole));
        await expectConsistent(whole);
        await expectConsistent(parts);
      }),
      { numRuns: 12 },
    );
  });
});

function releasedItems(): SourceItem[] {
  const wanderer = (given: RecordGiven) => paperItem({ sourceId: "wanderer", title: "Withdrawn", ...given });
  return [
    itemOf(arxivRecord("2001.00001", { title: "Withdrawn" })),
    wanderer({ authors: ["Ada Lovelace"] }),
    wanderer({ identifiers: [{ scheme: "arxiv", value: "2001.00001" }] }),
    wanderer({ identifiers: [{ scheme: "arxiv", value: "2001.00002" }] }),
  ];
}

function mergedTwiceItems(): SourceItem[] {
  const said = (sourceId: string, given: RecordGiven = {}) =>
    paperItem({ source: "arxiv", sourceId, title: "Withdrawn", ...given });
  const authors = ["Alan Turing"];
  const identifiers = [{ scheme: "doi" as const, value: "10.1234/b" }];
  return [
    said("one"),
    said("two", { authors }),
    said("three", { authors }),
    said("four"),
    said("one", { identifiers }),
    said("four", { identifiers, authors }),
  ];
}

/** Whether a fact was news may depend on what was one paper by then; whether a paper was must not. */
function newcomers(kinds: string): string {
  return kinds.replaceAll(/updated|unchanged/g, "known");
}

/** Every row leads to a paper that is there, every id that ever was leads somewhere, every change has its own number. */
async function expectConsistent(db: Db): Promise<void> {
  const papers = await db.selectFrom("papers").select(["pk", "id", "change_number"]).execute();
  const pks = new Set(papers.map((paper) => paper.pk));
  for (const table of [
    "paper_records",
    "identifiers",
    "contested_identifiers",
    "paper_authors",
    "merges",
    "signals",
    "submissions",
  ] as const) {
    const rows = await db.selectFrom(table).select("paper_pk").execute();
    expect(rows.filter((row) => !pks.has(row.paper_pk))).toEqual([]);
  }
  const removed = await db.selectFrom("removed_papers").selectAll().execute();
  for (const { pk, id } of removed) {
    expect(await findPaper(db, id)).not.toBeNull();
    expect((await findPapersByPk(db, [pk])).has(pk)).toBe(true);
  }
  const numbers = [...papers, ...removed].map((row) => row.change_number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(await heldIdentifiers(db)).toEqual(await namedByRecords(db));
  const followed = await listChanges(db, 0, 1000);
  expect(followed.map((change) => change.changeNumber)).toEqual(numbers.map(Number).sort((a, b) => a - b));
}

/** Without ids that only a stored paper could give up; two merges that differ in nothing else are one. */
async function papersOf(db: Db) {
  const { items } = await listItems(db, 0, 1000);
  return items.map(({ aliases: _, merges = [], ...item }) => {
    const noted = merges.map(({ mergedId: _id, ...merge }) => merge);
    return { ...item, merges: [...new Map(noted.map((merge) => [JSON.stringify(merge), merge])).values()] };
  });
}

async function dump(db: Db) {
  const tables = [
    "papers",
    "paper_records",
    "identifiers",
    "paper_authors",
    "merges",
    "signals",
    "submissions",
    "list_entries",
    "counters",
  ] as const;
  return Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
}
