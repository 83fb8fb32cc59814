import { expect, test } from "vitest";
import type { Edition } from "./edition.ts";
import type { EditionCache } from "./edition-cache.ts";
import { latestEditions, listTalkedOf } from "./latest-editions.ts";

const options = { now: "2026-05-13T12:00:00.000Z", categories: [] };

type Items = readonly [pk: number, votes: number][];

/** Days with papers; a count of those computed. */
function shelfOf(days: Readonly<Record<string, Items>>) {
  const keys = Object.keys(days).sort();
  const asked: string[] = [];
  const editionOf = (key: string) => ({
    key,
    from: key,
    counts: {},
    previous: keys.findLast((each) => each < key) ?? null,
    items: days[key]!.map(([pk, votes]) => ({ paper: { pk }, votes })),
  });
  const editions: Pick<EditionCache, "get" | "latestDay"> = {
    async get(key) {
      asked.push(key);
      return editionOf(key) as unknown as Edition;
    },
    latestDay: async () => keys.at(-1) ?? null,
  };
  return { editions, asked };
}

test("the latest come first, and no more are computed than are read", async () => {
  const { editions, asked } = shelfOf({ "2026-05-08": [], "2026-05-11": [], "2026-05-12": [] });
  for await (const { key } of latestEditions(editions, { kind: "day", most: 3 }, options))
    if (key === "2026-05-11") break;
  expect(asked).toEqual(["2026-05-12", "2026-05-11"]);
  const none = latestEditions(shelfOf({}).editions, { kind: "day", most: 3 }, options);
  expect(await Array.fromAsync(none)).toEqual([]);
});

test("a vote loses half its worth in a week; a paper counts where it stands best, of the items that are wanted", async () => {
  const { editions } = shelfOf({
    "2026-05-05": [
      [1, 30],
      [2, 10],
    ],
    "2026-05-12": [
      [2, 8],
      [3, 12],
    ],
  });
  const pksOf = async (isWanted?: Parameters<typeof listTalkedOf>[2]) =>
    (await listTalkedOf(editions, options, isWanted)).map(({ item, edition }) => [
      item.paper.pk,
      edition.key,
    ]);
  expect(await pksOf()).toEqual([
    [1, "2026-05-05"],
    [3, "2026-05-12"],
    [2, "2026-05-12"],
  ]);
  expect(await pksOf(({ votes }) => votes! > 8)).toEqual([
    [1, "2026-05-05"],
    [3, "2026-05-12"],
    [2, "2026-05-05"],
  ]);
});
