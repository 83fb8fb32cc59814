// The quality of the ranking on real papers and judged queries, with a floor under each figure. Figures are printed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listStems } from "../../src/search/analyzer.ts";
import { evaluateSet } from "../../src/search/evaluation.ts";
import { type JudgedSet, type KeywordSet, parseJudgedSet } from "../../src/search/judged-sets.ts";
import { shippedModelFile } from "../../src/search/meaning/shipped-model.ts";
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
  /** By file, the first three letters of its name: the stems of its titles. */
  const lists = new Map<string, Set<string>>();
  /** By the stems of the title: the id in the index. */
  const indexed = new Map<string, string>();
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
      indexed.set(title, paper.id);
      if (batch.push(paper) === 500) apply();
    }
    apply();
  }

  beforeAll(async () => {
    search = await openSearch({
      folder: join(folder, "index"),
      readOnly: false,
      meaning: { folder: join(folder, "vectors"), models: { own: null, shipped: shippedModelFile } },
    });
    await add(join(shared, "corpus/conference-papers.jsonl.gz"), conferenceList);
    for (const name of seeds.names()) {
      await add(join(shared, "seeds", name), pageText, ({ title }) => {
        const stems = listStems(title).join(" ");
        seedTitles.set(stems, title);
        const list = lists.get(name.slice(0, 3)) ?? new Set();
        lists.set(name.slice(0, 3), list.add(stems));
      });
    }
    await search.flush();
  }, 600_000);
  afterAll(() => search[Symbol.asyncDispose]());

  /** Figures of `auto` by measure, in hundredths, beside words alone; printed. */
  function judge(name: string, set: JudgedSet): Record<string, { auto: number; gain: number }> {
    const figures = evaluateSet(search, set, { mode: "auto", idOf: (id) => id });
    return Object.fromEntries(
      figures.map(({ measure, words, found, difference }) => {
        const [auto, before, low, high] = [found, words, difference.low, difference.high].map((x) => 100 * x);
        const interval = `[${low!.toFixed(1)}, ${high!.toFixed(1)}]`;
        console.log(
          `${name}: ${measure} auto ${auto!.toFixed(1)}, words ${before!.toFixed(1)}, difference in ${interval}`,
        );
        return [measure, { auto: auto!, gain: auto! - before! }];
      }),
    );
  }
  const judgeFile = (name: string) => judge(name, parseJudgedSet(JSON.parse(judged.text(name)))!);

  test("three to five adjacent words of a title find the paper, by both sides no worse than by words", () => {
    const figures = judgeFile("title-fragments.json");
    expect(figures["MRR@10"]!.auto).toBeGreaterThanOrEqual(91);
    expect(figures["R@10"]!.auto).toBeGreaterThanOrEqual(96.5);
    for (const { gain } of Object.values(figures)) expect(gain).toBeGreaterThanOrEqual(-0.6);
  }, 300_000);

  test("the authors' own summary in one sentence finds the paper", () => {
    const figures = judgeFile("summaries.json");
    expect(figures["MRR@10"]!.auto).toBeGreaterThanOrEqual(89);
    expect(figures["R@10"]!.auto).toBeGreaterThanOrEqual(95);
    for (const { gain } of Object.values(figures)) expect(gain).toBeGreaterThanOrEqual(1);
  }, 300_000);

  test("author keywords find their papers, also those whose text lacks the keyword", () => {
    const set = parseJudgedSet(JSON.parse(judged.text("author-keywords.json"))) as KeywordSet;
    // A third of the queries: each ranks thousands of papers.
    const figures = judge("author-keywords.json", {
      ...set,
      queries: set.queries.filter((_, i) => i % 3 === 0),
    });
    // Of so few queries chance alone moves the mean by more than a point.
    expect(figures.MAP!.gain).toBeGreaterThanOrEqual(-2);
    expect(figures["R@100"]!.gain).toBeGreaterThanOrEqual(3);
    expect(figures["R@100 where the text lacks it"]!.gain).toBeGreaterThanOrEqual(8);
  }, 300_000);

  test("similar papers by shared words and meaning together", () => {
    const figures = judgeFile("csfcube.json");
    expect(figures["nDCG%20"]!.gain).toBeGreaterThanOrEqual(1);
    expect(figures.MAP!.gain).toBeGreaterThanOrEqual(1);
  }, 300_000);

  test("the founding lists come out of the first 120 answers to their queries", () => {
    for (const [file, text, floor] of [
      ["000", "token position", 65],
      ["001", "input token", 70],
      ["004", "positional encoding", 48],
    ] as const) {
      const answers = [...lists.get(file)!].map((title) => indexed.get(title)!);
      const [figure] = Object.values(judge(file, { kind: "list", text, answers }));
      expect(figure!.auto).toBeGreaterThanOrEqual(floor);
    }
  }, 300_000);

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
      const { hits } = search.search({ query: mistype(title, 1), limit: 3 });
      return hits.some((hit) => listStems(hit.title).join(" ") === stems);
    });
    console.log(`titles with one letter wrong: ${found.length} of ${seedTitles.size} in the first three`);
    expect(found.length).toBeGreaterThanOrEqual(475);
  }, 300_000);
});
