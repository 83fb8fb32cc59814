import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import type { Db } from "../database/dialect.ts";
import { getEdition } from "../editions/editions.ts";
import { findPaper, latestChangeNumber } from "../papers/papers-store.ts";
import { moderate, report } from "./moderation.ts";
import { listLog, listOpenReports } from "./moderation-store.ts";
import type { Person } from "./person.ts";
import { propose, undoProposal } from "./proposals.ts";
import { castVote, undoVote } from "./votes.ts";
import { countVotes, findVote, listHeld, listVotesOf } from "./votes-store.ts";

const day = "2026-05-12";
const noon = new Date(`${day}T12:00:00.000Z`);
const old = "2026-01-01T00:00:00.000Z";

function personNamed(id: string, more: Partial<Person> = {}): Person {
  return { id, name: null, label: `${id}@example.org`, since: old, role: "reader", ...more };
}

const ada = personNamed("ada");
const editor = personNamed("ed", { role: "editor", name: "Ed" });

async function openDay(open: () => Promise<Db>) {
  const db = await open();
  await saveDay(db, day, papersOf(day, 2));
  const found = await findPaper(db, papersOf(day, 2)[0]!.id);
  if (!found || !("paper" in found)) throw new Error("no paper");
  return { db, pk: found.paper.pk, id: found.paper.id };
}

async function votesOnPage(db: Db, id: string, asOf?: string): Promise<number | null> {
  const options = { now: "2026-05-13T00:00:00.000Z", categories: [], ...(asOf ? { asOf } : {}) };
  const edition = await getEdition(db, day, options);
  return edition && "counts" in edition
    ? (edition.items.find((i) => i.paper.id === id)?.votes ?? null)
    : null;
}

describeOnBothDatabases("a vote", (open) => {
  test("counts once, in the edition from its time on, and search hears of it", async () => {
    const { db, pk, id } = await openDay(open);
    const before = [await votesOnPage(db, id), await latestChangeNumber(db)] as const;
    expect(await castVote(db, ada, pk, noon)).toBe("counted");
    expect(await castVote(db, ada, pk, noon)).toBe("again");
    expect(await countVotes(db, pk, "counted")).toBe(1);
    expect(await votesOnPage(db, id)).toBe(before[0]! + 1);
    expect(await votesOnPage(db, id, `${day}T11:59:59.999Z`)).toBe(before[0]);
    expect(await latestChangeNumber(db)).toBeGreaterThan(before[1]);
  });

  test("is taken back, also within the same millisecond; the record of both stays", async () => {
    const { db, pk, id } = await openDay(open);
    const before = await votesOnPage(db, id);
    await castVote(db, ada, pk, noon);
    expect(await undoVote(db, ada, pk, noon)).toBe(true);
    expect(await undoVote(db, ada, pk, noon)).toBe(false);
    expect(await votesOnPage(db, id)).toBe(before);
    const signals = await db
      .selectFrom("signals")
      .select("value")
      .where("source", "=", "broadsheet")
      .orderBy("observed_at")
      .execute();
    expect(signals.map(({ value }) => value)).toEqual([1, 0]);
  });

  test("twenty at once are twenty, each account's once", async () => {
    const { db, pk, id } = await openDay(open);
    const before = await votesOnPage(db, id);
    const people = Array.from({ length: 20 }, (_, i) => personNamed(`reader ${i}`));
    await Promise.all([...people, ...people].map((person) => castVote(db, person, pk, noon)));
    expect(await countVotes(db, pk, "counted")).toBe(20);
    expect(await votesOnPage(db, id)).toBe(before! + 20);
  });

  test("a hundred an hour, then no more", async () => {
    const { db, pk } = await openDay(open);
    for (let n = 0; n < 50; n++) {
      await castVote(db, ada, pk, noon);
      await undoVote(db, ada, pk, noon);
    }
    expect(await castVote(db, ada, pk, noon)).toBe("too-many");
    expect(await castVote(db, ada, pk, new Date(noon.getTime() + 3_600_001))).toBe("counted");
  });
});

