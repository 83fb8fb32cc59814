import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { NO_HISTORY_PART, scoreOf } from "./formula.ts";
import { starVelocityOf } from "./star-velocity.ts";

const at = (days: number) => new Date(Date.parse("2026-05-01T08:00:00Z") + days * 86_400_000).toISOString();
const counts = (...list: [days: number, stars: number][]) =>
  list.map(([days, stars]) => ({ at: at(days), stars }));
const entered = at(0);

describe("star velocity", () => {
  test("is what was gained a day since the oldest count of the last week", () => {
    const week = counts([0, 10], [3, 40], [6, 70]);
    expect(starVelocityOf(week, { stars: 70, enteredAt: entered })).toEqual({ perDay: 10, hasHistory: true });
    // The first count is older than a week before the last.
    const long = counts([0, 0], [10, 100], [14, 120]);
    expect(starVelocityOf(long, { stars: 120, enteredAt: entered })).toEqual({ perDay: 5, hasHistory: true });
  });

  test("a repository that loses stars gains none", () => {
    expect(starVelocityOf(counts([0, 50], [2, 40]), { stars: 40, enteredAt: entered }).perDay).toBe(0);
  });

  test("of one count, or two of the same day, it is spread over the days since the paper came, seven at least", () => {
    const alone = starVelocityOf(counts([1, 70]), { stars: 70, enteredAt: entered });
    expect(alone).toEqual({ perDay: 10, hasHistory: false });
    expect(starVelocityOf(counts([28, 70]), { stars: 70, enteredAt: entered }).perDay).toBe(2.5);
    const sameDay = starVelocityOf(counts([1, 1], [1.5, 70]), { stars: 70, enteredAt: entered });
    expect(sameDay).toEqual({ perDay: 10, hasHistory: false });
    expect(starVelocityOf([], { stars: 14, enteredAt: entered })).toEqual({ perDay: 2, hasHistory: false });
  });

  test("counts by its logarithm, and a quarter of that without a history", () => {
    const points = (perDay: number, hasHistory: boolean) => {
      const input = { submitted: true, announced: false, votes: null, estimate: null };
      return scoreOf({ ...input, starVelocity: { perDay, hasHistory } }).terms.find(
        ({ name }) => name === "stars",
      )!;
    };
    expect(points(100, true)).toEqual({
      name: "stars",
      value: 100,
      points: expect.closeTo(Math.log(101), 12),
    });
    expect(points(100, false).points).toBeCloseTo(NO_HISTORY_PART * Math.log(101), 12);
    expect(points(200, true).points - points(100, true).points).toBeLessThan(1);
  });

  test("is never negative and always a number", () => {
    const count = fc.record({ at: fc.double({ min: 0, max: 60, noNaN: true }).map(at), stars: fc.nat(1e6) });
    const property = fc.property(fc.array(count, { maxLength: 8 }), fc.nat(1e6), (given, stars) => {
      const sorted = given.toSorted((a, b) => (a.at < b.at ? -1 : 1));
      const { perDay } = starVelocityOf(sorted, { stars, enteredAt: entered });
      expect(Number.isFinite(perDay)).toBe(true);
      expect(perDay).toBeGreaterThanOrEqual(0);
    });
    fc.assert(property);
  });
});
