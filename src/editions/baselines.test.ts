import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { addDays } from "../lib/clock.ts";
import type { FieldName } from "../reading/field.ts";
import {
  type Baseline,
  baselineOf,
  type CountedPaper,
  fieldFactor,
  switchesOf,
  weekdayFactor,
  weekdayOf,
} from "./baselines.ts";

const day = "2026-05-12";
const monday = "2026-03-02";

const papers = (count: number, votes: number, field: FieldName | null = null, of = monday): CountedPaper[] =>
  Array.from({ length: count }, () => ({ day: of, votes, field }));

/** So many days of a weekday (0: the first Monday's), each with so many papers. */
const days = (weekday: number, count: number, ofDay: number, votes: number): CountedPaper[] =>
  Array.from({ length: count }, (_, week) =>
    papers(ofDay, votes, null, addDays(monday, 7 * week + weekday)),
  ).flat();

const fields: FieldName[] = ["Language", "Vision", "Robots"];
const threeFields = (least: number) =>
  baselineOf(
    day,
    [...papers(40, 9, "Language"), ...papers(40, 3, "Vision"), ...papers(least, 0, "Robots")],
    0,
  );
const weekOf = (last: { days: number; papers: number }) =>
  baselineOf(
    day,
    [...[0, 1, 2, 3].flatMap((weekday) => days(weekday, 6, 8, 3)), ...days(4, last.days, last.papers, 0)],
    0,
  );

describe("what was usual", () => {
  test("is the mean of ln(1 + votes), of all, of those an archive placed, by field and weekday", () => {
    const baseline = baselineOf(day, [...papers(8, 1, "Language"), ...days(1, 1, 8, 3)], 4);
    expect(baseline).toMatchObject({ day, starHistories: 4, placed: { papers: 8 } });
    expect(baseline.all).toEqual({ papers: 16, mean: expect.closeTo((Math.log(2) + Math.log(4)) / 2, 12) });
    expect(baseline.fields).toEqual({ Language: { papers: 8, mean: expect.closeTo(Math.log(2), 12) } });
    expect(baseline.weekdays["1"]).toEqual({ papers: 8, days: 1, mean: expect.closeTo(Math.log(2), 12) });
    expect(baseline.weekdays["2"]!.mean).toBeCloseTo(Math.log(4), 12);
    expect(weekdayOf("2026-05-10")).toBe("0");
  });

  test("days with few counted papers say nothing of their weekday; broken votes count as none", () => {
    expect(baselineOf(day, days(0, 6, 7, 3), 0).weekdays).toEqual({});
    expect(baselineOf(day, papers(2, -5), 0).all.mean).toBe(0);
    expect(baselineOf(day, [], 0).all).toEqual({ papers: 0, mean: 0 });
  });
});

describe("the switch of the field", () => {
  test.each([
    [29, false],
    [30, true],
  ])("with %i papers in the third field is on: %s", (least, on) => {
    const baseline = threeFields(least);
    const { field } = switchesOf(baseline, false);
    expect(field.on).toBe(on);
    expect(field.why).toContain(`${on ? 3 : 2} fields with 30 counted papers`);
    for (const name of fields) expect(fieldFactor(baseline, name) !== 1).toBe(on);
  });

  test("a vote weighs more where votes are few, between a half and 2, and 1 where the field is not known", () => {
    const baseline = threeFields(30);
    const { mean } = baseline.placed;
    expect(fieldFactor(baseline, "Vision")).toBeCloseTo(Math.exp(mean - Math.log(4)), 12);
    expect(fieldFactor(baseline, "Language")).toBeLessThan(1);
    expect(fieldFactor(baseline, "Robots")).toBe(2);
    expect([
      fieldFactor(baseline, null),
      fieldFactor(baseline, "Theory"),
      fieldFactor(null, "Vision"),
    ]).toEqual([1, 1, 1]);
  });
});

describe("the switch of the weekday", () => {
  test.each([
    [{ days: 5, papers: 8 }, false],
    [{ days: 6, papers: 7 }, false],
    [{ days: 6, papers: 8 }, true],
  ])("with %o of Fridays is on: %s", (last, on) => {
    const baseline = weekOf(last);
    const { weekday } = switchesOf(baseline, true);
    expect(weekday.on).toBe(on);
    expect(weekday.why).toContain(`${on ? 5 : 4} weekdays with 6 days of 8 counted papers`);
    expect(weekdayFactor(baseline, "2026-05-15") !== 1).toBe(on);
  });

  test("is off on the page of one day, whatever is held", () => {
    const { weekday } = switchesOf(weekOf({ days: 6, papers: 8 }), false);
    expect(weekday).toEqual({ on: false, why: "on the page of one day all papers have the same" });
  });

  test("a vote of a quiet weekday weighs more, half as much again at most; a Sunday's is not known", () => {
    const baseline = weekOf({ days: 6, papers: 8 });
    expect(weekdayFactor(baseline, "2026-05-15")).toBe(1.5);
    expect(weekdayFactor(baseline, "2026-05-12")).toBeCloseTo(Math.exp(baseline.all.mean - Math.log(4)), 12);
    expect([weekdayFactor(baseline, "2026-05-10"), weekdayFactor(null, day)]).toEqual([1, 1]);
  });
});

describe("the switch of star velocity", () => {
  test.each([
    [19, false],
    [20, true],
  ])("with %i histories is on: %s", (histories, on) => {
    const { stars } = switchesOf(baselineOf(day, [], histories), true);
    expect(stars).toEqual({
      on,
      why: expect.stringContaining(`${histories} papers with star counts of two days`),
    });
  });

  test("without any record of before all are off, and say so", () => {
    for (const { on, why } of Object.values(switchesOf(null, true)))
      expect([on, why]).toEqual([false, "nothing was recorded of the time before"]);
  });
});

test("weights stay within their limits for any past, and more papers never switch anything off", () => {
  const paper = fc.record({
    day: fc.nat(89).map((back) => addDays(day, -back - 4)),
    votes: fc.nat(5_000),
    field: fc.option(fc.constantFrom(...fields)),
  });
  const isOn = (baseline: Baseline) => {
    const { field, weekday, stars } = switchesOf(baseline, true);
    return [field.on, weekday.on, stars.on];
  };
  const property = fc.property(
    fc.array(paper, { maxLength: 300, size: "max" }),
    fc.array(paper, { maxLength: 100 }),
    fc.nat(40),
    (past, more, histories) => {
      const baseline = baselineOf(day, past, histories);
      for (const name of fields) {
        expect(fieldFactor(baseline, name)).toBeGreaterThanOrEqual(0.5);
        expect(fieldFactor(baseline, name)).toBeLessThanOrEqual(2);
      }
      for (const { day: of } of past) {
        expect(weekdayFactor(baseline, of)).toBeGreaterThanOrEqual(1 / 1.5 - 1e-12);
        expect(weekdayFactor(baseline, of)).toBeLessThanOrEqual(1.5);
      }
      const after = isOn(baselineOf(day, [...past, ...more], histories));
      isOn(baseline).forEach((on, i) => {
        if (on) expect(after[i]).toBe(true);
      });
    },
  );
  fc.assert(property, { numRuns: 40 });
});
