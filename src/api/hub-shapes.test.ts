// The hub's real answers beside ours to the same papers: no key that it never has, none missing that it always has, and the
// same types. A second time against shapes of our own writing, where the real ones are not at hand.
import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { alwaysThere, type Shapes, shapesOf } from "../../test/support/json-shape.ts";
import { openPages, save } from "../../test/support/pages.ts";
import { sharedSamples } from "../../test/support/shared-samples.ts";
import type { Db } from "../database/dialect.ts";
import { parseHubAnswer } from "../sources/hub-api.ts";

const samples = sharedSamples("fixtures/hf", "real answers of the hub beside ours");
const dailyFiles = [
  "daily_papers_2026-06-12_30items.json",
  "daily_papers_2026-07-31_5items.json",
  "daily_papers_scout.json",
];

/** As a harvest brings the hub's own answer in. */
async function saveAnswer(db: Db, text: string): Promise<void> {
  const answer = parseHubAnswer(text, null, {
    url: "https://hub.test/api/daily_papers",
    observedAt: "2026-06-12T09:00:00.000Z",
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  await save(db, ...answer.items);
}

/** Ours may be an address where theirs is a path, and need not know what theirs says in passing. */
function expectSameShape(ours: Shapes, theirs: Shapes, mayMiss: RegExp): void {
  expect([...ours.keys()].filter((path) => !theirs.has(path) && !/\.withdrawnAt$/.test(path))).toEqual([]);
  const missing = alwaysThere(theirs).filter((path) => {
    const parent = path.replace(/(?:\.[^.[\]]+|\[\])$/, "");
    return ours.has(parent) && !alwaysThere(ours).includes(path) && !mayMiss.test(path);
  });
  expect(missing).toEqual([]);
  for (const [path, { types }] of ours) {
    const known = theirs.get(path)?.types ?? new Set();
    const different = [...types].filter(
      (type) => !known.has(type) && !(type === "address" && known.has("string")),
    );
    expect([path, ...different]).toEqual([path]);
  }
}

const generated = /\.(?:ai_summary|ai_summary_model|ai_keywords|user|status|statusLastChangedAt|mediaUrls)\b/;

describe.skipIf(samples.missing)("beside the hub's real answers", () => {
  describeOnBothDatabases("the same papers", (open) => {
    test.each(dailyFiles)("%s has the same shape, and the same papers by votes", async (name) => {
      const db = await open();
      await saveAnswer(db, samples.text(name));
      const pages = await openPages(db, { now: "2026-08-01T12:00:00.000Z" });
      const theirs = JSON.parse(samples.text(name)) as { paper: Record<string, unknown> }[];
      const day = String(theirs[0]?.paper.submittedOnDailyAt).slice(0, 10);
      const ours = (await (
        await pages.fetch(`/api/daily_papers?date=${day}&limit=100`)
      ).json()) as typeof theirs;
      const all = dailyFiles.flatMap((file) => JSON.parse(samples.text(file)) as unknown[]);
      expectSameShape(shapesOf(ours), shapesOf(all), generated);
      const ofDay = theirs.filter(({ paper }) => String(paper.submittedOnDailyAt).startsWith(day));
      const said = ({ paper }: { paper: Record<string, unknown> }) =>
        [paper.id, paper.upvotes, paper.publishedAt, paper.submittedOnDailyAt, paper.githubRepo].join(" ");
      expect(ours.map(said).sort()).toEqual(ofDay.map(said).sort());
      const votes = ours.map(({ paper }) => Number(paper.upvotes));
      expect(votes).toEqual(votes.toSorted((a, b) => b - a));
    });

    test("a search has the same shape", async () => {
      const db = await open();
      await saveAnswer(db, samples.text("search_kazakh.json"));
      const pages = await openPages(db);
      const ours = (await (await pages.fetch("/api/papers/search?q=kazakh")).json()) as unknown[];
      expect(ours.length).toBeGreaterThan(5);
      expectSameShape(shapesOf(ours), shapesOf(JSON.parse(samples.text("search_kazakh.json"))), generated);
    });
  });
});

const user = {
  _id: "string",
  avatarUrl: "address",
  fullname: "string",
  isPro: "boolean",
  name: "string",
  type: "string",
};
const organization = { _id: "string", avatar: "address", fullname: "string", name: "string" };
const front = { id: "string", publishedAt: "instant", summary: "string", title: "string", upvotes: "number" };
const paper = {
  ...front,
  authors: [{ _id: "string", hidden: "boolean", name: "string" }],
  discussionId: "string",
  githubRepo: "address",
  githubRepoAddedBy: "string",
  githubStars: "number",
  organization,
  submittedOnDailyAt: "instant",
  submittedOnDailyBy: { ...user, user: "string" },
};

/** A value with its types in the places of its texts and numbers; of an array the first. */
function typed(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(typed);
  if (typeof value !== "object" || value === null) return [...shapesOf(value).get("")!.types][0];
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typed(each)]));
}

describeOnBothDatabases("the shape of our answers", (open) => {
  test("is written down, so that no key is lost unseen", async () => {
    const db = await open();
    const seen = { source: "hub", observedAt: "2026-05-12T08:30:00.000Z" };
    await saveDay(db, "2026-05-12", [
      {
        id: "2605.00001",
        votes: 3,
        signals: [
          { kind: "repository", detail: "https://github.com/a/b", ...seen },
          { kind: "stars", value: 5, detail: "https://github.com/a/b", ...seen },
          { kind: "organisation", detail: "A Lab", ...seen },
          { kind: "comments", value: 2, ...seen },
        ],
      },
    ]);
    const pages = await openPages(db);
    const shape = async (path: string) => typed(await (await pages.fetch(path)).json());
    const thumbnail = "address";
    expect(await shape("/api/daily_papers")).toEqual([
      {
        isAuthorParticipating: "boolean",
        numComments: "number",
        organization,
        paper,
        publishedAt: "instant",
        submittedBy: {
          ...user,
          isHf: "boolean",
          isHfAdmin: "boolean",
          isMod: "boolean",
          isUserFollowing: "boolean",
        },
        summary: "string",
        thumbnail,
        title: "string",
      },
    ]);
    const { organization: _, submittedOnDailyAt: __, submittedOnDailyBy: ___, ...found } = paper;
    const text = [{ text: "string", type: "string" }];
    expect(await shape("/api/papers/search?q=counts")).toEqual([
      {
        highlightedSummary: text,
        highlightedTitle: text,
        isAuthorParticipating: "boolean",
        numComments: "number",
        paper: found,
        publishedAt: "instant",
        summary: "string",
        thumbnail,
        title: "string",
        upvoted: "boolean",
      },
    ]);
    const linked = { linkedDatasets: [], linkedModels: [], linkedSpaces: [] };
    const totals = { numTotalDatasets: "number", numTotalModels: "number", numTotalSpaces: "number" };
    expect(await shape("/api/papers/2605.00001")).toEqual({
      ...paper,
      ...linked,
      ...totals,
      numComments: "number",
    });
    expect(await shape("/api/papers")).toEqual([
      { ...front, authors: paper.authors, organization, thumbnailUrl: "address" },
    ]);
  });
});
