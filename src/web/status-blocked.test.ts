import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openPages } from "../../test/support/pages.ts";

const now = "2026-05-12T12:00:00.000Z";

describeOnBothDatabases("what receivers refuse", (open) => {
  test("is shown at the ledger to the owner alone, the receiver's words as text", async () => {
    const db = await open();
    const row = {
      received_at: "2026-05-11T08:00:00.000Z",
      via: "smtp",
      class: "blocked",
      subscriber_pk: null,
      matched_by: null,
      kind: null,
      issue: null,
      status: "5.7.1",
      detail: "550 <listed> somewhere",
      suppressed: 0,
    };
    const owner = await openPages(db, { now, owner: true });
    expect(await owner.read("/status")).not.toContain("Refused by receivers");
    await db
      .insertInto("mail_returns")
      .values({ ...row, pk: 1, fingerprint: "one" })
      .execute();
    const html = (await owner.read("/status")).replaceAll(/\s+/g, " ");
    expect(html).toContain("1 letter in seven days was refused");
    expect(html).toContain("550 &lt;listed&gt; somewhere");
    const anybody = await openPages(db, { now });
    expect(await anybody.read("/status")).not.toContain("Refused by receivers");
  });
});
