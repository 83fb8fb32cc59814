import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { listAuthorNames, listMostVotes } from "./suggest-store.ts";

describeOnBothDatabases("what suggestions read", (open) => {
  test("names with their papers, and votes, page by page", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", [
      { id: "2605.00001", votes: 3, authors: ["Ada Lovelace", "Jürgen Schmidhuber"] },
      { id: "2605.00002", votes: 7, authors: ["Ada Lovelace"] },
      { id: "2605.00003", authors: [] },
    ]);
    const first = await listAuthorNames(db, "", 1);
    expect(first).toEqual([{ key: "ada lovelace", name: "Ada Lovelace", papers: 2 }]);
    expect(await listAuthorNames(db, first[0]!.key, 9)).toEqual([
      { key: "jurgen schmidhuber", name: "Jürgen Schmidhuber", papers: 1 },
    ]);
    const votes = await listMostVotes(db, 0, 9);
    expect(votes.map((one) => one.votes)).toEqual([3, 7]);
    expect(await listMostVotes(db, votes[1]!.key, 9)).toEqual([]);
  });
});
