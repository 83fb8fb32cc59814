// Papers whose titles, abstracts, names and links attack: on every page they are text.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { renderDigestHtml } from "../../src/digest/digest-html.tsx";
import type { IssueItem } from "../../src/digest/issue.ts";
import { toPlainText } from "../../src/lib/plain-text.ts";
import { joinPieces } from "../../src/mail/letter.ts";
import { browseProgram, hasBrowser } from "../support/browsing.ts";

const attacks = [
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "</title><script>alert(1)</script>",
  "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
  "$\\href{javascript:alert(1)}{click}$",
  "$\\foo<img src=x onerror=alert(1)>$",
  `${"\u202e"}Reversed \u0645\u0631\u062d\u0628\u0627`,
  `Z${"\u0351\u036b\u0313".repeat(40)}algo`,
  "x".repeat(4_000),
  `$${"{".repeat(2_000)}x${"}".repeat(2_000)}$`,
];

const folder = mkdtempSync(join(tmpdir(), "broadsheet-hostile-"));
const file = join(folder, "daily.jsonl");
writeFileSync(file, attacks.map((attack, i) => `${JSON.stringify(rowOf(attack, i))}\n`).join(""));

/** A row of the daily list with the attack wherever a text stands. */
function rowOf(attack: string, i: number) {
  return {
    _day: "2026-05-12",
    title: attack,
    publishedAt: "2026-05-12T00:00:00.000Z",
    submittedBy: { fullname: attack },
    paper: {
      id: `2605.9${String(i).padStart(4, "0")}`,
      title: attack,
      summary: `We introduce ${attack}.`,
      authors: [{ name: attack }, { name: "Ada Lovelace" }],
      publishedAt: "2026-05-12T00:00:00.000Z",
      upvotes: 90 - i,
      githubRepo: "javascript:alert(1)",
    },
  };
}

/** The HTML part of a letter whose papers have the attack, as it is held, wherever a text stands. */
function letterOf(texts: readonly string[]): string {
  const items = texts.map((attack, i): IssueItem => {
    const text = toPlainText(attack).slice(0, 300);
    const words = { id: `2605.${i}`, title: text, byLine: text, summary: text };
    const marks = {
      more: "https://example.org/m/1",
      less: "https://example.org/m/2",
      save: "https://example.org/m/3",
    };
    return {
      pk: i,
      rank: i + 1,
      share: i === 0 ? 0.6 : 0.1,
      step: 1,
      reason: text,
      version: null,
      part: "edition",
      words,
      marks,
    };
  });
  const facts = { day: "2026-05-12", number: 1, asOf: "2026-05-12T08:30:00.000Z", held: items.length };
  return joinPieces(renderDigestHtml({ facts, items, baseUrl: "https://example.org", reader: null }));
}

describe.skipIf(!hasBrowser)("hostile papers", () => {
  const browsing = browseProgram({ files: [file] });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("nothing of them runs, nothing is wider than the page", async () => {
    const viewport = { width: 320, height: 640 };
    const { page, complaints } = await browsing.open("/", { viewport });
    const addresses = await page
      .locator("article.paper h2 a, article.paper h3 a, p.line-title a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    expect(addresses).toHaveLength(attacks.length);
    const searches = attacks.slice(0, 6).map((attack) => `/papers?q=${encodeURIComponent(attack)}`);
    for (const path of ["/", ...addresses, ...searches, "/authors/Ada%20Lovelace"]) {
      await page.goto(browsing.program().url + path);
      const strange = await page.locator("html").evaluate((html) => ({
        scripts: html.querySelectorAll("script:not([src^='/assets/']:empty, [type='application/ld+json'])")
          .length,
        images: html.querySelectorAll("img").length,
        styles: html.querySelectorAll("style, [style]").length,
        handlers: [...html.querySelectorAll("*")].filter((element) =>
          element.getAttributeNames().some((name: string) => name.startsWith("on")),
        ).length,
        links: html.querySelectorAll("a:not([href^='/'], [href^='#'], [href^='https:'], [href^='http:'])")
          .length,
        width: html.scrollWidth,
      }));
      expect({ path, ...strange }).toEqual({
        path,
        scripts: 0,
        images: 0,
        styles: 0,
        handlers: 0,
        links: 0,
        width: 320,
      });
    }
    expect(complaints).toEqual([]);
  });

  test("a title in another direction does not turn its neighbours round", async () => {
    const { page } = await browsing.open("/");
    const headings = await page
      .locator(".headline")
      .evaluateAll((all) => all.every((one) => one.getAttribute("dir") === "auto"));
    expect(headings).toBe(true);
  });

  test("in a letter too nothing of them runs or widens it, light or dark", async () => {
    const { page } = await browsing.open("/", { viewport: { width: 320, height: 640 } });
    // Away from the program's page, whose policy forbids the styles that letters need.
    await page.goto("about:blank");
    await page.setContent(letterOf(attacks));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { width, images } = await page.locator("html").evaluate((html) => ({
        width: html.scrollWidth,
        images: html.querySelectorAll("img, script, svg, iframe").length,
      }));
      expect({ width, images }).toEqual({ width: 320, images: 0 });
    }
  });
});
