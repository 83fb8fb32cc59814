import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import { answerQuery } from "./answer.ts";
import { expandPrefix } from "./begun-stems.ts";
import { countBits } from "./bits.ts";
import { LiveSegment } from "./live-segment.ts";
import { matchCondition } from "./match-conditions.ts";
import { maxWords } from "./plan-words.ts";
import { maxConditions, maxQueryLength, parseQuery } from "./query.ts";
import { QueryTerms } from "./query-terms.ts";
import type { Search } from "./search.ts";
import { SearchIndex } from "./search-index.ts";
import { startWork } from "./work.ts";
import { WorkBudget, workLimits } from "./work-budget.ts";

const shared = sharedSamples("hostile-inputs.json", "hostile inputs as queries");
const root = mkdtempSync(join(tmpdir(), "search-hostile-"));
const papers = 2_000;
let index: Search;

beforeAll(() => {
  index = new SearchIndex({ folder: join(root, "index"), readOnly: false });
  const letters = "abcdefghijklmnopqrstuvwxyz";
  index.apply(
    Array.from({ length: papers }, (_, i) => ({
      changeNumber: i + 1,
      key: i + 1,
      document: {
        key: i + 1,
        id: String(i),
        title: `${letters[i % 26]} ${letters[(i * 7) % 26]} the paper`,
        abstract: `the and of ${letters[i % 5]} ${letters.slice(i % 20, (i % 20) + 3)} token `.repeat(4),
        authors: ["A. Author"],
      },
    })),
  );
});
afterAll(async () => {
  await index[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

/** However a query is made, it walks each paper a bounded number of times for each of at most 64 words and 64 conditions. */
const mostPostings = papers * (maxWords + maxConditions) * 3;
const stops = ["the", "of", "and", "in", "to", "a", "we", "for", "is", "that"];
const many = (count: number, part: (i: number) => string, between = " ") =>
  Array.from({ length: count }, (_, i) => part(i)).join(between);

const hostile: [string, string][] = [
  ["dots", "a@a.".repeat(500)],
  ["one long word", "a".repeat(2_000)],
  ["spaces", `${" ".repeat(1_999)}x`],
  ["quotation marks", '"'.repeat(2_000)],
  ["operators", "a AND ".repeat(333)],
  ["a field of stars", "*:*"],
  ["prefixes", "title:(a* b* c* d*)"],
  ["SQL", "') OR 1=1 --"],
  ["stop words", "the and of ".repeat(180)],
  ["a phrase of stop words", `"${"the and of ".repeat(180)}"`],
  ["many phrases", '"the paper" '.repeat(160)],
  ["every letter", Array.from({ length: 900 }, (_, i) => String.fromCharCode(97 + (i % 26))).join(" ")],
  ["hyphens", "a-b".repeat(660)],
  ["different words", Array.from({ length: 330 }, (_, i) => i.toString(36).padStart(5, "q")).join(" ")],
  ["surrogates", "\ud83d".repeat(1_000) + "\ude00".repeat(1_000)],
  ["control characters", "\u0000\u0001\u202e".repeat(600)],
  ["combining marks", `e${"\u0301".repeat(1_900)}`],
  ["excluded words", many(300, (i) => `-w${i}`)],
  ["excluded phrases of stop words", many(60, (i) => `-"${stops[i % 10]} ${stops[(i * 7) % 9]}"`)],
  ["a choice of everything", many(60, (i) => `"${stops[i % 10]} ${stops[(i * 3) % 10]}"`, " OR ")],
  ["choices of beginnings", many(200, (i) => `${String.fromCharCode(97 + (i % 26))}a*`, " OR ")],
  ["parentheses", "(".repeat(1_000) + "a".repeat(500) + ")".repeat(500)],
  ["excluded parentheses", "-(".repeat(900)],
  ["choices in choices", `${"(a OR ".repeat(280)}b${")".repeat(30)}`],
  ["fields in fields", "title:(author:(".repeat(130)],
  ["years", many(60, (i) => `-year:${1960 + i}`)],
  ["names", many(64, (i) => `-venue:x${i}`)],
  ["fields of nothing", 'title:"" '.repeat(200)],
  ["half an address", `https://${"a.".repeat(900)}`],
];

describe("hostile queries", () => {
  test.each(hostile)("%s", (_, query) => {
    for (const prefix of [false, true]) {
      const answer = index.search({ query, limit: 20, prefix });
      expect(answer.refused).toBeUndefined();
      expect(answer.work.postings).toBeLessThan(mostPostings);
      expect(answer.work.placed).toBeLessThanOrEqual(papers * maxConditions);
      expect(answer.hits.length).toBe(Math.min(20, answer.total));
    }
  });

  test.skipIf(shared.missing)("nothing that is known to hurt others hurts", () => {
    const inputs = (JSON.parse(shared.text()) as { input: unknown }[]).map(({ input }) =>
      typeof input === "string" ? input : JSON.stringify(input),
    );
    expect(inputs.length).toBeGreaterThan(100);
    for (const input of inputs) {
      const short = index.search({ query: input.slice(0, maxQueryLength), limit: 20, facets: true });
      expect(short.refused).toBeUndefined();
      expect(short.work.postings).toBeLessThan(mostPostings);
      const whole = index.search({ query: input, limit: 20, prefix: true, sort: "newest" });
      expect(whole.refused !== undefined).toBe(input.length > maxQueryLength);
    }
  });

  test("phrases that would take too long to look for leave papers out, and say so", () => {
    const plan = (places: number) => {
      const live = new LiveSegment();
      for (let key = 1; key <= 50; key++)
        live.add({ key, id: String(key), title: "the paper of the day", abstract: "", authors: [] });
      const budget = new WorkBudget({ ...workLimits, places });
      const context = {
        terms: new QueryTerms([live], { budget }),
        mine: new Set<number>(),
        work: startWork(),
      };
      const match = (query: string) => countBits(matchCondition(parseQuery(query).condition!, 0, context));
      return { found: match('"of the"'), kept: match('-"of the"'), isComplete: budget.isComplete };
    };
    expect(plan(200)).toEqual({ found: 50, kept: 0, isComplete: true });
    // Of what was not looked at, nothing is an answer: not by the phrase and not by its absence.
    expect(plan(20)).toEqual({ found: 20, kept: 0, isComplete: false });
  });

  test("a phrase that stands nowhere costs what its scarcest words cost, however common the others are", () => {
    const { work, total } = index.search({ query: '"the and of token author unheard"', limit: 20 });
    expect([total, work.placed]).toEqual([0, 0]);
    expect(work.postings).toBeLessThanOrEqual(papers / 32 + 1);
    // "abc" is in one paper of twenty, and stands beside "token" in each; "the" and "token" are in all.
    const scarce = index.search({ query: '"the abc token the abc token"', limit: 20, mode: "words" });
    expect(scarce.total).toBe(0);
    expect(scarce.work.postings).toBeLessThan(papers / 2);
  });

  test("unfinished words share what they may stand for, so that many cost no more than few", () => {
    const live = new LiveSegment();
    // The first of them in every paper, the others in half of all.
    for (let key = 1; key <= 60; key++) {
      const title = Array.from({ length: 40 }, (_, i) => (i === 0 || key % 2 ? `pr${i}` : "")).join(" ");
      live.add({ key, id: String(key), title, abstract: "", authors: [] });
    }
    const count = (prefixes: number) => {
      const budget = new WorkBudget({ ...workLimits, beginnings: 480 });
      const stems = expandPrefix("pr", new QueryTerms([live], { prefixes, budget }));
      return [stems.length, [...budget.leftOut.beginnings]];
    };
    expect([1, 2, 8, 100].map(count)).toEqual([
      [15, ["pr"]],
      [7, ["pr"]],
      [1, ["pr"]],
      [1, ["pr"]],
    ]);
  });

  test("of many papers whose titles tell whether common words stand together, the one where they do is found", () => {
    const live = new LiveSegment();
    // The others hold the word twice, so that by words alone they come first.
    for (let key = 1; key <= 9_000; key++)
      live.add({ key, id: String(key), title: "model x the x model", abstract: "", authors: [] });
    live.add({ key: 9_001, id: "9001", title: "of x and y in z the model", abstract: "", authors: [] });
    for (const limit of [1, 20]) {
      const { hits, work } = answerQuery({ query: "the model", limit, mode: "words" }, [live]);
      expect(hits[0]!.key).toBe(9_001);
      expect(work.placed).toBeLessThan(10);
    }
  });

  test("a query of more than 2,000 characters is refused and not echoed whole", () => {
    const answer = index.search({ query: "x".repeat(100_000), limit: 20 });
    expect(answer).toMatchObject({
      total: 0,
      complete: 0,
      hits: [],
      work: { postings: 0, scored: 0, placed: 0 },
    });
    expect(answer.refused).toBe(
      "The query is 100,000 characters long; at most 2,000 are searched. Shorten it.",
    );
    expect(answer.query.length).toBe(2_000);
  });

  test("odd limits and offsets are taken as far as they make sense", () => {
    const count = (limit: number, offset?: number) =>
      index.search({ query: "paper", limit, offset }).hits.length;
    expect(count(0)).toBe(0);
    expect(count(-5)).toBe(0);
    expect(count(2.7)).toBe(2);
    expect(count(10, papers - 3)).toBe(3);
    expect(count(10, papers + 3)).toBe(0);
    expect(count(10, -3)).toBe(10);
  });

  test("pages follow on one another", () => {
    const all = index.search({ query: "token paper", limit: 60 }).hits.map((hit) => hit.key);
    const pages = [0, 20, 40].flatMap(
      (offset) => index.search({ query: "token paper", limit: 20, offset }).hits,
    );
    expect(pages.map((hit) => hit.key)).toEqual(all);
  });
});
