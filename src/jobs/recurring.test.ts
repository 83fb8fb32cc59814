import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { papersOf, saveDay } from "../../test/support/days.ts";
import { addConfirmedReader, letterContextFor } from "../../test/support/letters.ts";
import { tinyModel } from "../../test/support/tiny-model.ts";
import { requestSubscription } from "../digest/subscribe.ts";
import { FeatureReader } from "../library/taste/features.ts";
import type { Search, SearchChange } from "../search/search.ts";
import { followPapers } from "./follow-search.ts";
import { runJob } from "./jobs.ts";
import { recurringWork } from "./recurring.ts";

/** Keeps what it is told, as an index would. */
function noting() {
  const slices: SearchChange[][] = [];
  const search = {
    changeNumber: 0,
    apply(changes: readonly SearchChange[]) {
      slices.push([...changes]);
      this.changeNumber = changes.at(-1)!.changeNumber;
    },
  };
  return { search: search as unknown as Search, slices };
}

describeOnBothDatabases("recurring work", (open) => {
  test("sends letters, forgets unconfirmed addresses, follows the papers", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 3));
    await addConfirmedReader(db, "ada@example.org");
    const old = { address: "old@example.org", zone: "UTC", sendAt: "09:00", network: "x" };
    await requestSubscription(db, old, { now: "2026-04-01T00:00:00.000Z", mailFrom: "letters@example.org" });
    const context = letterContextFor(db, "2026-05-12T09:00:00.000Z");
    const { search, slices } = noting();
    let harvests = 0;
    let trainings = 0;
    const subject = {
      ...context,
      config: {
        mailFrom: context.mailFrom,
        mailDomains: [],
        categories: context.categories,
        returns: { bounceAddress: null, maildir: null, secret: null },
        mailRates: { perSecond: null, perHour: null },
      },
      webhookSender: { post: async () => ({ ok: true }) as const, [Symbol.asyncDispose]: async () => {} },
      followSearch: () => followPapers(db, search),
      harvest: async () => {
        harvests += 1;
      },
      trainWhenDue: async () => {
        trainings += 1;
      },
    };
    const jobs = recurringWork(subject);
    expect(jobs.map((job) => job.name)).not.toContain("embeddings");
    const embedPapers = async () => 0;
    expect(recurringWork({ ...subject, embedPapers })).toContainEqual(
      expect.objectContaining({ name: "embeddings", run: embedPapers }),
    );
    const reader = () => new FeatureReader(tinyModel());
    expect(recurringWork({ ...subject, featureReader: reader }).map((job) => job.name)).toContain("tastes");
    expect(new Set(jobs.map((job) => job.name)).size).toBe(jobs.length);
    const { signal } = new AbortController();
    for (const job of jobs) await runJob(job, { log: context.log, signal });
    expect(context.mailer.letters.map((letter) => letter.to)).toContain("ada@example.org");
    const left = await db.selectFrom("subscribers").select("address").execute();
    expect(left.map((row) => row.address)).toEqual(["ada@example.org"]);
    expect(slices.flat()).toHaveLength(3);
    expect([harvests, trainings]).toEqual([1, 1]);
  });
});

describeOnBothDatabases("following the papers", (open) => {
  test("in order, in slices, each change once, to the end", async () => {
    const db = await open();
    for (const day of ["2026-05-11", "2026-05-12"]) await saveDay(db, day, papersOf(day, 150));
    const { search, slices } = noting();
    const told: [number, number][] = [];
    const applied = await followPapers(db, search, { onProgress: (done, total) => told.push([done, total]) });
    expect(applied).toBe(300);
    expect(slices.flat()).toHaveLength(300);
    const numbers = slices.flat().map((change) => change.changeNumber);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(told.at(-1)![0]).toBe(told.at(-1)![1]);
    expect(slices[0]![0]!.document).toMatchObject({
      title: expect.stringContaining("Paper 1"),
      authors: ["Grace Hopper", "Ada Lovelace"],
    });
    expect(await followPapers(db, search)).toBe(0);
    await saveDay(db, "2026-05-12", [{ ...papersOf("2026-05-12", 1)[0]!, title: "Renamed" }]);
    expect(await followPapers(db, search)).toBe(1);
    expect(slices.at(-1)![0]!.document).toMatchObject({ title: "Renamed" });
  });

  test("stops when aborted and goes on there", async () => {
    const db = await open();
    await saveDay(db, "2026-05-12", papersOf("2026-05-12", 600));
    const { search } = noting();
    const stop = new AbortController();
    expect(await followPapers(db, search, { signal: stop.signal, onProgress: () => stop.abort() })).toBe(500);
    expect(await followPapers(db, search)).toBe(100);
  });
});
