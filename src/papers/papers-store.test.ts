import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { arxivRecord, paperItem, paperRecord, save } from "../../test/support/world-papers.ts";
import type { SourceItem } from "./paper.ts";
import {
  countPapers,
  findPaper,
  findPapersByPk,
  latestChangeNumber,
  listChanges,
  listIdentifiers,
} from "./papers-store.ts";

function itemOf(...records: SourceItem["records"]): SourceItem {
  return { ...paperItem(), records };
}

describeOnBothDatabases("papers", (open) => {
  test("findPaper follows every way people write an id", async () => {
    const db = await open();
    const identifiers = [
      { scheme: "doi" as const, value: "10.1234/AbC" },
      { scheme: "acl" as const, value: "2020.acl-main.447" },
      { scheme: "conference" as const, value: "acl2020:447" },
    ];
    await save(db, [
      itemOf(arxivRecord("2001.00001", { identifiers })),
      itemOf(arxivRecord("hep-th/9901001")),
    ]);
    expect(await findPaper(db, "2001.00001")).toMatchObject({ paper: { id: "2001.00001" } });
    for (const id of [
      "2001.00001v2",
      "arXiv:2001.00001",
      "https://arxiv.org/pdf/2001.00001v1.pdf",
      "10.48550/arXiv.2001.00001",
      "10.1234/aBc",
      "https://doi.org/10.1234/abc",
      "2020.acl-main.447",
      "conference:acl2020:447",
    ]) {
      expect(await findPaper(db, id)).toEqual({ redirectTo: "2001.00001" });
    }
    expect(await findPaper(db, "hep-th/9901001v3")).toEqual({ redirectTo: "hep-th/9901001" });
    for (const id of ["", "2001.00009", "nonsense", "x".repeat(100_000), "2001.00001' or 1=1", "\u0000"]) {
      expect(await findPaper(db, id)).toBeNull();
    }
  });

  test("findPaper takes a minted id in capitals for what it is", async () => {
    const db = await open();
    const [outcome] = await save(db, [paperItem()]);
    const pk = outcome?.kind === "added" ? outcome.pk : -1;
    const { id } = (await findPapersByPk(db, [pk])).get(pk)!;
    expect(await findPaper(db, id)).toMatchObject({ paper: { pk } });
    expect(await findPaper(db, id.toUpperCase())).toEqual({ redirectTo: id });
    expect(await findPaper(db, `broadsheet:${id}`)).toEqual({ redirectTo: id });
  });

  test("findPapersByPk finds a paper that became part of another under its old pk too", async () => {
    const db = await open();
    const doi = { scheme: "doi" as const, value: "10.1234/a" };
    const outcomes = await save(db, [
      itemOf(paperRecord({ identifiers: [doi] })),
      itemOf(arxivRecord("2001.00001")),
    ]);
    const [a, b] = outcomes.map((outcome) => (outcome.kind === "added" ? outcome.pk : -1));
    await save(db, [itemOf(paperRecord({ identifiers: [doi, { scheme: "arxiv", value: "2001.00001" }] }))]);
    const found = await findPapersByPk(db, [b!, a!, 999]);
    expect([...found.keys()].sort()).toEqual([a, b]);
    expect(found.get(b!)).toEqual(found.get(a!));
    expect(await findPapersByPk(db, [])).toEqual(new Map());
  });

  test("listChanges gives every change once, in order, in slices", async () => {
    const db = await open();
    expect(await latestChangeNumber(db)).toBe(0);
    expect(await listChanges(db, 0, 10)).toEqual([]);
    const items = Array.from({ length: 7 }, () => paperItem());
    await save(db, items);
    expect(await countPapers(db)).toBe(7);
    const seen: number[] = [];
    for (let after = 0; ; ) {
      const slice = await listChanges(db, after, 3);
      if (slice.length === 0) break;
      seen.push(...slice.map((change) => change.pk));
      after = slice.at(-1)!.changeNumber;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    const last = await latestChangeNumber(db);
    const [changed] = items;
    await save(db, [{ ...changed!, records: [{ ...changed!.records[0]!, comments: "new" }] }]);
    expect(await listChanges(db, last, 10)).toMatchObject([
      { pk: seen[0], paper: { details: { comments: "new" } } },
    ]);
  });

  test("listIdentifiers gives all that lead to the paper, the best known first", async () => {
    const db = await open();
    const identifiers = [{ scheme: "conference" as const, value: "iclr2024:x" }];
    const [outcome] = await save(db, [itemOf(arxivRecord("2001.00001", { identifiers }))]);
    const pk = outcome?.kind === "added" ? outcome.pk : -1;
    expect(await listIdentifiers(db, pk)).toEqual([
      { scheme: "arxiv", value: "2001.00001" },
      { scheme: "conference", value: "iclr2024:x" },
    ]);
  });
});
