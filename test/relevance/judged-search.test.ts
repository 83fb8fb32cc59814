// The quality of the ranking on real papers and judged queries, with a floor under each figure. Figures are printed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listStems } from "../../src/search/analyzer.ts";
import { openSearch } from "../../src/search/open-search.ts";
import type { Search, SearchDocument } from "../../src/search/search.ts";
import { conferenceList } from "../../src/sources/conference-list.ts";
import { dailyJson } from "../../src/sources/daily-json.ts";
import type { FileFormat } from "../../src/sources/format.ts";
import { pageText } from "../../src/sources/page-text.ts";
import { readDocuments } from "../support/corpus-documents.ts";
import { sharedSamples } from "../support/shared-samples.ts";
import { mistype } from "../support/slips.ts";

const shared = process.env.BROADSHEET_SHARED ?? "../shared";
const conferences = sharedSamples("corpus/conference-papers.jsonl.gz", "judged search");
const daily = sharedSamples("corpus/hf-daily", "judged search");
const seeds = sharedSamples("seeds", "judged search");
const judged = sharedSamples("eval", "judged search");
const missing = conferences.missing || daily.missing || seeds.missing || judged.missing;

const folder = mkdtempSync(join(tmpdir(), "judged-search-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(missing)("search over the conference papers and the founding lists", () => {
  let search: Search;
  /** The titles of the founding lists as a person would type them. */
  const seedTitles = new Map<string, string>();
  /** By the stems of the title: what is in the index. */
  const indexed = new Set<string>();
  let key = 0;

  /** Adds the papers of a file whose title is not there yet. */
  async function add(
    path: string,
    format: FileFormat,
    seen?: (document: Omit<SearchDocument, "key">) => void,
  ) {
    let batch: Omit<SearchDocument, "key">[] = [];
    const apply = () => {
      search.apply(batch.map((paper) => ({ changeNumber: ++key, key, document: { ...paper, key } })));
      batch = [];
    };
    for await (const paper of readDocuments(path, format)) {
      seen?.(paper);
      const title = listStems(paper.title).join(" ");
      if (format !== conferenceList && indexed.has(title)) continue;
      indexed.add(title);
      if (batch.push(paper) === 500) apply();
    }
    apply();
  }

  beforeAll(async () => {
    search = await openSearch({ folder: join(folder, "index"), readOnly: false });
    await add(join(shared, "corpus/conference-papers.jsonl.gz"), conferenceList);
    for (const name of seeds.names()) {
      await add(join(shared, "seeds", name), pageText, ({ title }) => {
        seedTitles.set(listStems(title).join(" "), title);
      });
    }
    await search.flush();
  }, 600_000);
  afterAll(() => search[Symbol.asyncDispose]());

  interface Judged {
    q: string;
    id: string;
  }

  /** Mean reciprocal rank and share of queries with the paper among the first ten. */
  function judge(name: string) {
    const queries = JSON.parse(judged.text(name)) as Judged[];
    const ranks = queries.map(({ q, id }) => {
      const at = search.search({ query: q, limit: 10 }).hits.findIndex((hit) => hit.id === id);
      return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
    });
    const meanReciprocalRank = ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
    const foundInTen = ranks.filter(Number.isFinite).length / ranks.length;
    console.log(
      `${name}: MRR@10 ${meanReciprocalRank.toFixed(3)}, R@10 ${foundInTen.toFixed(3)}, ${ranks.length} queries`,
    );
    return { meanReciprocalRank, foundInTen };
  }

  test("three to five adjacent words of a title find the paper", () => {
    const { meanReciprocalRank, foundInTen } = judge("title-fragments.json");
    expect(meanReciprocalRank).toBeGreaterThanOrEqual(0.9);
    expect(foundInTen).toBeGreaterThanOrEqual(0.96);
  });

  test("the authors' own summary in one sentence finds the paper", () => {
    const { meanReciprocalRank, foundInTen } = judge("summaries.json");
    expect(meanReciprocalRank).toBeGreaterThanOrEqual(0.87);
    expect(foundInTen).toBeGreaterThanOrEqual(0.93);
  });

  test("with the daily papers loaded too, each of the 484 titles finds its paper first", async () => {
    for (const name of daily.names()) await add(join(shared, "corpus/hf-daily", name), dailyJson);
    expect(seedTitles.size).toBe(484);
    const missed = [...seedTitles].filter(([stems, title]) => {
      const [first] = search.search({ query: title, limit: 1 }).hits;
      return !first || listStems(first.title).join(" ") !== stems;
    });
    expect(missed).toEqual([]);
    expect(search.status().documents).toBeGreaterThan(95_000);
  }, 300_000);

  test("with one letter wrong, at least 475 of them are among the first three", () => {
    const found = [...seedTitles].filter(([stems, title]) => {
      const { hits } = search.search({ query: mistype(title, 1), limit: 3, mode: "words" });
      return hits.some((hit) => listStems(hit.title).join(" ") === stems);
    });
    console.log(`titles with one letter wrong: ${found.length} of ${seedTitles.size} in the first three`);
    expect(found.length).toBeGreaterThanOrEqual(475);
  }, 120_000);
});
