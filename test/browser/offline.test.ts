// Without a network: the editions that were looked at are there, everything else is told; nothing of a person's own is kept.
import { describe, expect, test } from "vitest";
import { browseProgram, hasBrowser } from "../support/browsing.ts";

describe.skipIf(!hasBrowser)("without a network", () => {
  const browsing = browseProgram();

  test("the editions looked at last can be read, and the page for all else says so", async () => {
    const { page, context, complaints } = await browsing.open("/");
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
    await page.reload();
    const day = await page.locator('link[rel="canonical"]').getAttribute("href");
    const headline = await page.locator("main h2, main h3").first().textContent();
    await page.goto(`${browsing.program().url}/me`);
    expect(complaints).toEqual([]);
    const kept = await page.evaluate(
      `caches.open("broadsheet-editions").then((cache) => cache.keys())
        .then((keys) => keys.map((request) => new URL(request.url).pathname))`,
    );
    expect(kept).toEqual(["/"]);
    await context.setOffline(true);
    await page.goto(browsing.program().url);
    expect(await page.locator("main h2, main h3").first().textContent()).toBe(headline);
    expect(await page.locator('link[rel="canonical"]').getAttribute("href")).toBe(day);
    await page.goto(`${browsing.program().url}/status`);
    expect(await page.getByRole("heading", { name: "No network" }).isVisible()).toBe(true);
  });

  test("what the manifest names is there, and drawn in the sizes it says", async () => {
    const { page } = await browsing.open("/about");
    const sizes = (await page.evaluate(`(async () => {
      const address = document.querySelector('link[rel="manifest"]').href;
      const { icons } = await (await fetch(address)).json();
      const drawn = icons.filter((icon) => icon.src.endsWith(".png"));
      return Promise.all(drawn.map(async ({ src, sizes: said }) => {
        const bitmap = await createImageBitmap(await (await fetch(src)).blob());
        return [said, bitmap.width + "x" + bitmap.height];
      }));
    })()`)) as [string, string][];
    expect(sizes).toHaveLength(3);
    for (const [said, drawn] of sizes) expect(drawn).toBe(said);
  });
});
