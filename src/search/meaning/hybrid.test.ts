import { beforeAll, describe, expect, test } from "vitest";
import { inventTopicPapers, type TopicPaper } from "../../../test/support/topic-papers.ts";
import { addBit, noBits } from "../bits.ts";
import { LiveSegment } from "../live-segment.ts";
import { codeIn } from "../paper-list.ts";
import { planQuery } from "../plan.ts";
import { parseQuery } from "../query.ts";
import { rankPapers } from "../ranking.ts";
import { impactOf } from "../scoring.ts";
import { startWork } from "../work.ts";
import { encodeQuery } from "./encode.ts";
import { encodeEntry } from "./encode-entry.ts";
import { feedbackPapers, moveTowards } from "./feedback.ts";
import { feedbackOf, fuseSigns } from "./fusion.ts";
import { type HybridQuery, judgeCandidates, type Meaning, minCandidates, rankHybrid } from "./hybrid.ts";
import { openNearStems } from "./near-stems.ts";
import { openWordSide } from "./plan-word-side.ts";
import { trainModel } from "./train.ts";
import { VectorShelf } from "./vector-shelf.ts";
import { prepareQuery } from "./vectors.ts";

const papers: TopicPaper[] = inventTopicPapers(300);
const segments = [new LiveSegment(), new LiveSegment()];
papers.forEach((paper, key) => {
  segments[key % 2]!.add({ ...paper, key, id: `p${key}` });
});

function ask(text: string, options: Partial<HybridQuery> = {}): HybridQuery {
  const plan = planQuery(parseQuery(text), segments);
  const words = openWordSide(plan, (limit) => rankPapers(plan, limit, startWork()).papers);
  return { text, words, depth: 20, ...options };
}

