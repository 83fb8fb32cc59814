import { describe, expect, test } from "vitest";
import type { EditionItem } from "../editions/edition.ts";
import type { Paper } from "../papers/paper.ts";
import { count, formatAuthors, formatCounts, formatShare, mainReason, missingOf } from "./words.ts";

test("counts", () => {
  expect(count(1, "vote")).toBe("1 vote");
  expect(count(0, "vote")).toBe("0 votes");
  expect(count(1412, "paper")).toBe("1,412 papers");
  expect(count(2, "entry", "entries")).toBe("2 entries");
});

test("shares are exact where they are small", () => {
  expect(formatShare(0.0841)).toBe("8.4 %");
  expect(formatShare(0.0004)).toBe("0.0 %");
  expect(formatShare(0.463)).toBe("46 %");
  expect(formatShare(0.0999)).toBe("10 %");
});

test("edition counts name only what there is", () => {
  expect(formatCounts({ announced: 0, submitted: 50, held: 50 })).toBe("50 submitted, 50 held");
  expect(formatCounts({ announced: 1412, submitted: 62, held: 1430 })).toBe(
    "1,412 announced, 62 submitted, 1,430 held",
  );
});

describe("by-lines", () => {
  const authors = (n: number) => Array.from({ length: n }, (_, i) => ({ name: `A${i + 1}` }));
  test.each([
    [0, 2, ""],
    [1, 2, "A1"],
    [2, 2, "A1 and A2"],
    // "and 1 more" would take as much room as the name.
    [3, 2, "A1, A2 and A3"],
    [4, 2, "A1, A2 and 2 more"],
    [2830, 1, "A1 and 2,829 more"],
  ])("%i authors, %i shown", (n, shown, expected) => {
    expect(formatAuthors(authors(n), shown)).toBe(expected);
  });
});

test("what is missing", () => {
  const paper = { links: [], authors: [], abstractKind: "summary" } as unknown as Paper;
  expect(missingOf(paper, null)).toEqual(["code", "authors", "abstract"]);
  expect(
    missingOf({ ...paper, abstractKind: "abstract", authors: [{ name: "A" }] }, "https://x.test"),
  ).toEqual([]);
  expect(missingOf({ ...paper, links: [{ kind: "code", url: "https://x.test" }] }, null)).not.toContain(
    "code",
  );
});

test("the main reason is the heaviest term", () => {
  const submitted = { name: "submitted", value: 1, points: 1 };
  const votes = { name: "votes", value: 7, points: 7 };
  expect(mainReason({ terms: [submitted, votes], votes: 7 } as EditionItem)).toBe("7 votes");
  expect(mainReason({ terms: [submitted], votes: 0 } as EditionItem)).toBe("submitted");
  const estimate = { name: "estimate", value: 2, points: 1.7 };
  expect(mainReason({ terms: [submitted, estimate], votes: 0 } as EditionItem)).toBe("expected");
});
