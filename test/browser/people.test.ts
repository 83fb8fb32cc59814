// People in a real browser: the first run, an invitation taken and a sign-in by letter on a phone, a paper put forward, a vote without
// JavaScript, moderation, a passkey, and leaving; every page accessible and no wider than the window.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { violationsOf } from "../support/accessibility.ts";
import { browseProgram, hasBrowser } from "../support/browsing.ts";

const password = "twelve green owls in a row";
const phone = { viewport: { width: 390, height: 844 }, colorScheme: "dark" } as const;
/** The policy forbids the test's own script too. */
const checked = { ...phone, bypassCSP: true };

async function expectSound(page: Page): Promise<void> {
  const path = new URL(page.url()).pathname;
  expect({ path, violations: await violationsOf(page) }).toEqual({ path, violations: [] });
  const width = await page.locator("html").evaluate((html) => html.scrollWidth);
  expect(`${path} ${width}`).toBe(`${path} ${page.viewportSize()?.width}`);
}

/** The link of the newest letter to an address, read by the owner among the letters kept on this machine. */
async function newestLink(page: Page, base: string, address: string): Promise<string> {
  const find = async () => {
    await page.goto(`${base}/letters`);
    const item = page.locator("li", { hasText: `to ${address}` }).first();
    return (await item.count()) > 0 ? item.locator("a").getAttribute("href") : null;
  };
  await expect.poll(find, { timeout: 120_000 }).not.toBeNull();
  await page.goto(base + (await find()));
  return (await page.locator("pre.letter a").first().getAttribute("href"))!;
}

