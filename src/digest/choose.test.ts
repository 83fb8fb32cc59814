import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { type ChosenPaper, chooseIssue, type PoolPaper, type ReaderChoice } from "./choose.ts";

function poolPaper(pk: number, rank: number): PoolPaper {
  return { pk, rank, share: 0.1, step: 3, reason: `${100 - rank} votes`, version: 1 };
}

const pool = Array.from({ length: 40 }, (_, i) => poolPaper(100 + i, i + 1));
const room = { bytesOf: () => 10 };
const wishes: ReaderChoice = {
  papers: 12,
  ownShare: 50,
  had: new Set(),
  picks: [],
  hidden: new Set(),
  updates: [],
};
const choose = (changes: Partial<ReaderChoice>, maxBytes?: number) =>
  chooseIssue(pool, { ...wishes, ...changes }, maxBytes === undefined ? room : { ...room, maxBytes });
const told = (chosen: ChosenPaper[]) => chosen.map(({ pk, part }) => `${part} ${pk}`);
const picksOf = (...pks: number[]) => pks.map((pk) => ({ pk, reason: `because you saved ${pk}` }));

describe("the choice", () => {
  test("without picks: the best of the edition, without what was had or hidden", () => {
    const chosen = choose({ papers: 5, had: new Set([101]), hidden: new Set([100]) });
    expect(told(chosen)).toEqual([102, 103, 104, 105, 106].map((pk) => `edition ${pk}`));
    expect(chosen[0]).toEqual({ ...poolPaper(102, 3), part: "edition" });
  });

  test("with picks: in the proportion the reader set, picks in their own order, each with its reason", () => {
    const chosen = choose({ papers: 6, picks: picksOf(130, 120, 110, 111) });
    expect(told(chosen)).toEqual([
      "edition 100",
      "edition 101",
      "edition 102",
      "own 130",
      "own 120",
      "own 110",
    ]);
    expect(chosen[3]).toMatchObject({ reason: "because you saved 130", rank: 31 });
    const some = { papers: 6, picks: picksOf(130, 120, 110, 111) };
    expect(told(choose({ ...some, ownShare: 0 })).filter((text) => text.startsWith("own"))).toEqual([]);
    expect(told(choose({ ...some, ownShare: 100 }))).toEqual([
      "edition 100",
      "edition 101",
      "own 130",
      "own 120",
      "own 110",
      "own 111",
    ]);
  });

  test("a pick that is among the best stays there with both reasons, and the next pick comes in", () => {
    const chosen = choose({ papers: 5, ownShare: 40, picks: picksOf(101, 120, 121) });
    expect(told(chosen)).toEqual(["edition 100", "edition 101", "edition 102", "own 120", "own 121"]);
    expect(chosen[1]!.reason).toBe("98 votes; because you saved 101");
  });

  test("a pick that was had is none", () => {
    const chosen = choose({ papers: 5, picks: picksOf(120, 121), had: new Set([120]) });
    expect(told(chosen)).not.toContain("own 120");
    expect(told(chosen)).toContain("own 121");
  });

  test("updates come last, take a quarter of the places at most, and make no letter alone", () => {
    const updates = [7, 8, 9, 10].map((pk) => ({ pk, version: 2, reason: "updated" }));
    const had = new Set([7, 8, 9, 10]);
    const chosen = choose({ papers: 12, had, updates });
    expect(chosen).toHaveLength(12);
    expect(told(chosen).slice(9)).toEqual(["updated 7", "updated 8", "updated 9"]);
    expect(chosen.at(-1)).toMatchObject({ rank: null, version: 2 });
    expect(choose({ updates, had: new Set([...had, ...pool.map(({ pk }) => pk)]) })).toEqual([]);
  });

  test("as many as fit: the longest part gives way, the best of each part stay", () => {
    const chosen = choose({ papers: 12, ownShare: 25, picks: picksOf(130, 131, 132) }, 60);
    expect(told(chosen)).toEqual([
      "edition 100",
      "edition 101",
      "edition 102",
      "own 130",
      "own 131",
      "own 132",
    ]);
    expect(choose({}, 5)).toEqual([]);
  });

  test("is a function of its input: never twice, never had, never hidden, never too many", () => {
    const pks = fc.uniqueArray(fc.integer({ min: 95, max: 140 }), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 30 }),
        fc.integer({ min: 0, max: 100 }),
        pks,
        pks,
        pks,
        (papers, ownShare, had, hidden, picks) => {
          const reader: ReaderChoice = {
            ...wishes,
            papers,
            ownShare,
            had: new Set(had),
            hidden: new Set(hidden),
            picks: picksOf(...picks),
          };
          const chosen = chooseIssue(pool, reader, room);
          const chosenPks = chosen.map(({ pk }) => pk);
          expect(chosenPks.filter((pk) => had.includes(pk) || hidden.includes(pk))).toEqual([]);
          expect(new Set(chosenPks).size).toBe(chosenPks.length);
          const free = pool.filter(({ pk }) => !had.includes(pk) && !hidden.includes(pk)).length;
          expect(chosen).toHaveLength(Math.min(papers, free));
          const own = chosen.filter(({ part }) => part === "own").length;
          expect(own).toBeLessThanOrEqual(Math.round((papers * ownShare) / 100));
          expect(chooseIssue(pool, reader, room)).toEqual(chosen);
        },
      ),
    );
  });
});
