// The parts of the formula that wait for data, through the whole way: harvested days, recorded baselines, pages and explanations.
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { type DayPaper, saveDay } from "../../test/support/days.ts";
import { openPages } from "../../test/support/pages.ts";
import type { Db } from "../database/dialect.ts";
import { makeEstimates } from "../editions/estimate/make-estimates.ts";
import type { Explanation } from "../editions/explain.ts";

const model = { name: "none", trainedUntil: "2025-12-31", rows: 0, weights: new Map(), past: new Map() };
const fields = ["cs.CL", "cs.CV", "cs.RO"];
/** Papers of a field are voted for about so often. */
const usualVotes = [60, 12, 3];
const papersOfDay = 8;

/** Working days of six weeks, from Monday 2 March on. */
const workingDays = Array.from({ length: 30 }, (_, i) => {
  const days = Math.floor(i / 5) * 7 + (i % 5);
  return new Date(Date.parse("2026-03-02T00:00:00Z") + days * 86_400_000).toISOString().slice(0, 10);
});
/** Seven days are held before it, of which the last three do not count. */
const early = workingDays[6]!;
const late = "2026-04-15";

function paperOf(day: string, i: number): DayPaper {
  const id = `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${String(i).padStart(3, "0")}`;
  const field = i % fields.length;
  const stars = (at: string, value: number) =>
    ({ kind: "stars", source: "hub", observedAt: at, value }) as const;
  return {
    id,
    submitter: `Submitter ${i}`,
    categories: [fields[field]!],
    // Fridays are quiet.
    votes: Math.round(usualVotes[field]! / (new Date(day).getUTCDay() === 5 ? 6 : 1)),
    signals: [stars(`${day}T08:30:00.000Z`, 10), stars(`${day}T23:30:00.000Z`, 10 + i)],
  };
}

async function saveSixWeeks(db: Db): Promise<void> {
  for (const day of [...workingDays, late])
    await saveDay(
      db,
      day,
      Array.from({ length: papersOfDay }, (_, i) => paperOf(day, i)),
    );
  // Twenty papers of the last month are looked at once more the day after.
  const again = workingDays.slice(-4).map((day) => [day, `${day}T20:00:00.000Z`] as const);
  for (const [day, at] of again) {
    const next = new Date(Date.parse(at) + 86_400_000).toISOString();
    const counted = Array.from({ length: 5 }, (_, i) => ({
      ...paperOf(day, i),
      signals: [{ kind: "stars", source: "hub", observedAt: next, value: 40 } as const],
    }));
    await saveDay(db, day, counted, next);
  }
  await makeEstimates({ db, clock: () => new Date("2026-04-15T12:00:00.000Z"), model });
}

describeOnBothDatabases("parts of the formula that wait for data", (open) => {
  test("are off while little is held, and on by themselves when there is enough, on pages and explanations", async () => {
    const db = await open();
    await saveSixWeeks(db);
    const { fetch, read } = await openPages(db, { now: "2026-04-16T12:00:00.000Z" });
    const explain = async (key: string, day: string, i: number) => {
      const answer = await fetch(`/explain/${key}/${paperOf(day, i).id}?format=json`);
      return (await answer.json()) as Explanation;
    };
    const termsOf = ({ terms }: Explanation) =>
      Object.fromEntries(terms.map(({ name, value }) => [name, value]));

    const before = await explain(early, early, 0);
    expect([before.switches.field.on, before.switches.stars.on]).toEqual([false, false]);
    expect(before.switches.field.why).toMatch(/^0 fields with 30 counted papers/);
    expect(Object.keys(termsOf(before))).toEqual(["submitted", "votes"]);

    const [language, , robots] = await Promise.all([0, 1, 2].map((i) => explain(late, late, i)));
    expect(language!.switches).toMatchObject({
      field: { on: true, why: expect.stringMatching(/^3 fields/) },
      weekday: { on: false },
      stars: { on: true, why: expect.stringMatching(/^20 papers/) },
    });
    expect(termsOf(language!).field).toBeLessThan(1);
    expect(termsOf(robots!).field).toBe(2);
    expect(language!.terms.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 9);

    const [monday, friday] = [workingDays[25]!, workingDays[29]!];
    const quiet = await explain("2026-W15", friday, 2);
    expect(quiet.switches.weekday.on).toBe(false);
    expect(termsOf(await explain("2026-W15", monday, 0)).weekday).toBeUndefined();
    const week = await explain("2026-W16", late, 0);
    expect(week.switches.weekday).toEqual({ on: true, why: expect.stringMatching(/^5 weekdays/) });
    expect(termsOf(week).weekday).toBeLessThan(1);

    const shown = await read(`/explain/${late}/${paperOf(late, 2).id}`);
    expect(shown).toMatch(/A vote’s weight in the paper’s field .*?<\/th><td>2<\/td>/);
    expect(shown).toMatch(/Star velocity<\/th><td class="words">20 papers[^<]+<\/td><td>on/);
    expect(await read(`/papers/date/${late}?explain`)).toContain("A vote’s weight in the paper’s field");
  });
});
