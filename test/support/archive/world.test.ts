// The world is the same for the same options, and its truth holds together.
import { describe, expect, test } from "vitest";
import { batchOf, listBatches } from "./calendar.ts";
import { categories, followedCategories } from "./taxonomy.ts";
import { createWorld } from "./world.ts";

// Over the end of summer time (2026-11-01) and Thanksgiving.
const options = {
  seed: 7,
  from: "2026-10-26",
  until: "2026-11-30",
  papersPerDay: 6,
  deferrals: ["2026-11-26"],
  skipped: ["2026-11-10"],
  late: { "2026-11-05": 200 },
};
const world = createWorld(options);
const all = categories.map(({ id }) => id);

describe("the world", () => {
  test("is the same for the same seed, and another for another", () => {
    expect(createWorld(options).truth()).toEqual(world.truth());
    expect(createWorld({ ...options, seed: 8 }).truth()).not.toEqual(world.truth());
  });

  test("tells of every category and day, weekends and holidays too", () => {
    const truth = world.truth();
    expect(truth).toHaveLength(36 * followedCategories.length);
    const quiet = new Set(truth.filter(({ announced }) => !announced).map(({ day }) => day));
    // Three weekends, Thanksgiving's batch, and the day nobody was told of.
    expect([...quiet].filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))).toEqual([
      "2026-11-11",
      "2026-11-27",
    ]);
    expect(quiet.size).toBe(12);
    expect(truth.filter(({ announced, new: ids }) => !announced && ids.length > 0)).toEqual([]);
  });

  test("announces each new paper once as new, in its primary category, and gives it the month's next number", () => {
    const announced = world.truth(all).flatMap(({ new: ids }) => ids);
    expect(new Set(announced).size).toBe(announced.length);
    const november = announced.filter((id) => id.startsWith("2611.")).sort();
    expect(november[0]).toBe("2611.01001");
    expect(november.at(-1)).toBe(`2611.${String(1_000 + november.length).padStart(5, "0")}`);
    for (const { category, new: ids } of world.truth(all))
      for (const id of ids) expect(world.findPaper(id)?.categories[0]).toBe(category);
  });

  test("lists no paper twice in a category's day", () => {
    for (const { new: ids, cross, replacement } of world.truth(all)) {
      const listed = [...ids, ...cross, ...replacement];
      expect(new Set(listed).size).toBe(listed.length);
    }
  });

  test("announces what moderation does not hold by the calendar, and says what it held", () => {
    const batches = listBatches({ ...options, from: "2026-10-19" });
    for (const { day, new: ids, held } of world.truth(all)) {
      for (const id of ids) {
        const due = batches[batchOf(batches, world.findPaper(id)!.versions[0]!.submittedAt)]!.day;
        if (held.includes(id)) expect(due < day).toBe(true);
        else expect(due).toBe(day);
      }
    }
    expect(world.truth(all).flatMap(({ held }) => held).length).toBeGreaterThan(5);
  });

  test("has what the tests need: a crowd, two versions in one evening, withdrawals, many versions, late cross-lists", () => {
    expect(world.papers.filter(({ authors }) => authors.length === 3_000)).toHaveLength(1);
    const twice = world.papers.filter(({ versions }) =>
      versions.some(({ batch }, i) => batch >= 0 && versions[i + 1]?.batch === batch),
    );
    expect(twice.length).toBeGreaterThan(3);
    expect(world.papers.some(({ versions }) => versions.at(-1)!.withdrawn)).toBe(true);
    expect(world.papers.some(({ versions }) => versions.length > 6)).toBe(true);
    expect(world.papers.some(({ crossLists }) => crossLists.length > 0)).toBe(true);
    expect(world.papers.some(({ id }) => id.includes("/"))).toBe(true);
  });

  test("dates versions in order, each before the evening that announces it and after the one before", () => {
    for (const { versions } of world.papers) {
      for (const [i, { number, submittedAt, batch }] of versions.entries()) {
        expect(number).toBe(i + 1);
        if (batch >= 0) expect(submittedAt.getTime()).toBeLessThan(world.batches[batch]!.dueAt.getTime());
        if (batch >= 0 && number > 1) expect(batchOf(world.batches, submittedAt)).toBe(batch);
        expect(submittedAt.getMilliseconds()).toBe(0);
        const before = versions[i - 1];
        if (before) expect(submittedAt.getTime()).toBeGreaterThan(before.submittedAt.getTime());
        if (before && before.batch >= 0 && before.batch !== batch)
          expect(submittedAt.getTime()).toBeGreaterThanOrEqual(world.batches[before.batch]!.dueAt.getTime());
      }
    }
  });

  test("says when a batch was due and when it came", () => {
    const { dueAt, publishedAt } = world.truthOf("cs.CL", "2026-11-05");
    expect(dueAt?.toISOString()).toBe("2026-11-05T01:00:00.000Z");
    expect(publishedAt!.getTime() - dueAt!.getTime()).toBe(200 * 60_000);
    expect(world.truthOf("cs.CL", "2026-10-28").dueAt?.toISOString()).toBe("2026-10-28T00:00:00.000Z");
  });

  test("keeps titles apart", () => {
    const titles = world.papers.map(({ versions }) => versions[0]!.title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
