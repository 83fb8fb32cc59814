// How a reader goes about: by keyboard alone, without JavaScript, coming back the next day.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { browseProgram, hasBrowser } from "../support/browsing.ts";

/** What has the focus, as a reader would name it. */
function describeFocus(
  page: Page,
): Promise<{ text: string; href: string | null; headline: boolean; outline: string }> {
  return page.locator("html").evaluate((html) => {
    const element = html.ownerDocument.activeElement ?? html;
    return {
      text: element.textContent?.trim() ?? "",
      href: element.getAttribute("href"),
      headline: element.closest("h2.headline") !== null,
      outline: html.ownerDocument.defaultView?.getComputedStyle(element).outlineWidth ?? "",
    };
  });
}

describe.skipIf(!hasBrowser)("reading", () => {
  const browsing = browseProgram();

  test("by keyboard: past the navigation to the first paper, and into search", async () => {
    const { page } = await browsing.open("/");
    await page.keyboard.press("Tab");
    expect((await describeFocus(page)).href).toBe("#main");
    await page.keyboard.press("Enter");
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      if ((await describeFocus(page)).headline) break;
    }
    const first = await describeFocus(page);
    expect(first.href).toMatch(/^\/papers\//);
    expect(first.outline).toBe("3px");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${first.href}`);
    expect(await page.locator("h1").textContent()).toBe(first.text);
    await page.goto(`${browsing.program().url}/papers`);
    await page.locator("#q").focus();
    await page.keyboard.type("attention windows");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/papers?q=attention+windows");
    expect(await page.locator(".hit").count()).toBeGreaterThan(0);
  });

  test("without JavaScript nothing is missing", async () => {
    const { page, complaints } = await browsing.open("/", { javaScriptEnabled: false });
    const papers = await page.locator("article.paper, li.line").count();
    const held = Number(/(\d+) held/.exec((await page.locator(".dateline").textContent()) ?? "")?.[1]);
    expect(papers).toBe(held);
    await page.locator("article.sheet h2 a").click();
    await page.locator("details.cite summary").click();
    expect(await page.locator("details.cite pre").textContent()).toMatch(/^@/);
    expect(complaints).toEqual([]);
  });

  test("what came since the last visit is marked, and stays so during the visit", async () => {
    const { page } = await browsing.open("/");
    expect(await page.locator(".is-new").count()).toBe(0);
    // An earlier visit, long over, before anything of this edition was there.
    const early = { last: Date.parse("2026-01-01T00:00:00Z"), since: null };
    await page.evaluate((visits) => localStorage.setItem("broadsheet-visits", JSON.stringify(visits)), early);
    await page.reload();
    const papers = await page.locator("article.paper, li.line").count();
    expect(await page.locator(".is-new").count()).toBe(papers);
    expect(await page.locator("#news").textContent()).toBe(`${papers} new since your last visit`);
    await page.reload();
    expect(await page.locator(".is-new").count()).toBe(papers);
    const rank = page.locator(".is-new .rank").first();
    const colour = await rank.evaluate(
      (element) => element.ownerDocument.defaultView?.getComputedStyle(element).color,
    );
    expect(colour).toBe("rgb(10, 70, 214)");
  });

  test("broken memory of visits breaks nothing", async () => {
    const { page, complaints } = await browsing.open("/");
    for (const value of ["{", "null", "7", '{"last":"x"}']) {
      await page.evaluate((text) => localStorage.setItem("broadsheet-visits", text), value);
      await page.reload();
    }
    expect(complaints).toEqual([]);
  });

  test("the share rules are as long as the scores are high", async () => {
    const { page } = await browsing.open("/papers/date/2026-05-12");
    const papers = await page.locator("article.paper").evaluateAll((all) =>
      all.map((paper) => ({
        rank: Number(paper.querySelector(".rank")?.textContent),
        width: Number(paper.querySelector("svg.share")?.getAttribute("width")),
      })),
    );
    expect(papers.length).toBeGreaterThan(4);
    const widths = papers.sort((a, b) => a.rank - b.rank).map(({ width }) => width);
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });

  test("neighbouring quartos begin their abstracts on one line", async () => {
    const { page } = await browsing.open("/papers/month/2026-05");
    const rows = await page
      .locator(".row")
      .evaluateAll((elements) =>
        elements.map((row) =>
          [...row.querySelectorAll(".level .abstract")].map((abstract) =>
            Math.round(abstract.getBoundingClientRect().top),
          ),
        ),
      );
    for (const tops of rows) expect(new Set(tops).size).toBeLessThanOrEqual(1);
  });
});
