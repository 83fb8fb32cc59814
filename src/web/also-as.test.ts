import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openExamples } from "../../test/support/example-papers.ts";
import { problemKinds } from "../http/problem.ts";

const decode = (text: string) => text.replaceAll("&amp;", "&");

/** What the page names as the same in other forms: in its head, and in its line for people. */
function alternates(html: string): { head: string[]; line: string[] } {
  const head = [...html.matchAll(/<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)"/g)];
  const line = [...html.matchAll(/<a href="([^"]+)" rel="alternate">/g)];
  return { head: head.map((each) => decode(each[1]!)), line: line.map((each) => decode(each[1]!)) };
}

const pagesWithFeeds = [
  "/",
  "/papers/date/2026-05-12",
  "/papers/week/2026-W20",
  "/papers/month/2026-05",
  "/papers?q=sparse+%22attention%22&sort=newest&mode=words",
  "/lists/flocks",
  "/categories/cs.CL+cs.CY",
  "/authors/Ada%20Lovelace",
  "/papers/2605.10001",
];

describeOnBothDatabases("a page with a list", (open) => {
  test("names its feeds, its JSON and its files, and each of them answers", async () => {
    const pages = await openExamples(await open());
    for (const path of pagesWithFeeds) {
      const { head, line } = alternates(await pages.read(path));
      expect(head, path).toHaveLength(3);
      expect(line.length, path).toBeGreaterThanOrEqual(3);
      expect(
        line.map((href) => `https://papers.example.org${href}`),
        path,
      ).toEqual(expect.arrayContaining(head.slice(0, 2)));
      for (const address of [...head, ...line]) {
        const response = await pages.fetch(address.replace("https://papers.example.org", ""));
        expect(response.status, `${path}: ${address}`).toBe(200);
        expect(response.headers.get("Content-Type"), address).not.toContain("text/html");
      }
    }
    for (const path of ["/lists", "/status"]) {
      const { line } = alternates(await pages.read(path));
      expect((await pages.fetch(line[0] ?? "")).headers.get("Content-Type"), path).toBe("application/json");
    }
    expect(pages.errors).toEqual([]);
  });

  test("is explained to programmers on a page whose addresses all answer", async () => {
    const pages = await openExamples(await open());
    const html = await pages.read("/api");
    const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
    const addresses = [...main.matchAll(/href="(\/[^"]+)"/g)].map((each) => decode(each[1]!));
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses.filter((each) => each !== "/me"))
      expect((await pages.fetch(address)).status, address).toBe(200);
    for (const { code, status } of problemKinds)
      expect(main).toContain(`<tr id="${code}"><th scope="row">${code}</th><td>${status}:`);
  });
});
