import { beforeAll, describe, expect, test } from "vitest";
import { inventTopicPapers } from "../../../test/support/topic-papers.ts";
import { LiveSegment } from "../live-segment.ts";
import { encodeEntry } from "./encode-entry.ts";
import type { Meaning } from "./hybrid.ts";
import { openNearStems } from "./near-stems.ts";
import { openStemSegments } from "./plan-stem-segments.ts";
import { rankPairs } from "./similar.ts";
import { listSimilar } from "./similar-papers.ts";
import { trainModel } from "./train.ts";
import { VectorShelf } from "./vector-shelf.ts";

const papers = inventTopicPapers(300, 4);
const segments = [new LiveSegment(), new LiveSegment()];
papers.forEach((paper, key) => {
  segments[key % 2]!.add({ ...paper, authors: [], key, id: `p${key}` });
});

describe("similar papers of a collection", () => {
  let meaning: Meaning;
  beforeAll(async () => {
    const settings = { epochs: 6, batch: 64, dimension: 32, vocabulary: { minPairCount: 3 } };
    const model = await trainModel(papers, { settings });
    const shelf = new VectorShelf(32);
    papers.forEach((paper, key) => {
      shelf.set(key, encodeEntry(model, paper));
    });
    meaning = { model, nearStems: openNearStems(model), shelf };
  });

  const similar = (key: number, limit: number, accepts = (other: number) => other !== key) =>
    listSimilar(meaning, { paper: papers[key]!, segments: openStemSegments(segments), limit, accepts });

  test("are of its topic", () => {
    for (const key of [0, 1, 2, 3, 4]) {
      const topics = similar(key, 10).map((found) => papers[found.key]!.topic);
      expect(topics.filter((topic) => topic === papers[key]!.topic).length).toBeGreaterThanOrEqual(9);
    }
  });

  test("stand nearly as ranking all texts one by one puts them", () => {
    const found = similar(7, 300, () => true).map(({ key }) => key);
    const expected = rankPairs(meaning.model, { query: papers[7]!, candidates: papers });
    expect(found.length).toBe(300);
    expect(found[0]).toBe(7);
    const first = new Set(expected.slice(0, 20));
    expect(found.slice(0, 20).filter((key) => first.has(key)).length).toBeGreaterThanOrEqual(18);
  });

  test("what is not accepted or was removed does not appear", () => {
    segments[0]!.remove(segments[0]!.findKey(10));
    meaning.shelf.remove(10);
    const found = similar(0, 300, (key) => key % 2 === 0 && key !== 0).map(({ key }) => key);
    expect(found).not.toContain(10);
    expect(found.every((key) => key % 2 === 0 && key !== 0)).toBe(true);
  });

  test("a text without a known word finds nothing by words and does not fail", () => {
    const paper = { title: "Xyzzy", abstract: "" };
    expect(listSimilar(meaning, { paper, segments: openStemSegments(segments), limit: 5 })).toEqual([]);
  });
});
