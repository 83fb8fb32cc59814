import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inventTopicPapers, type TopicPaper } from "../../../test/support/topic-papers.ts";
import type { SearchChange, SearchOptions } from "../search.ts";
import { SearchIndex } from "../search-index.ts";
import { writeModel } from "./model-file.ts";
import { trainModel } from "./train.ts";

const root = mkdtempSync(join(tmpdir(), "broadsheet-side-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const papers: TopicPaper[] = inventTopicPapers(300);
const shipped = join(root, "shipped.model");
const better = join(root, "better.model");

beforeAll(async () => {
  const settings = { epochs: 6, batch: 64, dimension: 32, vocabulary: { minPairCount: 3 } };
  await writeModel(shipped, await trainModel(papers, { settings }));
  await writeModel(better, await trainModel(papers, { settings: { ...settings, seed: 2 } }));
});

const change = (i: number, paper: TopicPaper | null = papers[i]!): SearchChange => ({
  changeNumber: i + 1,
  key: i,
  document: paper && { ...paper, key: i, id: `p${i}` },
});
const changes = papers.map((_, i) => change(i));

let folders = 0;
function newOptions(): SearchOptions & { models: string; own: string } {
  const folder = join(root, `data-${folders++}`);
  const own = join(folder, "meaning", "papers.model");
  mkdirSync(join(folder, "meaning"), { recursive: true });
  return {
    folder: join(folder, "index"),
    readOnly: false,
    models: join(folder, "meaning"),
    own,
    meaning: { folder: join(folder, "meaning", "vectors"), models: { own, shipped } },
  };
}

/** As jobs/follow-search.ts does it. */
function follow(index: SearchIndex, upTo = changes): void {
  for (;;) {
    const follower = index.changeNumber < upTo.length ? index : index.vectors;
    if (!follower) return;
    const since = follower.changeNumber;
    follower.apply(upTo.slice(since, since + 100), since);
  }
}

/** Papers of the topic that lack the word, among the first 60: only meaning finds them. */
function countWordless(index: SearchIndex, word: string): number {
  const { hits } = index.search({ query: word, limit: 60 });
  return hits.filter(({ key }) => !new RegExp(word, "i").test(papers[key]!.title + papers[key]!.abstract))
    .length;
}

describe("the index with meaning", () => {
  test("finds at once what was applied, and what meaning alone finds; says which mode it used", async () => {
    await using index = new SearchIndex(newOptions());
    index.apply(changes.slice(0, 299));
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
    expect(countWordless(index, "yeast")).toBeGreaterThan(0);
    const byWords = index.search({ query: "yeast", limit: 60, mode: "words" });
    expect(byWords.hits.flatMap(({ why = [] }) => why.map(({ kind }) => kind))).not.toContain("meaning");
    const last = papers[299]!;
    expect(index.search({ query: last.title, limit: 1, mode: "meaning" }).hits[0]!.key).not.toBe(299);
    index.apply([changes[299]!]);
    for (const mode of ["auto", "meaning", "words"] as const) {
      const answer = index.search({ query: `${last.title} ${last.abstract}`, limit: 1, mode });
      expect([answer.mode, answer.hits[0]!.key]).toEqual([mode, 299]);
    }
    index.apply([change(300, null), { changeNumber: 301, key: 299, document: null }]);
    const gone = index.search({ query: `${last.title} ${last.abstract}`, limit: 300, mode: "meaning" });
    expect(gone.hits.map(({ key }) => key)).not.toContain(299);
  });

  test("totals count what is found: pages are cut from one ranking", async () => {
    await using index = new SearchIndex(newOptions());
    index.apply(changes);
    const whole = index.search({ query: "yeast flour", limit: 150 });
    expect(whole.total).toBeGreaterThanOrEqual(whole.hits.length);
    const pages = [0, 1, 2].flatMap(
      (page) => index.search({ query: "yeast flour", limit: 50, offset: 50 * page }).hits,
    );
    expect(pages.map(({ key }) => key)).toEqual(whole.hits.map(({ key }) => key));
    expect(index.search({ query: '"yeast flour"', limit: 300 }).total).toBe(
      index.search({ query: '"yeast flour"', limit: 300, mode: "words" }).total,
    );
  });

  test("papers that are equally near stand by key, so that pages hold each once", async () => {
    await using index = new SearchIndex(newOptions());
    const alike = changes.slice(0, 12).map((one) => ({
      ...one,
      document: { ...one.document!, title: papers[0]!.title, abstract: "" },
    }));
    index.apply(alike);
    // Papers that change go to the end of the shelf.
    index.apply([3, 1].map((i, n) => ({ ...alike[i]!, changeNumber: 13 + n })));
    const found: number[] = [];
    for (let cursor: string | undefined; found.length < 30; ) {
      const asked = { query: papers[0]!.title, limit: 2, mode: "meaning" as const };
      const { hits, next } = index.search(cursor === undefined ? asked : { ...asked, cursor });
      found.push(...hits.map(({ key }) => key));
      if (next === undefined) break;
      cursor = next;
    }
    expect(found).toEqual(alike.map(({ key }) => key));
  });

  test("a title typed in full comes first, an unfinished word is left to the words", async () => {
    await using index = new SearchIndex(newOptions());
    index.apply(changes);
    for (const key of [3, 57, 120, 211]) {
      expect(index.search({ query: papers[key]!.title, limit: 1 }).hits[0]!.title).toBe(papers[key]!.title);
    }
    expect(index.search({ query: "yeast flo", prefix: true, limit: 5 }).mode).toBe("words");
    expect(index.search({ query: "xyzzy", limit: 5 }).mode).toBe("words");
  });

  test("vectors are read while words answer; what is applied meanwhile is given to them afterwards", async () => {
    const options = newOptions();
    {
      await using index = new SearchIndex(options);
      index.apply(changes.slice(0, 299));
    }
    await using again = new SearchIndex(options);
    const reading = again.prepareMeaning();
    expect(again.search({ query: "yeast", limit: 5 }).mode).toBe("words");
    expect(again.status().meaning).toMatchObject({ papers: 0, modelId: null });
    again.apply([changes[299]!]);
    expect(again.vectors).toBeNull();
    await reading;
    // The vectors lack a paper: words answer until it was given to them.
    expect(again.search({ query: "yeast", limit: 5 }).mode).toBe("words");
    follow(again);
    expect(again.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
    expect(again.status().meaning).toMatchObject({ papers: 300, changeNumber: 300 });
    await again.prepareMeaning();
  });

  test("a prepared request has its vectors, a reset while they are being read leaves none", async () => {
    const options = newOptions();
    {
      await using index = new SearchIndex(options);
      index.apply(changes);
    }
    {
      await using index = new SearchIndex({ ...options, readOnly: true });
      const asked = await index.prepare({ query: "yeast", limit: 5 });
      expect(index.search(asked).mode).toBe("auto");
    }
    await using index = new SearchIndex(options);
    const reading = index.prepareMeaning();
    await index.reset();
    await reading;
    expect(index.search({ query: "yeast", limit: 5 }).total).toBe(0);
    expect(index.status().meaning).toMatchObject({ papers: 0, changeNumber: 0, damage: null });
  });

  test("comes back from its files without making vectors anew", async () => {
    const options = newOptions();
    {
      await using index = new SearchIndex(options);
      index.apply(changes);
      index.apply([{ changeNumber: 301, key: 7, document: null }]);
    }
    await using again = new SearchIndex({ ...options, readOnly: true });
    expect(again.vectors).toBeNull();
    expect(again.status().meaning).toMatchObject({
      papers: 299,
      changeNumber: 301,
      changing: false,
      damage: null,
    });
    expect(again.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
    expect(countWordless(again, "yeast")).toBeGreaterThan(0);
  });

  test("damaged vectors are named and made again while words answer", async () => {
    const options = newOptions();
    {
      await using index = new SearchIndex(options);
      index.apply(changes);
    }
    const folder = options.meaning!.folder;
    const file = readdirSync(folder).find((name) => name.endsWith(".bin"))!;
    appendFileSync(join(folder, file), "x");
    await using index = new SearchIndex(options);
    expect(index.status().meaning!.damage).toBe(`${file} is missing or damaged`);
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("words");
    expect(index.vectors?.changeNumber).toBe(0);
    follow(index);
    expect(index.vectors).toBeNull();
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
    await index.flush();
    expect(index.status().meaning!.damage).toBeNull();
    expect(index.verify()).toBeNull();
    appendFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith(".bin"))!), "x");
    expect(index.verify()).toContain("is missing or damaged");
    follow(index);
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
  });

  test("vectors of the old model serve until those of the new one are complete", async () => {
    const options = newOptions();
    await using index = new SearchIndex(options);
    index.apply(changes);
    await index.flush();
    const before = index.status().meaning!;
    expect(before.own).toBe(false);
    copyFileSync(better, options.own);
    expect(index.vectors).toMatchObject({ changeNumber: 0 });
    expect(index.status().meaning!.own).toBe(true);
    index.vectors!.apply(changes.slice(0, 100), 0);
    expect(index.status().meaning).toMatchObject({
      modelId: before.modelId,
      changing: true,
      changeNumber: 100,
    });
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
    follow(index);
    const after = index.status().meaning!;
    expect(after).toMatchObject({ changing: false, papers: 300 });
    expect(after.modelId).not.toBe(before.modelId);
    await index.flush();
    await using again = new SearchIndex({ ...options, readOnly: true });
    expect(again.status().meaning!.modelId).toBe(after.modelId);
    expect(again.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
  });

  test("a restart in the middle of the change goes on with the old vectors", async () => {
    const options = newOptions();
    {
      await using index = new SearchIndex(options);
      index.apply(changes);
      await index.flush();
      copyFileSync(better, options.own);
      index.vectors!.apply(changes.slice(0, 100), 0);
    }
    await using index = new SearchIndex(options);
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
    expect(index.status().meaning).toMatchObject({ changing: true, changeNumber: 0 });
    follow(index);
    expect(index.status().meaning).toMatchObject({ changing: false, changeNumber: 300 });
  });

  test("a model that cannot be read is named and the one that ships is used", async () => {
    const options = newOptions();
    copyFileSync(shipped, options.own);
    appendFileSync(options.own, "x");
    await using index = new SearchIndex(options);
    index.apply(changes);
    expect(index.status().meaning!.damage).toContain("does not match its checksum");
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
  });

  test("without any model words answer", async () => {
    const options = newOptions();
    const meaning = { folder: options.meaning!.folder, models: { own: options.own, shipped: null } };
    await using index = new SearchIndex({ ...options, meaning });
    index.apply(changes);
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("words");
    expect(() => index.rankPairs(papers[0]!, papers)).toThrow("There is no meaning model");
    expect(index.similar({ key: 5, limit: 3 }).hits.length).toBe(3);
    copyFileSync(better, options.own);
    follow(index);
    expect(index.search({ query: "yeast", limit: 5 }).mode).toBe("auto");
  });

  test("a process beside the writer does not make many vectors anew", async () => {
    const options = newOptions();
    await using index = new SearchIndex({ ...options, readOnly: true });
    const many = Array.from({ length: 5_001 }, (_, i) => ({ changeNumber: i + 1, key: i, document: null }));
    index.apply(many);
    expect(index.status().meaning).toMatchObject({ changeNumber: 5_001 });
    copyFileSync(better, options.own);
    expect(index.vectors).toBeNull();
  });

  test("reset empties the vectors too", async () => {
    const options = newOptions();
    await using index = new SearchIndex(options);
    index.apply(changes);
    await index.flush();
    await index.reset();
    expect(readdirSync(options.meaning!.folder)).toEqual([]);
    expect(index.status().meaning).toMatchObject({ papers: 0, changeNumber: 0 });
    follow(index);
    expect(index.status().meaning).toMatchObject({ papers: 300 });
  });
});

describe("papers like a paper", () => {
  test("by key, by key and text, by pasted text; the paper itself is left out", async () => {
    await using index = new SearchIndex(newOptions());
    index.apply(changes);
    const paper = papers[10]!;
    for (const request of [{ key: 10 }, { key: 10, text: paper }, { text: paper }]) {
      const { hits } = index.similar({ ...request, limit: 10 });
      expect(hits.length).toBe(10);
      const same = hits.filter(({ key }) => papers[key]!.topic === paper.topic);
      expect(same.length).toBeGreaterThanOrEqual(8);
      expect(hits[0]!.key === 10).toBe(!("key" in request));
      expect(hits[0]!.why![0]!.kind).toBe("like");
      const page = index.similar({ ...request, limit: 5, offset: 5 }).hits;
      expect(page.map(({ key }) => key)).toEqual(hits.slice(5).map(({ key }) => key));
    }
    expect(index.similar({ key: 9_999, limit: 5 }).hits).toEqual([]);
  });

  test("like: in a query; words and conditions beside it narrow it, other modes fall back on the title's words", async () => {
    await using index = new SearchIndex(newOptions());
    index.apply(changes);
    const topicsOf = (query: string, mode: "auto" | "words") =>
      index.search({ query, limit: 10, mode }).hits.map(({ key }) => papers[key]!);
    const paper = papers[10]!;
    const alike = topicsOf("like:p10", "auto");
    expect(alike.length).toBe(10);
    expect(alike).not.toContain(paper);
    expect(alike.filter(({ topic }) => topic === paper.topic).length).toBeGreaterThanOrEqual(8);
    const narrowed = topicsOf("like:p10 moon", "auto");
    expect(narrowed.length).toBeGreaterThan(0);
    expect(narrowed.every(({ title, abstract }) => /moon/i.test(title + abstract))).toBe(true);
    expect(topicsOf("like:p10", "words")).not.toContain(paper);
    expect(index.search({ query: "like:p10", limit: 5, mode: "words" }).mode).toBe("words");
    expect(index.search({ query: "like:p9999", limit: 5 }).problem?.message).toContain("No paper here");
  });

  test("pairs are ranked without being in the index", async () => {
    await using index = new SearchIndex(newOptions());
    const order = index.rankPairs(papers[0]!, [papers[1]!, papers[5]!, papers[2]!]);
    expect(order[0]).toBe(1);
    expect([...order].sort()).toEqual([0, 1, 2]);
  });
});

test("where memory is short it answers the same, before and after a restart, and leaves nothing behind", async () => {
  const [ample, small] = [newOptions(), { ...newOptions(), small: true }];
  const ask = (index: SearchIndex) =>
    ["moon", "tide", "bridge"].flatMap((query) =>
      (["auto", "meaning"] as const).map((mode) =>
        index.search({ query, mode, limit: 40 }).hits.map(({ key, score }) => [key, score]),
      ),
    );
  {
    await using plain = new SearchIndex(ample);
    await using spare = new SearchIndex(small);
    for (const index of [plain, spare]) follow(index);
    expect(ask(spare)).toEqual(ask(plain));
    expect(ask(spare).filter((hits) => hits.length > 5).length).toBeGreaterThan(3);
  }
  await using plain = new SearchIndex(ample);
  await using spare = new SearchIndex(small);
  expect(ask(spare)).toEqual(ask(plain));
  expect(spare.similar({ key: 3, limit: 9 }).hits).toEqual(plain.similar({ key: 3, limit: 9 }).hits);
  expect(readdirSync(small.meaning!.folder).filter((name) => name.includes("scratch"))).toEqual([]);
});
