// A reader's own edition in a real browser: followed, saved by a key, picked with a reason, hidden and undone; without JavaScript
// on a phone in the dark too.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { violationsOf } from "../support/accessibility.ts";
import { browseProgram, hasBrowser } from "../support/browsing.ts";

/** The policy forbids the test's own script too. */
const wide = { bypassCSP: true } as const;
const phone = {
  ...wide,
  viewport: { width: 390, height: 844 },
  colorScheme: "dark",
  javaScriptEnabled: false,
} as const;

async function expectSound(page: Page): Promise<void> {
  const path = new URL(page.url()).pathname;
  expect({ path, violations: await violationsOf(page) }).toEqual({ path, violations: [] });
}

describe.skipIf(!hasBrowser)("a reader's taste", () => {
  const browsing = browseProgram({ env: { BROADSHEET_HARVEST: "off" } });

  test("follow, save by a key, see why, hide and undo", async () => {
    const { page, complaints } = await browsing.open("/today", wide);
    await page.getByRole("heading", { name: "Nothing is known of you yet." }).waitFor();
    await expectSound(page);
    await page.getByLabel("Follow", { exact: true }).selectOption("search");
    await page.getByLabel("Which").fill("windows");
    await page.getByRole("button", { name: "Follow it" }).click();
    await page.getByText("matches your search ‘windows’").first().waitFor();
    await expectSound(page);

    // By keys on the front: the first paper, saved.
    await page.goto(browsing.program().url);
    await page.keyboard.press("j");
    expect(await page.evaluate("document.activeElement.closest('article')?.className")).toContain("sheet");
    await page.keyboard.press("s");
    await page
      .getByRole("status")
      .getByText(/^Saved: /)
      .waitFor();
    const lead = page.locator("article.sheet .keep");
    expect(await lead.locator(".keep-state").textContent()).toBe("saved");
    await lead.locator("summary").click();
    expect(await lead.getByRole("button", { name: "Save" }).getAttribute("aria-pressed")).toBe("true");
    await expectSound(page);
    await page.keyboard.press("Escape");
    expect(await lead.getAttribute("open")).toBeNull();

    // Another is hidden by its button, and that undone by a key.
    const second = page.locator("article .keep").nth(1);
    await second.locator("summary").press("Enter");
    await second.getByRole("button", { name: "Hide" }).click();
    await page
      .getByRole("status")
      .getByText(/^Hidden/)
      .waitFor();
    expect(await second.locator(".keep-state").textContent()).toBe("hidden");
    await page.keyboard.press("u");
    await page
      .getByRole("status")
      .getByText(/^As it was: /)
      .waitFor();
    expect(await second.locator(".keep-state").textContent()).toBe("mark");

    await page.goto(`${browsing.program().url}/papers?q=in%3Alibrary`);
    expect(await page.locator("article.hit").count()).toBe(1);
    await expectSound(page);
    await page.goto(`${browsing.program().url}/me/taste`);
    await page.getByText("learned from 1 paper for and 0 against").waitFor();
    await expectSound(page);
    expect(complaints).toEqual([]);
  });

  test("the same without JavaScript, on a phone in the dark", async () => {
    const { page } = await browsing.open("/", phone);
    const item = page.locator("article").nth(2);
    const id = await item.getAttribute("id");
    await item.locator(".keep summary").click();
    await item.getByRole("button", { name: "Hide" }).click();
    await page.getByText(/^Hidden, and fewer like it/).waitFor();
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#${id}`);
    expect(await item.locator(".keep-state").textContent()).toBe("hidden");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText(/^As it was: /).waitFor();
    expect(await item.locator(".keep-state").textContent()).toBe("mark");
    for (const path of ["/", "/today", "/me/taste", "/me/library", "/papers?q=windows"]) {
      await page.goto(browsing.program().url + path);
      const width = await page.locator("html").evaluate((html) => html.scrollWidth);
      expect(`${path} ${width}`).toBe(`${path} 390`);
    }
  });
});
