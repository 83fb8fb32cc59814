// Search as readers use it: typing with suggestions by keyboard and by touch, on a phone, without JavaScript, in the dark.
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { violationsOf } from "../support/accessibility.ts";
import { browseProgram, hasBrowser } from "../support/browsing.ts";

const options = "#suggestions [role=option]";

/** Types until something is suggested: the tables are made when somebody first types. */
async function typeAndWait(page: Page, text: string): Promise<void> {
  await page.locator("#q").fill("");
  for (let tries = 0; tries < 20; tries++) {
    await page.locator("#q").pressSequentially(text);
    const shown = await page
      .locator(options)
      .first()
      .waitFor({ timeout: 1_000 })
      .then(
        () => true,
        () => false,
      );
    if (shown) return;
    await page.locator("#q").fill("");
  }
}

describe.skipIf(!hasBrowser)("searching", () => {
  const browsing = browseProgram();
  let word: string;
  beforeAll(async () => {
    if (!hasBrowser) return;
    const { page } = await browsing.open("/");
    const headline = (await page.locator("article.sheet h2").textContent()) ?? "";
    word = /[A-Za-z]{5,}/.exec(headline)?.[0].toLowerCase() ?? "";
  });

  test("the field is a combobox: arrows choose, Enter goes there, Escape closes", async () => {
    const { page, complaints } = await browsing.open("/papers");
    const field = page.locator("#q");
    expect(await field.getAttribute("aria-expanded")).toBe("false");
    await typeAndWait(page, word.slice(0, 4));
    const count = await page.locator(options).count();
    expect(await field.getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator("form [role=status]").textContent()).toMatch(
      new RegExp(`^${count} suggestion`),
    );
    await page.keyboard.press("ArrowDown");
    expect(await field.getAttribute("aria-activedescendant")).toBe("suggestion-0");
    expect(await page.locator("#suggestion-0").getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("ArrowUp");
    expect(await field.getAttribute("aria-activedescendant")).toBeNull();
    await page.keyboard.press("ArrowUp");
    expect(await field.getAttribute("aria-activedescendant")).toBe(`suggestion-${count - 1}`);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await field.getAttribute("aria-expanded")).toBe("false");
    expect(await field.inputValue()).toBe(word.slice(0, 4));
    await page.keyboard.press("Escape");
    expect(await field.inputValue()).toBe("");
    await typeAndWait(page, word.slice(0, 4));
    await page.keyboard.press("ArrowDown");
    const target = await page.locator("#suggestion-0").getAttribute("data-href");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${target}`);
    expect(complaints).toEqual([]);
  });

  test("Enter without a choice searches what was typed", async () => {
    const { page } = await browsing.open("/papers");
    await typeAndWait(page, word);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/papers?q=${word}`);
    expect(await page.locator(".hit").count()).toBeGreaterThan(0);
  });

  test("/ leads to the field from the results, and to search from anywhere", async () => {
    const { page } = await browsing.open(`/papers?q=${word}`);
    await page.keyboard.press("/");
    expect(await page.locator("#q:focus").count()).toBe(1);
    await page.goto(`${browsing.program().url}/lists`);
    await page.keyboard.press("/");
    await page.waitForURL("**/papers");
  });

  test("without JavaScript the page is whole: form, facets, order, help", async () => {
    const { page } = await browsing.open("/papers", { javaScriptEnabled: false });
    expect(await page.locator(".search-help a").count()).toBeGreaterThan(8);
    await page.locator("#q").fill(word);
    await page.locator("form.search button").click();
    await page.locator(".hit").first().waitFor();
    await page.locator(".facet a").first().click();
    expect(await page.locator("#q").inputValue()).toContain(`${word} `);
    expect(await page.locator(".facet b").count()).toBe(1);
    await page.locator(".narrow a", { hasText: "newest first" }).click();
    expect(await page.locator(".narrow [aria-current]").first().textContent()).toBe("newest first");
  });

  test.each([
    ["a phone in the dark", { viewport: { width: 390, height: 800 }, colorScheme: "dark", hasTouch: true }],
    ["a small phone", { viewport: { width: 320, height: 640 }, hasTouch: true }],
  ] as const)("on %s suggestions fit and can be touched", async (_, context) => {
    const { page, complaints } = await browsing.open("/papers", { ...context });
    await typeAndWait(page, word.slice(0, 4));
    const width = await page.locator("html").evaluate((html) => html.scrollWidth);
    expect(width).toBeLessThanOrEqual(context.viewport.width);
    const box = await page.locator(options).first().boundingBox();
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(24);
    expect(await violationsOf(page)).toEqual([]);
    const target = await page.locator(options).first().getAttribute("data-href");
    await page.locator(options).first().tap();
    await page.waitForURL(`**${target}`);
    expect(complaints).toEqual([]);
  });

  test.each(["light", "dark"] as const)("results in the %s have no findings", async (colorScheme) => {
    const slip = word.slice(0, 2) + word[3] + word[2] + word.slice(4);
    for (const query of [word, slip, "year:soon x", "zymurgy"]) {
      const { page } = await browsing.open(`/papers?q=${encodeURIComponent(query)}`, { colorScheme });
      expect(await violationsOf(page), query).toEqual([]);
    }
  });
});