describe.skipIf(!hasBrowser)("people", () => {
  const browsing = browseProgram({ env: { BROADSHEET_HARVEST: "off" } });
  const base = () => browsing.program().url;

  test("from the first owner to the last word", async () => {
    // First run: this machine, no ceremony; then an owner's account.
    const owner = await browsing.open("/me", { bypassCSP: true });
    expect(await owner.page.locator("h1").textContent()).toBe("You are the owner");
    await expectSound(owner.page);
    await owner.page.getByRole("link", { name: "Make an account" }).click();
    await owner.page.waitForURL("**/set-up");
    await expectSound(owner.page);
    await owner.page.getByLabel("Your address").fill("ada@example.org");
    await owner.page.getByLabel("A password").fill("owls");
    await owner.page.keyboard.press("Enter");
    await owner.page.getByText("At least 15 characters: a sentence").waitFor();
    await owner.page.getByLabel("A password").fill(password);
    await owner.page.keyboard.press("Enter");
    await owner.page.waitForURL("**/me");
    await expectSound(owner.page);

    // An invitation, taken on a phone.
    await owner.page.goto(`${base()}/accounts`);
    await owner.page.getByLabel("Address").fill("ben@example.org");
    await owner.page.getByLabel("As", { exact: true }).selectOption("editor");
    await owner.page.getByRole("button", { name: "Invite" }).click();
    const link = await owner.page.locator(".secret").textContent();
    const ben = await browsing.open(new URL(link!).pathname, checked);
    await expectSound(ben.page);
    await ben.page.getByRole("button", { name: "Take the invitation" }).press("Enter");
    await ben.page.waitForURL("**/me");
    await expectSound(ben.page);
    await owner.page.goto(`${base()}/accounts`);
    await expectSound(owner.page);

    // Out, and in again by letter, on the phone.
    await ben.page.getByRole("button", { name: "Sign out" }).click();
    await ben.page.waitForURL(`${base()}/`);
    await ben.page.goto(`${base()}/submit`);
    await ben.page.waitForURL("**/sign-in?next=%2Fsubmit");
    await expectSound(ben.page);
    await ben.page.locator("#address").fill("ben@example.org");
    await ben.page.getByRole("button", { name: "Send me a link" }).click();
    await ben.page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
    // The letter leaves after the answer: until then the newest is the invitation.
    let path = "";
    await expect
      .poll(async () => (path = await newestLink(owner.page, base(), "ben@example.org")), {
        timeout: 120_000,
        interval: 250,
      })
      .toMatch(/^\/sign-in\/link\//);
    expect((await owner.page.goto(base() + path))?.status()).toBe(403);
    await ben.page.goto(base() + path);
    await expectSound(ben.page);
    await ben.page.getByRole("button", { name: "Sign in" }).click();
    await ben.page.waitForURL("**/submit");

    // A paper put forward, by title, and one typed in.
    await expectSound(ben.page);
    await ben.page.getByLabel("Which paper").fill("attention windows");
    await ben.page.keyboard.press("Enter");
    await ben.page.getByText("Is it one of these?").waitFor();
    await expectSound(ben.page);
    await ben.page.getByRole("button", { name: "Put it forward" }).first().click();
    await ben.page.getByRole("heading", { name: "It is in today’s edition" }).waitFor();
    await expectSound(ben.page);
    await ben.page.getByRole("link", { name: "put another forward" }).click();
    await ben.page.getByLabel("Which paper").fill("Zymurgy of the Northern Owl");
    await ben.page.keyboard.press("Enter");
    await ben.page.getByRole("button", { name: /type it in/i }).click();
    expect(await ben.page.getByLabel("Title").inputValue()).toBe("Zymurgy of the Northern Owl");
    await expectSound(ben.page);
    await ben.page.getByLabel("Authors").fill("Ines Okafor");
    await ben.page.getByRole("button", { name: "Put it forward" }).click();
    await ben.page.getByRole("link", { name: "Zymurgy of the Northern Owl" }).click();
    await ben.page.waitForURL("**/papers/*");

    // A vote and a report, without JavaScript.
    const plain = await browsing.open("/sign-in", { ...phone, javaScriptEnabled: false });
    await plain.page.locator("#account").fill("ada@example.org");
    await plain.page.locator("#password").fill(password);
    await plain.page.getByRole("button", { name: "Sign in" }).click();
    await plain.page.waitForURL("**/me");
    await plain.page.goto(ben.page.url());
    await plain.page.getByRole("button", { name: "Vote for it" }).click();
    await plain.page.getByText("1 vote here.").waitFor();
    await plain.page.getByRole("button", { name: "Take your vote back" }).click();
    await plain.page.getByText("No votes here yet.").waitFor();
    await plain.page.getByText("Something is wrong with it").click();
    await plain.page.getByLabel("What the editors should know").fill("There is no such owl.");
    await plain.page.getByRole("button", { name: "Report it" }).click();
    await plain.page.getByRole("heading", { name: "The editors will look at it." }).waitFor();
    await ben.page.reload();
    await expectSound(ben.page);

    // Moderation, with its log.
    await ben.page.goto(`${base()}/moderation`);
    await expectSound(ben.page);
    const row = ben.page.locator("tr", { hasText: "There is no such owl." });
    await row.getByLabel("Why").fill("It is a real owl.");
    await row.getByRole("button", { name: "Nothing is wrong" }).click();
    await ben.page.getByText("reports closed").waitFor();
    expect(await ben.page.locator("main").textContent()).toContain("ben@example.org");
    await expectSound(ben.page);

    // Leaving.
    await ben.page.goto(`${base()}/me`);
    await ben.page.getByRole("link", { name: "erase me" }).click();
    await expectSound(ben.page);
    await ben.page.getByLabel("Your address, to be sure").fill("ben@example.org");
    await ben.page.getByRole("button", { name: "Erase me" }).click();
    await ben.page.getByRole("heading", { name: "You are erased" }).waitFor();
    await ben.page.goto(`${base()}/me`);
    await ben.page.waitForURL("**/sign-in?next=%2Fme");
    for (const { complaints } of [owner, ben, plain])
      expect(complaints.filter((text) => !/\b40[0139]\b/.test(text))).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)("a passkey", () => {
  const port = 18_000 + (process.pid % 10_000);
  const url = `http://localhost:${port}`;
  const browsing = browseProgram({ env: { BROADSHEET_PUBLIC_URL: url, BROADSHEET_HARVEST: "off" }, port });

  test("is added and signs in, under the site's policy", async () => {
    const { page, context, complaints } = await browsing.open("/");
    const code = /enter the code ([A-Z0-9-]{19}) /.exec(browsing.program().errors())?.[1] ?? "";
    const session = await context.newCDPSession(page);
    await session.send("WebAuthn.enable");
    await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${url}/set-up`);
    await page.getByLabel("Code").fill(code);
    await page.getByLabel("Your address").fill("ada@example.org");
    await page.getByLabel("A password").fill(password);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/me");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.waitForURL("**/me");
    expect(await page.getByText("on one device").count()).toBe(1);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${url}/`);
    await page.goto(`${url}/sign-in?next=/lists`);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.waitForURL("**/lists");
    expect(complaints).toEqual([]);
  });
});
