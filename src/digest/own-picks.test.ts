import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import { subjects, tinyModel } from "../../test/support/tiny-model.ts";
import { getEdition } from "../editions/editions.ts";
import { setMark } from "../library/library.ts";
import { openPicks } from "../library/pick-for-many.ts";
import { FeatureReader } from "../library/taste/features.ts";
import { sendDueLetters } from "./send.ts";

const day = "2026-05-12";
const reader = new FeatureReader(tinyModel());

function papers(prefix: string, count: number, subject: keyof typeof subjects, votes: number) {
  const words = subjects[subject].split(" ");
  return Array.from({ length: count }, (_, i) => ({
    id: `2605.${prefix}${String(i).padStart(3, "0")}`,
    title: `On ${words[i % 7]} and ${words[(i + 3) % 7]}, part ${i} of ${subject}`,
    abstract: `We study ${subjects[subject]}.`,
    authors: [`${subject} author ${i}`],
    votes,
  }));
}

describeOnBothDatabases("a reader's library in the letter", (open) => {
  test("brings what is near to it with the reason, leaves out what was hidden; who keeps nothing gets the edition", async () => {
    const db = await open();
    await saveDay(db, "2026-04-01", papers("01", 3, "graphs", 1));
    const kept = await db.selectFrom("papers").select("pk").orderBy("pk").execute();
    await saveDay(db, day, [...papers("12", 20, "logic", 90), ...papers("13", 6, "graphs", 1)]);
    const ada = await addConfirmedReader(db, "ada@example.org");
    await addConfirmedReader(db, "grace@example.org");
    const keeper = `subscriber:${ada.pk}`;
    const before = `${day}T07:00:00.000Z`;
    for (const { pk } of kept) await setMark(db, keeper, { paperPk: pk, kind: "save" }, before);
    const edition = await getEdition(db, day, { now: before, categories: [] });
    const best = edition!.items[0]!.paper;
    await setMark(db, keeper, { paperPk: best.pk, kind: "hide" }, before);
    const context = letterContextFor(db, `${day}T09:00:00.000Z`);
    const search = { search: () => expect.fail("nobody follows a search") };
    context.preparePicks = (given, now) => openPicks({ db, search, reader: () => reader }, given, now);
    await sendDueLetters(context);
    const textTo = (address: string) => context.mailer.letters.find(({ to }) => to === address)!.text;
    const own = textTo("ada@example.org").split("YOUR OWN PICKS")[1]!;
    expect(own).toContain("∵ because you saved");
    expect(own).toContain("of graphs");
    expect(textTo("ada@example.org")).not.toContain(best.id);
    expect(textTo("grace@example.org")).toContain(best.id);
    expect(textTo("grace@example.org")).not.toContain("YOUR OWN PICKS");
  });
});
