import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import {
  compareRanked,
  ESTIMATE_LIMIT,
  FREE_SHARE,
  formulaVersion,
  hashOfId,
  scoreOf,
  scorePage,
} from "./formula.ts";

const nothing = { submitted: false, announced: false, votes: null, estimate: null };
const submitted = { ...nothing, submitted: true };

describe("formula front-4", () => {
  test("golden numbers", () => {
    expect(formulaVersion).toBe("front-4");
    expect(scoreOf({ ...submitted, votes: 50 })).toEqual({
      score: 51,
      terms: [
        { name: "submitted", value: 1, points: 1 },
        { name: "votes", value: 50, points: 50 },
      ],
    });
    expect(scoreOf({ ...submitted, announced: true, votes: 0 }).score).toBe(1);
    expect(scoreOf({ ...nothing, announced: true }).score).toBe(0.1);
    expect(scoreOf({ ...nothing, announced: true, votes: 7 }).score).toBeCloseTo(7.1, 12);
    expect(scoreOf(nothing)).toEqual({ score: 0, terms: [] });
  });

  test("an estimate raises or lowers the points of presence, within its limits", () => {
    expect(scoreOf({ ...submitted, estimate: 2 }).score).toBeCloseTo(Math.E, 12);
    expect(scoreOf({ ...submitted, estimate: -2 }).score).toBeCloseTo(1 / Math.E, 12);
    expect(scoreOf({ ...nothing, announced: true, estimate: 2 }).score).toBeCloseTo(Math.E / 10, 12);
    expect(scoreOf({ ...submitted, estimate: 2 }).terms[1]).toEqual({
      name: "estimate",
      value: 2,
      points: expect.closeTo(Math.E - 1, 12),
    });
    const most = scoreOf({ ...submitted, estimate: ESTIMATE_LIMIT });
    expect(scoreOf({ ...submitted, estimate: 40 })).toEqual(most);
    expect(scoreOf({ ...submitted, estimate: Number.NaN }).score).toBe(1);
  });

  test("an estimate alone puts nothing on a page", () => {
    expect(scoreOf({ ...nothing, estimate: 3 })).toEqual({ score: 0, terms: [] });
  });

  test("votes outweigh any estimate before long", () => {
    const promising = scoreOf({ ...submitted, estimate: ESTIMATE_LIMIT, votes: 0 }).score;
    const voted = scoreOf({ ...submitted, estimate: -ESTIMATE_LIMIT, votes: 5 }).score;
    expect(voted).toBeGreaterThan(promising);
  });

  test("golden hashes: an order once shown stays", () => {
    expect(["2605.09063", "2605.09064", "", "hep-th/9901001"].map(hashOfId)).toMatchInlineSnapshot(`
      [
        4016428961,
        2269055738,
        2872998923,
        337730188,
      ]
    `);
  });

  test("the weights of field and weekday multiply what votes are worth, each a term of its own", () => {
    const { score, terms } = scoreOf({ ...submitted, votes: 10, fieldFactor: 2, weekdayFactor: 0.75 });
    expect(score).toBeCloseTo(1 + 10 * 2 * 0.75, 12);
    expect(terms.slice(2)).toEqual([
      { name: "field", value: 2, points: 10 },
      { name: "weekday", value: 0.75, points: -5 },
    ]);
    expect(scoreOf({ ...submitted, votes: 0, fieldFactor: 2, weekdayFactor: 1.5 }).terms).toHaveLength(1);
    expect(scoreOf({ ...submitted, votes: 10, fieldFactor: 1 }).terms).toHaveLength(2);
  });

  test("age halves all that a paper has, once a week", () => {
    const input = { ...submitted, votes: 30, starVelocity: { perDay: Math.E - 1, hasHistory: true } };
    expect(scoreOf(input).score).toBeCloseTo(32, 12);
    expect(scoreOf({ ...input, ageDays: 7 }).score).toBeCloseTo(16, 12);
    expect(scoreOf({ ...input, ageDays: 14 }).terms.at(-1)).toEqual({
      name: "age",
      value: 14,
      points: expect.closeTo(-24, 12),
    });
    expect(scoreOf({ ...input, ageDays: -3 }).score).toBeCloseTo(32, 12);
    expect(scoreOf({ ...nothing, ageDays: 3 })).toEqual({ score: 0, terms: [] });
  });

  test("broken counts count as none", () => {
    for (const votes of [-3, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(scoreOf({ ...submitted, votes }).score).toBe(1);
    }
  });

  test("the score is the sum of its terms, not negative, and never falls with a vote more", () => {
    const factor = (most: number) => fc.double({ min: 1 / most, max: most, noNaN: true });
    const anyInput = fc.record({
      submitted: fc.boolean(),
      announced: fc.boolean(),
      votes: fc.nat(1e6),
      estimate: fc.option(fc.double({ min: -9, max: 9, noNaN: true })),
      fieldFactor: factor(2),
      weekdayFactor: factor(1.5),
      starVelocity: fc.option(
        fc.record({ perDay: fc.double({ min: 0, max: 1e5, noNaN: true }), hasHistory: fc.boolean() }),
      ),
      ageDays: fc.nat(37),
    });
    fc.assert(
      fc.property(anyInput, (input) => {
        const { score, terms } = scoreOf(input);
        expect(score).toBe(terms.reduce((sum, term) => sum + term.points, 0));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(scoreOf({ ...input, votes: input.votes + 1 }).score).toBeGreaterThan(score);
      }),
    );
  });

  test("the order is total, the same from any start, and higher scores come first", () => {
    const item = fc.record({ score: fc.integer({ min: 0, max: 3 }), id: fc.string({ maxLength: 6 }) });
    fc.assert(
      fc.property(fc.uniqueArray(item, { selector: (i) => i.id, maxLength: 12 }), (items) => {
        const sorted = items.toSorted(compareRanked);
        expect(items.toReversed().sort(compareRanked)).toEqual(sorted);
        for (const [index, next] of sorted.slice(1).entries()) {
          expect(sorted[index]!.score).toBeGreaterThanOrEqual(next.score);
        }
      }),
    );
  });

  test("ties do not follow the number of the paper", () => {
    const ids = Array.from({ length: 200 }, (_, i) => `2605.${String(i).padStart(5, "0")}`);
    const order = ids.map((id) => ({ id, score: 1 })).sort(compareRanked);
    const places = order.map(({ id }) => ids.indexOf(id));
    const rising = places.slice(1).filter((place, i) => place > places[i]!).length;
    expect(rising).toBeGreaterThan(70);
    expect(rising).toBeLessThan(130);
  });
});

describe("shares of a page", () => {
  const paper = (submitter: string | null, votes: number, organisation: string | null = null) => ({
    ...submitted,
    votes,
    submitter,
    organisation,
  });

  test("up to a third of the page nothing is taken", () => {
    const scores = scorePage([paper("a", 9), paper("b", 9), paper("c", 9)]);
    expect(scores.map(({ score }) => score)).toEqual([10, 10, 10]);
  });

  test("beyond, all papers of the holder lose the same part, and the page says so", () => {
    const [first, second, other] = scorePage([paper("a", 39), paper("a", 39), paper("b", 19)]);
    // Free is the best paper alone, 40 of 100; 80 are held.
    const kept = (40 * (1 + Math.log(2))) / 80;
    expect(first!.score).toBeCloseTo(40 * kept, 10);
    expect(second!.score).toBeCloseTo(40 * kept, 10);
    expect(other!.score).toBe(20);
    expect(first!.terms.at(-1)).toEqual({
      name: "share of submitter",
      value: expect.closeTo(0.8, 12),
      points: expect.closeTo(40 * (kept - 1), 10),
    });
  });

  test("one paper may have any share of the page", () => {
    expect(scorePage([paper("a", 999), paper("b", 0)]).map(({ score }) => score)).toEqual([1000, 1]);
  });

  test("many small papers of one holder give way to others", () => {
    const scores = scorePage([
      ...Array.from({ length: 6 }, () => paper("a", 9)),
      paper("b", 9),
      paper("c", 9),
    ]);
    const kept = (FREE_SHARE * 80 * (1 + Math.log(60 / (FREE_SHARE * 80)))) / 60;
    expect(scores[0]!.score).toBeCloseTo(10 * kept, 10);
    expect(scores[0]!.score).toBeLessThan(scores[6]!.score);
  });

  test("organisations are held to the same, papers of nobody are not", () => {
    const scores = scorePage([paper(null, 39, "lab"), paper(null, 39, "lab"), paper(null, 19)]);
    expect(scores[0]!.terms.at(-1)!.name).toBe("share of organisation");
    expect(scores[0]!.score).toBeLessThan(40);
    expect(scores[2]!.score).toBe(20);
    expect(scorePage([paper(null, 39), paper(null, 39)]).map(({ score }) => score)).toEqual([40, 40]);
  });

  test("more votes never give a holder less in all, and never turn round the order of its papers", () => {
    const votes = fc.array(fc.nat(300), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(votes, fc.nat(7), fc.integer({ min: 1, max: 400 }), (counts, at, more) => {
        const page = (list: number[]) => scorePage(list.map((n, i) => paper(i % 2 ? "a" : "b", n)));
        const held = (list: number[]) =>
          page(list).reduce((sum, { score }, i) => sum + (i % 2 === index % 2 ? score : 0), 0);
        const index = at % counts.length;
        const raised = counts.with(index, counts[index]! + more);
        expect(held(raised)).toBeGreaterThanOrEqual(held(counts) - 1e-9);
        const scores = page(counts).map(({ score }) => score);
        for (let i = 0; i + 2 < counts.length; i++)
          if (counts[i]! > counts[i + 2]!) expect(scores[i]!).toBeGreaterThan(scores[i + 2]!);
      }),
    );
  });

  test("an empty page and a page without points stay as they are", () => {
    expect(scorePage([])).toEqual([]);
    expect(scorePage([{ ...nothing, submitter: "a", organisation: null }])).toEqual([
      { score: 0, terms: [] },
    ]);
  });
});
