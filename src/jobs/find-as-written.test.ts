import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import type { Db } from "../database/dialect.ts";
import type { SourceItem } from "../papers/paper.ts";
import { saveItems } from "../papers/save-store.ts";
import { openSearch } from "../search/open-search.ts";
import { followPapers } from "./follow-search.ts";

const root = mkdtempSync(join(tmpdir(), "find-as-written-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

/** Titles as archives write them. */
const titles = [
  "A$^2$ATS: Retrieval-Based KV Cache Reduction",
  "On $\\alpha$-divergences and $\\ell_1$ norms",
  'Token-level uncertainty in H\\"older spaces',
  "A study of token level rewards",
  "ＦＵＬＬ－ＷＩＤＴＨ letters",
  "LongBench: a benchmark",
  "$\\beta$-VAE revisited",
];

function item(title: string, i: number): SourceItem {
  const sourceId = `2605.${String(i + 1).padStart(5, "0")}`;
  const record = {
    source: "arxiv" as const,
    sourceId,
    identifiers: [{ scheme: "arxiv" as const, value: sourceId }],
    title,
    abstract: `Abstract number ${i}.`,
    authors: [
      {
        name: i === 0 ? "Jérôme François" : "Ada Lovelace",
        family: i === 0 ? "François" : "Lovelace",
      },
    ],
    publishedOn: `2026-05-${String(i + 1).padStart(2, "0")}`,
    categories: ["cs.CL"],
    versions: [],
    links: [],
  };
  return { records: [record], submissions: [], announcements: [], signals: [], places: [] };
}

async function openFilled(db: Db) {
  await db
    .transaction()
    .execute((trx) =>
      saveItems(trx, titles.map(item), { now: "2026-05-12T12:00:00.000Z", origin: "import" }),
    );
  const search = await openSearch({ folder: join(root, String(folders++)), readOnly: false });
  await followPapers(db, search);
  return search;
}

describeOnBothDatabases("what is written one way is found another", (open) => {
  test("TeX, Greek, accents, width, hyphens and CamelCase, from import to result", async () => {
    const db = await open();
    await using search = await openFilled(db);
    const find = (query: string) =>
      search
        .search({ query, limit: 10, mode: "words", asTyped: true })
        .hits.map(({ id }) => Number(id.slice(5)));
    expect(find("A2ATS")).toEqual([1]);
    expect(find("A²ATS")).toEqual([1]);
    expect(find("alpha")).toEqual([2]);
    expect(find("α divergences")[0]).toBe(2);
    expect(find("holder")).toEqual([3]);
    expect(find("Hölder")).toEqual([3]);
    expect(find('"token-level"').sort()).toEqual([3, 4]);
    expect(find('"token level"').sort()).toEqual([3, 4]);
    expect(find("full-width")).toEqual([5]);
    expect(find("ｆｕｌｌ　ｗｉｄｔｈ")).toEqual([5]);
    expect(find("long bench")[0]).toBe(6);
    expect(find("beta VAE")[0]).toBe(7);
    expect(find("author:francois")).toEqual([1]);
    expect(find("category:CS date:2026-05-03..2026-05-04 token").sort()).toEqual([3, 4]);
    expect(find("id:arXiv:2605.00006v2")).toEqual([6]);
    expect(find("category:cs")).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });
});
