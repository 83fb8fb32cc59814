import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openPages } from "../../test/support/pages.ts";
import { signInAs } from "../../test/support/people.ts";
import { listWebhooks } from "../webhooks/webhooks-store.ts";

const url = "https://hooks.example.org/services/secret-part";

describeOnBothDatabases("the page of webhooks", (open) => {
  async function openAs(...addresses: string[]) {
    const db = await open();
    const pages = await openPages(db);
    const people = [];
    for (const address of addresses) people.push(await signInAs(pages.accounts, address, "reader"));
    const post = (cookie: string, path: string, form: Record<string, string>) =>
      pages.fetch(path, {
        method: "POST",
        headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" },
        body: new URLSearchParams(form),
      });
    const read = async (cookie: string) =>
      (await pages.fetch("/me/webhooks", { headers: { Cookie: cookie } })).text();
    return { db, pages, people, post, read };
  }

  test("makes one, shows its secret once, and of its address nothing that opens it", async () => {
    const { db, people, post, read } = await openAs("ada@x.test");
    const { cookie, account } = people[0]!;
    const made = await post(cookie, "/me/webhooks", {
      url,
      shape: "json",
      what: "picks",
      time: "08:30",
      zone: "Europe/Berlin",
    });
    const [webhook] = await listWebhooks(db, [account.id]);
    expect([made.status, made.headers.get("Cache-Control")]).toEqual([
      200,
      expect.stringContaining("no-store"),
    ]);
    expect(await made.text()).toContain(webhook!.secret);
    expect(webhook).toMatchObject({
      url,
      shape: "json",
      what: "picks",
      send_at: "08:30",
      zone: "Europe/Berlin",
    });
    const page = await read(cookie);
    expect(page).toContain("hooks.example.org/services/…");
    expect(page).toContain("your picks, signed JSON");
    expect(page).not.toContain("secret-part");
    expect(page).not.toContain(webhook!.secret);
  });

  test("one that reads messages has no secret to show", async () => {
    const { db, people, post } = await openAs("ada@x.test");
    const form = { url, shape: "slack", time: "08:30", zone: "UTC" };
    const made = await post(people[0]!.cookie, "/me/webhooks", form);
    expect([made.status, made.headers.get("Location")]).toEqual([303, "/me/webhooks"]);
    expect(await listWebhooks(db, null)).toMatchObject([{ shape: "slack" }]);
  });

  test("refuses a private address in words that say nothing of it, and keeps none", async () => {
    const { db, people, post } = await openAs("ada@x.test");
    const form = { url: "https://169.254.169.254/latest", shape: "json", time: "08:30", zone: "UTC" };
    const refused = await post(people[0]!.cookie, "/me/webhooks", form);
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining("Nothing is sent to this address."),
    ]);
    expect(await listWebhooks(db, null)).toEqual([]);
  });

  test("nobody reaches another's", async () => {
    const { db, people, post } = await openAs("ada@x.test", "eve@x.test");
    const [ada, eve] = people;
    await post(ada!.cookie, "/me/webhooks", { url, shape: "json", time: "08:30", zone: "UTC" });
    const [webhook] = await listWebhooks(db, null);
    for (const act of ["test", "on", "remove"]) {
      const answer = await post(eve!.cookie, `/me/webhooks/${act}`, { webhook: webhook!.id });
      expect(answer.status).toBe(404);
    }
    expect((await post(ada!.cookie, "/me/webhooks/test", { webhook: webhook!.id })).status).toBe(303);
    expect((await post(ada!.cookie, "/me/webhooks/remove", { webhook: webhook!.id })).status).toBe(303);
    expect(await listWebhooks(db, null)).toEqual([]);
  });

  test("a form from another site does nothing", async () => {
    const { db, pages, people } = await openAs("ada@x.test");
    const headers = { Cookie: people[0]!.cookie, "Sec-Fetch-Site": "cross-site" };
    const body = new URLSearchParams({ url, shape: "json", time: "08:30", zone: "UTC" });
    expect((await pages.fetch("/me/webhooks", { method: "POST", headers, body })).status).toBe(403);
    expect(await listWebhooks(db, null)).toEqual([]);
  });
});
