import { describe, expect, test } from "vitest";
import { PastVotes } from "./past-votes.ts";
import {
  estimateInputOf,
  type LaterById,
  PastReplay,
  type VotedPaper,
  votesWhenJudged,
} from "./voted-papers.ts";

const paper = (day: string, id: string, fields: Partial<VotedPaper> = {}): VotedPaper => ({
  id,
  day,
  title: "",
  abstract: "",
  authors: [],
  submitter: null,
  organisation: null,
  code: false,
  project: false,
  stars: null,
  publishedOn: null,
  votes: 0,
  comments: 0,
  observedAt: `${day}T08:30:00.000Z`,
  submittedAt: null,
  ...fields,
});

describe("votes when judged", () => {
  const later: LaterById = new Map([
    [
      "a",
      [
        { at: "2026-05-02T08:30:00.000Z", votes: 1 },
        { at: "2026-05-04T08:30:00.000Z", votes: 2 },
        { at: "2026-05-10T20:30:00.000Z", votes: 3 },
        { at: "2026-05-10T20:31:00.000Z", votes: 4 },
      ],
    ],
  ]);

  test("the latest between 3 and 9.5 days after half past eight", () => {
    expect(votesWhenJudged(paper("2026-05-01", "a"), later)).toBe(3);
    expect(votesWhenJudged(paper("2026-04-30", "a"), later)).toBe(2);
    expect(votesWhenJudged(paper("2026-06-01", "a"), later)).toBeNull();
    expect(votesWhenJudged(paper("2026-05-01", "b"), later)).toBeNull();
  });
});

test("papers of the same submitter on the day are counted, papers of nobody are not", () => {
  const day = [1, 2, 3].map((i) => paper("2026-05-01", String(i), { submitter: i < 3 ? "Sam" : null }));
  expect(day.map((each) => estimateInputOf(each, day).sameSubmitter)).toEqual([2, 2, 0]);
});

describe("the record of earlier days", () => {
  const papers = [
    paper("2026-05-04", "a", { submitter: "Sam", votes: 3 }),
    paper("2026-05-04", "b", { submitter: "Kim", votes: 0 }),
    paper("2026-05-05", "c", { submitter: "Sam", votes: 0 }),
    paper("2026-05-05", "d", { submitter: "Kim", votes: 0 }),
  ];
  const later: LaterById = new Map([["a", [{ at: "2026-05-05T12:00:00.000Z", votes: 15 }]]]);

  test("holds what had been observed by the beginning of the day, no more", () => {
    const replay = new PastReplay(papers, later);
    const sam = () => replay.past.expectedOf("submitter", "Sam");
    replay.advanceTo("2026-05-04");
    expect(sam()).toBeNull();
    replay.advanceTo("2026-05-05");
    expect(sam()).toBeCloseTo(Math.log(4) / 2 / 4, 12);
    replay.advanceTo("2026-05-06");
    expect(sam()).toBeCloseTo(Math.log(16) / 2 / 5, 12);
  });

  test("what becomes of the day itself and of later days changes nothing", () => {
    const before = new PastReplay(papers, later);
    before.advanceTo("2026-05-05");
    const changed = papers.map((each) => (each.day === "2026-05-05" ? { ...each, votes: 99 } : each));
    const after = new PastReplay(
      changed,
      new Map([...later, ["c", [{ at: "2026-05-05T09:00:00.000Z", votes: 9 }]]]),
    );
    after.advanceTo("2026-05-05");
    expect(after.past.list(1)).toEqual(before.past.list(1));
  });

  test("days that were learned from are not counted again", () => {
    const replay = new PastReplay(papers, later, { past: new PastVotes(), until: "2026-05-04" });
    replay.advanceTo("2026-05-05");
    expect(replay.past.list(1)).toEqual([]);
  });
});
