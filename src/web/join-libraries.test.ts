import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, confirmationToken, keepingMailer } from "../../test/support/letters.ts";
import { openPages, postForm } from "../../test/support/pages.ts";
import { cookieOf, signInAs, tokenIn } from "../../test/support/people.ts";
import { sendAccountLetters } from "../accounts/send-account-letters.ts";
import { createOwnerCode } from "../accounts/set-up.ts";
import type { Db } from "../database/dialect.ts";
import { requestSubscription } from "../digest/subscribe.ts";
import { findSubscriberByKey } from "../digest/subscribers-store.ts";
import { keeperAtMachine, machineKeeper, subscriberKeeper } from "../library/keeper.ts";
import { listMarks, setMark } from "../library/library.ts";
import { findPaper } from "../papers/papers-store.ts";

const day = "2026-05-12";
const at = `${day}T12:00:00.000Z`;
/** When the pages are asked. */
const now = "2026-06-01T12:00:00.000Z";
const password = "twelve green owls in a row";

async function openWithPapers(db: Db) {
  const papers = papersOf(day, 2);
  await saveDay(db, day, papers);
  const pks: number[] = [];
  for (const { id } of papers) {
    const found = await findPaper(db, id);
    if (found && "paper" in found) pks.push(found.paper.pk);
  }
  return { pages: await openPages(db), pks: pks as [number, number] };
}

const kept = async (db: Db, keeper: string) =>
  (await listMarks(db, keeper)).map(({ paperPk, kind }) => `${kind} ${paperPk}`).sort();

describeOnBothDatabases("what was kept before", (open) => {
  test("at this machine joins the first owner's account, and what is kept here later too", async () => {
    const db = await open();
    const { pages, pks } = await openWithPapers(db);
    await setMark(db, machineKeeper, { paperPk: pks[0], kind: "save" }, at);
    expect(await keeperAtMachine(db, at)).toBe(machineKeeper);
    const code = await createOwnerCode(pages.accounts);
    const made = await postForm(pages, "/set-up", { code, address: "ada@example.org", password });
    const owner = await keeperAtMachine(db, at);
    expect(await kept(db, owner)).toEqual([`save ${pks[0]}`]);
    expect(await kept(db, machineKeeper)).toEqual([]);
    const headers = { Cookie: cookieOf(made.headers.getSetCookie()) };
    const library = await (await pages.fetch("/api/v1/me/marks", { headers })).json();
    expect(library).toMatchObject({ total: 1 });
    await setMark(db, machineKeeper, { paperPk: pks[1], kind: "later" }, at);
    expect(await keeperAtMachine(db, at)).toBe(owner);
    expect(await kept(db, owner)).toEqual([`later ${pks[1]}`, `save ${pks[0]}`]);
    const later = await openPages(db, { now: "2026-06-02T12:00:00.000Z" });
    const second = await postForm(later, "/set-up", {
      code: await createOwnerCode(later.accounts),
      address: "eve@example.org",
      password,
    });
    expect(second.status).toBe(303);
    expect(await keeperAtMachine(db, at)).toBe(owner);
  });

  test("by the letter's reader joins the account that the link of the same address opens", async () => {
    const db = await open();
    const { pages, pks } = await openWithPapers(db);
    await addConfirmedReader(db, "ada@example.org");
    const reader = await findSubscriberByKey(db, "ada@example.org");
    const keeper = subscriberKeeper(reader!.pk);
    await setMark(db, keeper, { paperPk: pks[0], kind: "more" }, at);
    // The owner's password shows nobody that the address is hers; the link does.
    const code = await createOwnerCode(pages.accounts);
    await postForm(pages, "/set-up", { code, address: "ada@example.org", password });
    expect(await kept(db, keeper)).toEqual([`more ${pks[0]}`]);
    const asked = await postForm(pages, "/sign-in/link", { address: "ada@example.org" });
    const { settings, clock, baseUrl } = pages.accounts;
    const mailer = keepingMailer();
    await sendAccountLetters({ db, clock, baseUrl, mailer, ...settings });
    const Cookie = cookieOf(asked.headers.getSetCookie());
    const opened = await postForm(
      pages,
      `/sign-in/link/${tokenIn(mailer.letters[0]!.text)}`,
      {},
      { "Sec-Fetch-Site": "same-origin", Cookie },
    );
    expect(opened.status).toBe(303);
    expect(await kept(db, keeper)).toEqual([]);
    expect(await kept(db, await keeperAtMachine(db, at))).toEqual([`more ${pks[0]}`]);
  });

  test("joins when a letter is confirmed whose address is an account's; another's stays", async () => {
    const db = await open();
    const { pages, pks } = await openWithPapers(db);
    const { account } = await signInAs(pages.accounts, "ada@example.org", "reader");
    for (const address of ["ada@example.org", "eve@example.org"]) {
      const request = { address, zone: "UTC", sendAt: "09:00", network: "192.0.2.1" };
      await requestSubscription(db, request, { now, mailFrom: "letters@example.org" });
      const reader = await findSubscriberByKey(db, address);
      await setMark(db, subscriberKeeper(reader!.pk), { paperPk: pks[0], kind: "save" }, at);
      const token = await confirmationToken(db, address);
      expect((await postForm(pages, `/confirm/${token}`)).status).toBe(200);
    }
    const eve = await findSubscriberByKey(db, "eve@example.org");
    expect(await kept(db, account.id)).toEqual([`save ${pks[0]}`]);
    expect(await kept(db, subscriberKeeper(eve!.pk))).toEqual([`save ${pks[0]}`]);
  });
});
