import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { LiveSegment } from "./live-segment.ts";
import { QueryTerms } from "./query-terms.ts";
import { countSideBySide, countTogether } from "./spelling-together.ts";

const startWork = () => ({ looked: 0, postings: 0 });

interface Text {
  title: string;
  abstract: string;
}

/** The papers in so many segments, with others between them that are removed. */
function termsOf(papers: readonly Text[], segments: number, removed: readonly Text[] = []): QueryTerms {
  const parts = Array.from({ length: segments }, () => new LiveSegment());
  [...papers, ...removed].forEach((text, key) => {
    const part = parts[key % segments]!;
    part.add({ ...text, key, id: "", authors: [] });
    if (key >= papers.length) part.remove(part.findKey(key));
  });
  return new QueryTerms(parts);
}

test("counts the papers and titles that hold all words, however they lie", () => {
  const words = ["attention", "token", "model", "common common"];
  const text = fc.record({
    title: fc.subarray(words).map((some) => some.join(" ")),
    abstract: fc.subarray(words).map((some) => some.join(" ")),
  });
  // Among many others words are scarce, and their papers no bits.
  const others = Array.from({ length: 90 }, () => ({ title: "common", abstract: "" }));
  const lists = fc.array(text, { maxLength: 12 });
  fc.assert(
    fc.property(lists, lists, fc.boolean(), fc.integer({ min: 1, max: 3 }), (own, gone, few, segments) => {
      const terms = termsOf(few ? own : [...own, ...others], segments, gone);
      const stems = ["token", "model"];
      const holds = (said: string) => stems.every((stem) => said.includes(stem));
      const papers = own.filter(({ title, abstract }) => holds(`${title} ${abstract}`)).length;
      const titles = own.filter(({ title }) => holds(title)).length;
      expect(countTogether(stems, terms, startWork())).toEqual({ papers, titles });
    }),
  );
});

test("many papers are counted one for one, in one segment and in several", () => {
  const papers = Array.from({ length: 6_000 }, (_, i) => ({
    title: i % 3 === 0 ? "token model" : "model",
    abstract: "token",
  }));
  const work = startWork();
  for (const segments of [1, 4])
    expect(countTogether(["token", "model"], termsOf(papers, segments), work)).toEqual({
      papers: 6_000,
      titles: 2_000,
    });
  // As bits: 32 papers at once.
  expect(work.postings).toBeLessThan(2 * 2 * 2 * (6_000 / 32 + 4));
  expect(countSideBySide(["token", "model"], termsOf(papers.slice(0, 30), 2), work)).toBe(10);
});
