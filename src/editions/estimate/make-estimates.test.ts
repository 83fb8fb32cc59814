import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../../test/support/databases.ts";
import { papersOf, saveDay } from "../../../test/support/days.ts";
import type { Edition } from "../edition.ts";
import { getEdition } from "../editions.ts";
import type { NamedModel } from "../shipped-ranking-model.ts";
import { makeEstimates, settleDays } from "./make-estimates.ts";
import { pastKey } from "./past-votes.ts";

const model: NamedModel = {
  name: "2025-12-31 test",
  trainedUntil: "2025-12-31",
  rows: 3,
  weights: new Map([
    ["title agents", 0.5],
    ["past submitter", 1],
    ["fact stars", 0.25],
  ]),
  past: new Map([[pastKey("submitter", "Cleo"), { papers: 3, beyond: 3 }]]),
};

const clockAt = (instant: string) => () => new Date(instant);
const options = { now: "2026-06-01T12:00:00.000Z", categories: ["cs.CL"] };

async function edition(...args: Parameters<typeof getEdition>): Promise<Edition> {
  const found = await getEdition(...args);
  if (!found || !("asOf" in found)) throw new Error(`no edition ${args[1]}`);
  return found;
}

describeOnBothDatabases("makeEstimates", (open) => {
  test("says what is expected from words, and from what the submitter's papers did before the day", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", [
      { id: "2605.00001", votes: 90, submitter: "Bob" },
      { id: "2605.00002", votes: 0, submitter: "Dan" },
    ]);
    await saveDay(db, "2026-05-12", [
      { id: "2605.00003", title: "Counting", submitter: "Bob" },
      { id: "2605.00004", title: "Agents", submitter: "Cleo" },
      { id: "2605.00005", title: "Sums", submitter: "Dan" },
    ]);
    const work = { db, clock: clockAt("2026-05-12T09:01:00.000Z"), model };
    expect(await makeEstimates(work)).toBe(5);
    expect(await makeEstimates(work)).toBe(0);
    const day = await edition(db, "2026-05-12", options);
    const found = day.items.map(({ paper, estimate }) => [paper.id, estimate?.value.toFixed(3)]);
    // ln 91 less the day's mean, over 1 + 3 papers of Bob's; Dan's as far below; Cleo's as learned, 3 over 3 + 3.
    const bob = (Math.log(91) / 2 / 4).toFixed(3);
    expect(found).toEqual([
      ["2605.00004", "1.000"],
      ["2605.00003", bob],
      ["2605.00005", `-${bob}`],
    ]);
    expect(day.items[0]).toMatchObject({
      estimate: {
        parts: [
          { name: "past submitter", value: 0.5 },
          { name: "words", value: 0.5, said: [{ word: "agents", value: 0.5 }] },
        ],
      },
      reason: "submitted by Cleo; expected well above the day’s mean: its submitter, its text",
    });
    expect(day.items[0]!.terms.map(({ name }) => name)).toEqual(["submitted", "estimate"]);
    expect(day.items[0]!.score).toBeCloseTo(Math.exp(0.5), 12);
  });

  test("the first one stays, whatever is said of the paper later", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", title: "Agents" }]);
    await makeEstimates({ db, clock: clockAt("2026-05-12T10:00:00.000Z"), model });
    await saveDay(db, "2026-05-13", [{ id: "2605.00001", title: "Counting", submitter: null }]);
    await makeEstimates({ db, clock: clockAt("2026-05-13T10:00:00.000Z"), model });
    const other = { ...model, name: "another", weights: new Map([["title counting", 3]]) };
    await makeEstimates({ db, clock: clockAt("2026-05-14T10:00:00.000Z"), model: other });
    const [item] = (await edition(db, "2026-05-12", options)).items;
    expect(item!.paper.title).toBe("Counting");
    expect(item!.estimate?.value).toBe(0.5);
    expect(await db.selectFrom("estimates").select("model").execute()).toHaveLength(1);
  });

  test("days that the model has learned from get none, nor does a title whose abstract may still come", async () => {
    const db = await open();
    await saveDay(db, "2025-12-31", papersOf("2025-12-31", 2));
    await saveDay(db, "2026-05-12", [{ id: "2605.00001", title: "Agents", abstract: "" }]);
    const at = (hour: string) => ({ db, clock: clockAt(`2026-05-12T${hour}:00:00.000Z`), model });
    expect(await makeEstimates(at("10"))).toBe(0);
    expect(await makeEstimates(at("14"))).toBe(0);
    expect(await makeEstimates(at("16"))).toBe(1);
    const old = await edition(db, "2025-12-31", options);
    expect(old.items.map(({ estimate }) => estimate)).toEqual([null, null]);
  });

  test("stars counted after the day tell what became of it, and have no part", async () => {
    const db = await open();
    const stars = (day: string, value: number) =>
      ({ kind: "stars", source: "hub", observedAt: `${day}T08:30:00.000Z`, value }) as const;
    await saveDay(db, "2026-05-12", [
      { id: "2605.00001", title: "Sums", signals: [stars("2026-05-12", 9), stars("2026-05-20", 900)] },
    ]);
    await makeEstimates({ db, clock: clockAt("2026-05-21T10:00:00.000Z"), model });
    const [item] = (await edition(db, "2026-05-12", options)).items;
    expect(item!.estimate?.value).toBeCloseTo(0.25 * Math.log(10), 12);
  });

  test("a day is settled once, when it is over and quiet", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 1));
    const settle = (instant: string, quietMs = 0) => settleDays({ db, clock: clockAt(instant) }, quietMs);
    expect(await settle("2026-05-12T23:00:00.000Z")).toBe(0);
    expect(await settle("2026-05-13T00:00:01.000Z", 24 * 3_600_000)).toBe(0);
    expect(await settle("2026-05-13T00:00:01.000Z")).toBe(1);
    expect(await settle("2026-05-14T00:00:01.000Z")).toBe(0);
    expect(await db.selectFrom("settled_days").selectAll().execute()).toEqual([
      { day: "2026-05-12", settled_at: "2026-05-13T00:00:01.000Z" },
    ]);
  });
});
