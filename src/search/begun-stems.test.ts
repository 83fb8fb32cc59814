import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { expandPrefix, maxExpansions } from "./begun-stems.ts";
import { LiveSegment } from "./live-segment.ts";
import { QueryTerms } from "./query-terms.ts";
import type { SearchDocument } from "./search.ts";
import { SearchIndex } from "./search-index.ts";
import type { Segment } from "./segment.ts";
import { WorkBudget, workLimits } from "./work-budget.ts";

const root = mkdtempSync(join(tmpdir(), "begun-stems-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

function paper(key: number, words: readonly string[]): SearchDocument {
  return { key, id: `id-${key}`, title: words.join(" "), abstract: "", authors: [] };
}

/** Words that begin alike, more than one stands for; the first are in more papers. */
const word = fc.tuple(fc.nat(139), fc.nat(139)).map(([a, b]) => `prob${Math.min(a, b)}`);
const put = fc.record({ key: fc.nat(15), words: fc.array(word, { maxLength: 12 }) });
const histories = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: put },
    { weight: 1, arbitrary: fc.nat(15) },
    fc.constant("flush" as const),
  ),
  { minLength: 20, maxLength: 60, size: "max" },
);

function openIndex(sealAt: number, beginnings: number): SearchIndex {
  const limits = { ...workLimits, beginnings };
  return new SearchIndex({
    folder: join(root, String(folders++)),
    readOnly: false,
    tuning: { sealAt, fanIn: 4 },
    limits,
  });
}

test("the stems of an unfinished word are told by the papers that are held, however they came and lie", async () => {
  const property = fc.asyncProperty(histories, fc.constantFrom(30, 100, 1e6), async (history, beginnings) => {
    await using changed = openIndex(4, beginnings);
    await using fresh = openIndex(1_000, beginnings);
    const held = new Map<number, SearchDocument>();
    let changeNumber = 0;
    for (const one of history) {
      if (one === "flush") await changed.flush();
      else {
        const key = typeof one === "number" ? one : one.key;
        const document = typeof one === "number" ? null : paper(key, one.words);
        changed.apply([{ changeNumber: ++changeNumber, key, document }]);
        if (document) held.set(key, document);
        else held.delete(key);
      }
    }
    fresh.apply(
      [...held.values()].map((document, i) => ({ changeNumber: i + 1, key: document.key, document })),
    );
    for (const query of ["pro", "title:prob*", "prob1 -title:prob2*"]) {
      const [is, should] = [changed, fresh].map((index) => {
        const { total, complete, bound, hits } = index.search({
          query,
          limit: 20,
          prefix: true,
          mode: "words",
        });
        return { total, complete, bound, hits: hits.map(({ key, score }) => [key, score]) };
      });
      expect(is).toEqual(should);
    }
  });
  await fc.assert(property, { numRuns: 20 });
});

describe("what is read to choose them", () => {
  /** Stem i is in so many of the papers. */
  function segmentOf(count: (stem: number) => number, stems: number): LiveSegment {
    const live = new LiveSegment();
    const papers = Math.max(...Array.from({ length: stems }, (_, i) => count(i)));
    for (let key = 1; key <= papers; key++) {
      const words = Array.from({ length: stems }, (_, i) => (key <= count(i) ? `prob${i}` : ""));
      live.add(paper(key, words));
    }
    return live;
  }

  /** The same, with what was asked of it. */
  function watch(segment: LiveSegment): { segment: Segment; listed: number[]; counted: Set<number> } {
    const listed: number[] = [];
    const counted = new Set<number>();
    const watched = Object.create(segment, {
      listStems: {
        value: (prefix: string, limit: number) => {
          listed.push(limit);
          return segment.listStems(prefix, limit);
        },
      },
      countPapers: {
        value: (term: number) => {
          counted.add(term);
          return segment.countPapers(term);
        },
      },
    });
    return { segment: watched, listed, counted };
  }

  test("one segment lists no more than are given, though all be in as many papers, and once a query", () => {
    const { segment, listed, counted } = watch(segmentOf(() => 3, 200));
    const terms = new QueryTerms([segment]);
    const stems = expandPrefix("prob", terms);
    expect(stems.length).toBe(maxExpansions);
    expect(expandPrefix("prob", terms)).toBe(stems);
    expect([listed, counted.size]).toEqual([[maxExpansions], maxExpansions]);
  });

  test("of several, only what may still be among the most is listed further and counted", () => {
    const falling = (stem: number) => 1 + Math.floor(600 / (stem + 1));
    const large = watch(segmentOf(falling, 600));
    const small = watch(segmentOf((stem) => Math.ceil(falling(stem) / 10), 600));
    for (let doc = 0; doc < 20; doc++) large.segment.remove(doc * 30 + 9);
    const terms = new QueryTerms([large.segment, small.segment]);
    expect(expandPrefix("prob", terms).length).toBe(maxExpansions);
    expect([large.listed, small.listed]).toEqual([[64, 128], [64]]);
    expect(large.counted.size).toBeLessThan(80);
  });

  test("where little may be spent, only what is given is counted", () => {
    const { segment, counted } = watch(segmentOf((stem) => 300 - stem, 200));
    segment.remove(299);
    const budget = new WorkBudget({ ...workLimits, beginnings: 1_000 });
    expect(expandPrefix("prob", new QueryTerms([segment], { budget }))).toEqual(["prob0", "prob1", "prob2"]);
    expect(counted.size).toBeLessThan(6);
  });
});