describeOnBothDatabases("a burst of new accounts", (open) => {
  const newcomers = Array.from({ length: 6 }, (_, i) =>
    personNamed(`new ${i}`, { since: "2026-05-11T00:00:00.000Z" }),
  );

  async function burst() {
    const here = await openDay(open);
    await castVote(here.db, ada, here.pk, noon);
    const outcomes = [];
    for (const person of newcomers) outcomes.push(await castVote(here.db, person, here.pk, noon));
    return { ...here, outcomes };
  }

  test("is held from its first vote on; older accounts count", async () => {
    const { db, pk, outcomes } = await burst();
    expect(outcomes).toEqual(["counted", "counted", "counted", "held", "held", "held"]);
    expect(await countVotes(db, pk, "counted")).toBe(1);
    expect(await listHeld(db, 10)).toEqual([{ paperPk: pk, votes: 6, since: noon.toISOString() }]);
  });

  test("counts when an editor says so, and is logged with why", async () => {
    const { db, pk, id } = await burst();
    const before = await votesOnPage(db, id);
    const both = await Promise.all(
      (["count-votes", "drop-votes"] as const).map((action) =>
        moderate(db, editor, { action, paperPk: pk, reason: "a class" }, noon),
      ),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
    const log = await listLog(db, 10);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({
      actor: "ed@example.org",
      at: noon.toISOString(),
      reason: "a class",
      paper_pk: pk,
    });
    const counted = log[0]?.action === "count-votes";
    expect(await votesOnPage(db, id)).toBe(before! + (counted ? 6 : 0));
    expect(await listHeld(db, 10)).toEqual([]);
    expect(await findVote(db, pk, "new 0")).toBe(counted ? "counted" : null);
  });
});

describeOnBothDatabases("putting forward", (open) => {
  const next = new Date("2026-05-13T12:00:00.000Z");
  const rules = { now: next, readersMayADay: 0 };

  test("is for editors, and for readers as far as the owner lets them", async () => {
    const { db, pk } = await openDay(open);
    expect(await propose(db, ada, pk, rules)).toBe("not-allowed");
    expect(await propose(db, ada, pk, { ...rules, readersMayADay: 1 })).toBe("shown");
    const second = await findPaper(db, papersOf(day, 2)[1]!.id);
    const other = second && "paper" in second ? second.paper.pk : 0;
    expect(await propose(db, ada, other, { ...rules, readersMayADay: 1 })).toBe("too-many");
    expect(await undoProposal(db, ada, pk, next)).toBe(true);
    expect(await propose(db, ada, other, { ...rules, readersMayADay: 1 })).toBe("too-many");
    expect(await propose(db, ada, pk, { ...rules, readersMayADay: 1 })).toBe("shown");
  });

  test("once a day, of ten at once one; it is on the day's page with the name", async () => {
    const { db, pk } = await openDay(open);
    const people = Array.from({ length: 10 }, (_, i) =>
      personNamed(`ed ${i}`, { role: "editor", name: `Ed ${i}` }),
    );
    const outcomes = await Promise.all(people.map((person) => propose(db, person, pk, rules)));
    expect(outcomes.toSorted()).toEqual(["shown", ...Array(9).fill("there")].toSorted());
    const edition = await getEdition(db, "2026-05-13", { now: next.toISOString(), categories: [] });
    expect(edition?.items).toHaveLength(1);
    const winner = people[outcomes.indexOf("shown")]!;
    expect(edition?.items[0]).toMatchObject({ submitters: [winner.name] });
    expect(await undoProposal(db, ada, pk, next)).toBe(false);
    expect(await undoProposal(db, winner, pk, next)).toBe(true);
    expect((await getEdition(db, "2026-05-13", { now: next.toISOString(), categories: [] }))?.items).toEqual(
      [],
    );
  });

  test("what an editor took off the page stays off for readers", async () => {
    const { db, pk } = await openDay(open);
    await propose(db, ada, pk, { ...rules, readersMayADay: 3 });
    expect(await report(db, personNamed("eve"), { paperPk: pk, reason: " spam " }, next)).toBe("taken");
    expect(await report(db, personNamed("eve"), { paperPk: pk, reason: "spam" }, next)).toBe("again");
    expect(await report(db, ada, { paperPk: pk, reason: "  " }, next)).toBe("empty");
    expect((await listOpenReports(db, 10)).map(({ reason }) => reason)).toEqual(["spam"]);
    expect(await moderate(db, editor, { action: "remove", paperPk: pk, reason: "spam" }, next)).toBe(true);
    expect(await moderate(db, editor, { action: "remove", paperPk: pk, reason: "spam" }, next)).toBe(false);
    expect(await listOpenReports(db, 10)).toEqual([]);
    expect(await propose(db, ada, pk, { ...rules, readersMayADay: 3 })).toBe("removed");
    expect(await propose(db, editor, pk, rules)).toBe("shown");
  });
});

describeOnBothDatabases("papers that turn out to be one", (open) => {
  test("keep each account's vote once", async () => {
    const { db, pk } = await openDay(open);
    const second = await findPaper(db, papersOf(day, 2)[1]!.id);
    const other = second && "paper" in second ? second.paper : null;
    for (const person of [ada, editor]) await castVote(db, person, pk, noon);
    await castVote(db, ada, other!.pk, noon);
    const { absorbPapers } = await import("../papers/absorb-store.ts");
    await db
      .transaction()
      .execute((trx) => absorbPapers(trx, [{ from: other!.pk, id: other!.id, to: pk }], noon.toISOString()));
    expect(await countVotes(db, pk, "counted")).toBe(2);
    expect(await listVotesOf(db, "ada")).toEqual([
      { paperPk: pk, votedAt: noon.toISOString(), state: "counted" },
    ]);
  });
});
