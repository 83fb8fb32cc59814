// The first run of a newcomer: three questions, the last seven days from the archive on this machine, with and without a script.
import { afterAll, describe, expect, test } from "vitest";
import { violationsOf } from "../support/accessibility.ts";
import { addDays } from "../support/archive/eastern.ts";
import { type Archive, archiveAddresses, startArchive } from "../support/archive/server.ts";
import { createWorld } from "../support/archive/world.ts";
import { browseProgram, hasBrowser } from "../support/browsing.ts";

const today = new Date().toISOString().slice(0, 10);
const world = createWorld({ seed: 7, from: addDays(today, -9), until: today, papersPerDay: 3 });
const clock = () => new Date();
/** The program has to know the archive's address before it starts. */
const archive: Archive | null = hasBrowser ? await startArchive({ world, clock }) : null;

describe.skipIf(!hasBrowser)("the first run", () => {
  const browsing = browseProgram({ files: [], env: archiveAddresses(archive?.base ?? "") });
  afterAll(() => archive?.[Symbol.asyncDispose]());

  test("by keyboard from the front page: three answers, and the papers come while one looks on", async () => {
    const { page, complaints } = await browsing.open("/", {
      timezoneId: "Asia/Tokyo",
      viewport: { width: 390, height: 844 },
      colorScheme: "dark",
    });
    await page.getByRole("link", { name: "Choose what you follow" }).press("Enter");
    await page.waitForURL("**/start");
    // The browser's zone, unasked, and the list of zones folded away.
    expect(await page.locator(".zone summary").textContent()).toContain("Asia/Tokyo");
    expect(await page.locator("select[name=zone]").isVisible()).toBe(false);
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBe(390);
    for (const field of ["cs.AI", "cs.CV", "cs.IR", "cs.LG", "cs.RO", "stat.ML"])
      await page.locator(`input[value="${field}"]`).press("Space");
    await page.getByLabel("Your name").fill("Ines Okafor");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Fetching the last seven days" }).waitFor();
    expect(await page.getByText("Saved: you are Ines Okafor").isVisible()).toBe(true);
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    // In the hours after an announcement OAI-PMH does not know of it yet, and the page says so.
    const heading = page.getByRole("heading", {
      name: /^(The last seven days are here|The first harvest is done)$/,
    });
    await heading.waitFor({ timeout: 120_000 });
    expect(await page.getByRole("status").textContent()).toBe("5 of 5 parts");
    expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBe(390);
    await page.getByRole("link", { name: "Read the latest edition" }).click();
    const day = await page.locator("h1").textContent();
    expect(day).toContain(String(new Date().getUTCFullYear()));
    expect(await page.getByRole("link", { name: "Choose what you follow" }).count()).toBe(0);
    expect(complaints).toEqual([]);
    // The letter's form knows the owner's clock.
    await page.goto(`${browsing.program().url}/subscribe`);
    expect(await page.locator("select[name=zone]").inputValue()).toBe("Asia/Tokyo");
  });

  test("without a script the questions stand open, and answering anew works", async () => {
    const { page } = await browsing.open("/start?change", { javaScriptEnabled: false });
    expect(await page.locator("select[name=zone]").isVisible()).toBe(true);
    expect(await page.locator("input:checked").count()).toBe(1);
    await page.locator("summary", { hasText: /^Physics/ }).click();
    await page.getByLabel("Optics").check();
    await page.getByRole("button").click();
    await page.getByRole("heading", { name: "Fetching the last seven days" }).waitFor();
    expect(await page.locator("tbody tr").count()).toBe(4);
    // Looks again by itself.
    await page.waitForRequest((request) => request.url().endsWith("/start"), { timeout: 120_000 });
  });

  test.each(["light", "dark"] as const)("accessible (%s)", async (colorScheme) => {
    for (const path of ["/start", "/start?change"]) {
      const { page } = await browsing.open(path, { colorScheme, bypassCSP: true });
      expect({ path, violations: await violationsOf(page) }).toEqual({ path, violations: [] });
    }
  });
});

describe.skipIf(!hasBrowser)("the first run without a network", () => {
  // Nobody listens on this port: the connection is refused as it is when a network is down.
  const browsing = browseProgram({ files: [], env: archiveAddresses("http://127.0.0.1:9") });

  test("says so in one sentence and goes on with what it has", async () => {
    const { page, complaints } = await browsing.open("/start");
    await page.getByRole("button").click();
    await page.getByText("No archive could be asked yet").waitFor({ timeout: 120_000 });
    await page.getByRole("heading", { name: "Going on without the archives" }).waitFor({ timeout: 120_000 });
    await page.getByRole("link", { name: "Read the latest edition" }).click();
    expect(await page.locator("article.paper").count()).toBeGreaterThan(3);
    expect(complaints).toEqual([]);
  });
});
