import { expect, test } from "vitest";
import type { Edition, EditionItem } from "../editions/edition.ts";
import { poolOf } from "./pool.ts";

function item(pk: number, rank: number, score: number, more: object = {}): EditionItem {
  const paper = { pk, versions: pk % 2 === 0 ? [{ number: 1 }, { number: 3 }] : [] };
  return {
    paper,
    rank,
    score,
    share: score / 10,
    step: 3,
    reason: `${score} votes`,
    late: false,
    ...more,
  } as EditionItem;
}

const edition = (key: string, ...items: EditionItem[]) => ({ key, items }) as Edition;

test("one edition stays as it ranks, with versions", () => {
  const { papers } = poolOf([edition("2026-05-12", item(4, 1, 2), item(3, 2, 9))]);
  expect(papers.map(({ pk, rank, version, reason }) => [pk, rank, version, reason])).toEqual([
    [4, 1, 3, "2 votes"],
    [3, 2, null, "9 votes"],
  ]);
});

test("several go by score, the newer first where it is the same; a paper of two days stands where it is best", () => {
  const { papers, items } = poolOf([
    edition("2026-05-11", item(1, 1, 9), item(2, 2, 5), item(3, 3, 1)),
    edition("2026-05-12", item(4, 1, 9), item(3, 2, 7)),
  ]);
  expect(papers.map(({ pk, reason }) => `${pk} ${reason}`)).toEqual([
    "4 12 May: 9 votes",
    "1 11 May: 9 votes",
    "3 12 May: 7 votes",
    "2 11 May: 5 votes",
  ]);
  expect(items.map(({ paper }) => paper.pk)).toEqual([4, 1, 3, 2]);
});

test("what came late is marked, with its own day where it was carried over", () => {
  const { papers } = poolOf([
    edition("2026-05-12", item(1, 1, 9, { late: true }), item(2, 2, 5, { carriedFrom: "2026-05-11" })),
  ]);
  expect(papers.map(({ reason }) => reason)).toEqual([
    "9 votes, came late",
    "5 votes, came late, from 11 May",
  ]);
});