describe("words and meaning together", () => {
  let meaning: Meaning;
  beforeAll(async () => {
    const model = await trainModel(papers, {
      settings: { epochs: 8, batch: 64, dimension: 32, vocabulary: { minPairCount: 3 } },
    });
    const shelf = new VectorShelf(32);
    papers.forEach((paper, key) => {
      shelf.set(key, encodeEntry(model, paper));
    });
    meaning = { model, nearStems: openNearStems(model), shelf };
  });

  test("the scores are those of the fusion over all papers, best first", () => {
    const query = ask("yeast flour", { depth: 300 });
    const judged = judgeCandidates(meaning, query)!;
    const scores = fuseSigns(judged.signs, judged.kind);
    const expected = judged.papers
      .map(({ key }, i) => ({ key, score: scores[i]! }))
      .sort((a, b) => b.score - a.score || a.key - b.key);
    const ranked = rankHybrid(meaning, query)!;
    expect(ranked.map(({ key, score }) => ({ key, score }))).toEqual(expected);
    const keys = judged.papers.map(({ key }) => key);
    for (const { key, segment, doc, meaning: share, wordless } of ranked) {
      expect(segments[segment]!.keyOf(doc)).toBe(key);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      expect(wordless).toBe(judged.signs[keys.indexOf(key)]!.coverage === 0);
    }
    expect(new Set(keys).size).toBe(300);
    expect(keys.length).toBe(300);
  });

  test("where the nearest agree, candidates and cosines are those of the query moved to its best papers", () => {
    const query = ask("dough oven");
    const { kind, papers: found, signs } = judgeCandidates(meaning, query)!;
    const weight = feedbackOf(kind);
    expect(weight).toBeGreaterThan(0);
    // By the definition, over all papers.
    const cosinesWith = (vector: Float32Array) =>
      meaning.shelf.cosines(
        prepareQuery(vector),
        papers.map((_, key) => key),
      );
    const nearestBy = (cosines: Float32Array) =>
      papers.map((_, key) => key).sort((a, b) => cosines[b]! - cosines[a]! || a - b);
    const asked = encodeQuery(meaning.model, query.text)!;
    const before = cosinesWith(asked);
    const byWords = query.words.best(minCandidates).map(({ key }) => key);
    const first = new Set([...byWords, ...nearestBy(before).slice(0, minCandidates)]);
    const all = papers.map((_, key) => query.words.find(key)!);
    const words = query.words.judge(all, meaning.nearStems);
    const keys = [...first];
    const scores = fuseSigns(
      keys.map((key) => ({ ...words[key]!, cosine: before[key]! })),
      kind,
    );
    const speaking = keys
      .map((key, i) => ({ key, score: scores[i]! }))
      .sort((a, b) => b.score - a.score || a.key - b.key)
      .slice(0, feedbackPapers)
      .map(({ key }) => key);
    const after = cosinesWith(moveTowards(asked, { shelf: meaning.shelf, keys: speaking, weight }));
    const wanted = new Set([...first, ...nearestBy(after).slice(0, minCandidates)]);
    const byKey = (a: number, b: number) => a - b;
    expect(found.map(({ key }) => key).sort(byKey)).toEqual([...wanted].sort(byKey));
    expect(wanted.size).toBeGreaterThan(first.size);
    found.forEach(({ key }, i) => {
      expect(signs[i]).toEqual({ ...words[key]!, cosine: after[key]! });
    });
    const still = judgeCandidates(meaning, { ...query, without: new Set(["feedback"]) })!;
    expect(still.papers.map(({ key }) => key)).toEqual(keys);
    expect(still.signs.map(({ cosine }) => cosine)).toEqual(keys.map((key) => before[key]));
  });

  test("papers that lack the word but not its topic follow those that hold it", () => {
    const topics = rankHybrid(meaning, ask("yeast", { depth: 60 }))!.map(({ key }) => papers[key]!);
    const lacking = topics.filter(({ title, abstract }) => !/yeast/i.test(title + abstract));
    const baked = lacking.slice(0, 5).filter(({ topic }) => topic === "bread");
    expect(baked.length).toBeGreaterThanOrEqual(3);
    expect(topics[0]!.topic).toBe("bread");
  });

  test("an unknown query is left to the words", () => {
    expect(rankHybrid(meaning, ask("xyzzy"))).toBeNull();
  });

  test("filters hold for both sides", () => {
    const accepts = (key: number) => key % 3 === 0;
    const keys = papers.map((_, key) => key).filter(accepts);
    const table = noBits(papers.length);
    for (const key of keys) addBit(table, key);
    const accepted = { count: keys.length, has: accepts, table: () => table };
    const query = ask("tide harbour", { accepted, depth: 30 });
    const filtered: HybridQuery = {
      ...query,
      words: {
        ...query.words,
        best: (limit) =>
          query.words
            .best(300)
            .filter(({ key }) => accepts(key))
            .slice(0, limit),
      },
    };
    const found = rankHybrid(meaning, filtered)!;
    expect(found.length).toBe(30);
    expect(found.every(({ key }) => accepts(key))).toBe(true);
  });

  test("a part that is taken away changes the scores and nothing else", () => {
    for (const part of ["late", "meaning", "pairs", "words", "coverage"] as const) {
      const without = new Set([part]);
      const found = rankHybrid(meaning, ask("bow string varnish", { without, depth: 300 }))!;
      expect(found.map(({ key }) => key).sort((a, b) => a - b)).toEqual(papers.map((_, key) => key));
    }
  });

  test("signs by words are those of BM25F, coverage and pairs, by the definition", () => {
    const text = "suspension bridge deck of steel";
    const query = ask(text, { depth: 300, without: new Set(["late"]) });
    const { papers: judged, signs } = judgeCandidates(meaning, query)!;
    const plan = planQuery(parseQuery(text), segments);
    const whole = plan.words.reduce((sum, { weight }) => sum + weight, 0);
    judged.forEach(({ key }, i) => {
      const at = key % 2;
      const doc = segments[at]!.findKey(key);
      const held = plan.words.filter(({ postings }) => codeIn(postings[at]!, doc) !== 0);
      const score = held.reduce(
        (sum, { postings, weight }) =>
          sum + weight * impactOf(codeIn(postings[at]!, doc), segments[at]!.lengths[doc]!),
        0,
      );
      expect(signs[i]!.words).toBeCloseTo(score, 5);
      expect(signs[i]!.coverage).toBeCloseTo(held.reduce((sum, { weight }) => sum + weight, 0) / whole, 5);
      expect(signs[i]!.complete).toBe(held.length === plan.words.length);
      expect(signs[i]!.pairs).toBeGreaterThanOrEqual(0);
      expect(signs[i]!.pairs).toBeLessThanOrEqual(1);
    });
  });

  test("a pair in the title counts fully, in the abstract less, apart not at all", () => {
    const { papers: judged, signs } = judgeCandidates(meaning, ask("tide harbour", { depth: 300 }))!;
    const pair = /\btide\W+harbour\b/i;
    const seen = new Set<string>();
    judged.forEach(({ key }, i) => {
      const { title, abstract } = papers[key]!;
      const place = pair.test(title) ? "title" : pair.test(abstract) ? "abstract" : "nowhere";
      seen.add(place);
      expect(signs[i]!.pairs).toBeCloseTo({ title: 1, abstract: 0.4, nowhere: 0 }[place], 5);
    });
    expect([...seen].sort()).toEqual(["abstract", "nowhere", "title"]);
  });

  test("papers that left the index are not found, wherever their vector stands", () => {
    meaning.shelf.set(9_999, encodeEntry(meaning.model, papers[0]!));
    const found = rankHybrid(meaning, ask("bridge", { depth: 300 }))!;
    expect(found.some(({ key }) => key === 9_999)).toBe(false);
    meaning.shelf.remove(9_999);
  });
});
