import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, keepingMailer, letterContextFor } from "../../test/support/letters.ts";
import { changeWishes } from "./change-wishes.ts";
import { readIssuePayload } from "./payload.ts";
import { planDigests } from "./plan.ts";
import { sendDueLetters } from "./send.ts";

const nine = (day: string) => `${day}T09:00:00.000Z`;

describeOnBothDatabases("an issue for its reader", (open) => {
  async function payloads(db: Awaited<ReturnType<typeof open>>) {
    const rows = await db
      .selectFrom("deliveries")
      .select("payload")
      .where("kind", "=", "digest")
      .orderBy("issue")
      .orderBy("subscriber_pk")
      .execute();
    return rows.map(({ payload }) => readIssuePayload(payload));
  }

  test("holds nothing that waits in another", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 3));
    await saveDay(db, "2026-05-12", [...papersOf("2026-05-11", 3), ...papersOf("2026-05-12", 2)]);
    await addConfirmedReader(db, "ada@example.org");
    let refuses = true;
    const mailer = keepingMailer(() =>
      refuses ? { ok: false, permanent: false, reason: "450 later" } : { ok: true },
    );
    const context = letterContextFor(db, nine("2026-05-11"), mailer);
    await sendDueLetters(context);
    context.setTime(nine("2026-05-12"));
    await sendDueLetters(context);
    refuses = false;
    context.setTime("2026-05-12T12:00:00.000Z");
    await sendDueLetters(context);
    expect(mailer.letters.map(({ subject }) => subject).sort()).toEqual([
      "Broadsheet, 11 May: Paper 1 of 2026-05-11 and 2 more",
      "Broadsheet, 12 May: Paper 1 of 2026-05-12 and 1 more",
    ]);
  });

  test("over several days: the best of all by score, each with its day, told in head and subject", async () => {
    const db = await open();
    await saveDay(db, "2026-05-11", papersOf("2026-05-11", 4));
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 9));
    const reader = await addConfirmedReader(db, "ada@example.org");
    await changeWishes(db, reader, { weekdays: "2", papers: "8" }, "2026-05-01T11:00:00.000Z");
    const context = letterContextFor(db, nine("2026-05-12"));
    await sendDueLetters(context);
    const [letter] = context.mailer.letters;
    expect(letter!.subject).toBe("Broadsheet, 11 to 12 May: Paper 1 of 2026-05-12 and 7 more");
    expect(letter!.text).toContain("11 to 12 May 2026, No. 1 to 2");
    expect(letter!.text).toContain("13 papers, 8 of them here");
    expect(letter!.text).toContain("5 more in the editions of these days");
    const [payload] = await payloads(db);
    expect(payload).toMatchObject({ day: "2026-05-12", from: "2026-05-11", held: 13 });
    const days = payload!.papers.map(({ reason }) => reason.slice(0, 6));
    expect(new Set(days)).toEqual(new Set(["11 May", "12 May"]));
  });

  test("tells of a new version once, beside what is new", async () => {
    const db = await open();
    const [first] = papersOf("2026-05-11", 1);
    await saveDay(db, "2026-05-11", [first!]);
    await addConfirmedReader(db, "ada@example.org");
    const context = letterContextFor(db, nine("2026-05-11"));
    await sendDueLetters(context);
    const changed = { ...first!, title: "Another title", abstract: "Another abstract, of the same paper." };
    await saveDay(db, "2026-05-11", [changed], "2026-05-11T20:00:00.000Z");
    for (const day of ["2026-05-12", "2026-05-13"]) {
      await saveDay(db, day, papersOf(day, 2));
      context.setTime(nine(day));
      await sendDueLetters(context);
    }
    const [, second, third] = context.mailer.letters;
    expect(second!.text).toContain("UPDATED SINCE YOU HAD THEM");
    expect(second!.text.replaceAll(/\s+/g, " ")).toContain(
      "∵ updated since you had it, changed: new abstract, new title (it was “Paper 1 of 2026-05-11: A Study of Counting”)",
    );
    expect(second!.text).toContain("  *  Another title");
    expect(third!.text).not.toContain("Another title");
    expect(third!.subject).toBe("Broadsheet, 13 May: Paper 1 of 2026-05-13 and 1 more");
  });

  test("has the same number of queries whoever reads", async () => {
    const counts: number[] = [];
    for (const readers of [2, 40]) {
      const db = await open();
      await saveDay(db, "2026-05-12", papersOf("2026-05-12", 20));
      for (let i = 0; i < readers; i++) await addConfirmedReader(db, `reader${i}@example.org`);
      let queries = 0;
      const counted = db.withPlugin({
        transformQuery: ({ node }) => {
          queries++;
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      expect(await planDigests(letterContextFor(counted, nine("2026-05-12")))).toBe(readers);
      counts.push(queries);
    }
    expect(counts[1]).toBe(counts[0]);
  });
});

describeOnBothDatabases("own picks", (open) => {
  test("are asked for once a batch, by keeper and without what was had, and stand with their reason", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 20));
    const ada = await addConfirmedReader(db, "ada@example.org");
    const grace = await addConfirmedReader(db, "grace@example.org");
    await changeWishes(db, grace, { papers: "6", ownShare: "50" }, "2026-05-01T11:00:00.000Z");
    const asked: unknown[] = [];
    const context = letterContextFor(db, nine("2026-05-12"));
    context.preparePicks = (items) => async (wishes) => {
      asked.push(wishes.map(({ keeper, limit, had }) => [keeper, limit, had.size]));
      const pick = (rank: number) => ({
        pk: items[rank - 1]!.paper.pk,
        reason: "because you saved X",
        reasons: ["because you saved X"],
      });
      return wishes.map(({ keeper }) =>
        keeper === `subscriber:${grace.pk}`
          ? { picks: [pick(20), pick(1), pick(15)], hidden: new Set([items[1]!.paper.pk]) }
          : { picks: [], hidden: new Set() },
      );
    };
    await sendDueLetters(context);
    expect(asked).toEqual([
      [
        [`subscriber:${ada.pk}`, 12, 0],
        [`subscriber:${grace.pk}`, 6, 0],
      ],
    ]);
    const letter = context.mailer.letters.find(({ to }) => to === "grace@example.org")!;
    const ranks = [...letter.text.matchAll(/^ +(\d+) {2}\S/gm)].map((match) => Number(match[1]));
    expect(ranks).toEqual([1, 3, 4, 5, 20, 15]);
    expect(letter.text).toContain("YOUR OWN PICKS");
    expect(letter.text.match(/because you saved X/g)).toHaveLength(3);
    expect(letter.html).toContain("Your own picks");
  });
});
