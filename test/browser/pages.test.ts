// Every page in a real browser: accessible, quiet, within its width, in light and dark, at five widths.
import { describe, expect, test } from "vitest";
import { violationsOf } from "../support/accessibility.ts";
import { browseProgram, hasBrowser } from "../support/browsing.ts";

const pages = [
  "/",
  "/papers/date/2026-05-11",
  "/papers/date/2026-05-11?explain",
  "/papers/date/2026-05-11?as-of=2026-05-12",
  "/explain/2026-05-11/2605.04101",
  "/papers/week/2026-W20",
  "/papers/month/2026-05",
  "/papers/date/2026-05-09",
  "/papers/date/2026-02-30",
  "/papers/2605.04101",
  "/papers",
  "/papers?q=attention+windows",
  "/papers?q=zymurgy",
  "/lists",
  "/lists/listing-spring",
  "/categories/cs.CL",
  "/authors/Ines%20Okafor",
  "/about",
  "/start",
  "/subscribe",
  "/letters",
  "/sign-in",
  "/set-up",
  "/me",
  "/accounts",
  "/submit",
  "/moderation",
  "/nowhere",
];

const views = [
  { name: "wide and light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "wide and dark", viewport: { width: 1680, height: 1000 }, colorScheme: "dark" },
  { name: "on a phone in the dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

const otherWidths = [800, 320];

describe.skipIf(!hasBrowser)("pages", () => {
  const browsing = browseProgram();

  test.each(views)(
    "$name: accessible, quiet, no wider than the window",
    async ({ viewport, colorScheme }) => {
      // The policy forbids our own test script too, so this context leaves it out; the next test keeps it.
      const { page } = await browsing.open("/", { viewport, colorScheme, bypassCSP: true });
      for (const path of pages) {
        await page.goto(browsing.program().url + path);
        expect({ path, violations: await violationsOf(page) }).toEqual({ path, violations: [] });
        const width = await page.locator("html").evaluate((html) => html.scrollWidth);
        expect(`${path} ${width}`).toBe(`${path} ${viewport.width}`);
      }
    },
  );

  test.each(otherWidths)("at %i pixels nothing is wider than the window", async (width) => {
    const { page } = await browsing.open("/", { viewport: { width, height: 900 } });
    for (const path of pages) {
      await page.goto(browsing.program().url + path);
      const content = await page.locator("html").evaluate((html) => html.scrollWidth);
      expect(`${path} ${content}`).toBe(`${path} ${width}`);
    }
  });

  test("the policy is never broken, and nothing comes from elsewhere", async () => {
    const { page, complaints } = await browsing.open("/");
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    for (const path of pages) await page.goto(browsing.program().url + path);
    // A browser reports a page's own status of 404 as an error of the console.
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
    expect([...hosts]).toEqual([browsing.program().url]);
  });

  test("both typefaces arrive and are used", async () => {
    const { page } = await browsing.open("/");
    const loaded = await page.locator("html").evaluate(async (html): Promise<string[]> => {
      const { fonts } = html.ownerDocument;
      await fonts.ready;
      return [...fonts].filter((face) => face.status === "loaded").map((face) => face.family);
    });
    expect(loaded.map((name) => name.replaceAll('"', ""))).toEqual(
      expect.arrayContaining(["Broadsheet Sans", "Broadsheet Serif"]),
    );
  });
});
