import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openPages } from "../../test/support/pages.ts";

describeOnBothDatabases("what a browser keeps", (open) => {
  test("who asks for an icon without having read a page is led to it", async () => {
    const answer = await (await openPages(await open())).fetch("/favicon.ico");
    expect([answer.status, answer.headers.get("Location")]).toEqual([302, "/assets/icon-192.0123456789.png"]);
  });

  test("every page names the manifest, whose icons have the sizes browsers ask for", async () => {
    const { read, fetch } = await openPages(await open());
    expect(await read("/about")).toContain('<link rel="manifest" href="/manifest.webmanifest"/>');
    const answer = await fetch("/manifest.webmanifest");
    expect(answer.headers.get("Content-Type")).toBe("application/manifest+json; charset=utf-8");
    const { icons, start_url, display } = (await answer.json()) as Record<string, never> & {
      icons: object[];
    };
    expect({ start_url, display }).toEqual({ start_url: "/", display: "minimal-ui" });
    expect(icons).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ sizes: "192x192", type: "image/png" }),
        expect.objectContaining({ sizes: "512x512", purpose: "maskable" }),
      ]),
    );
  });

  test("the worker stands at the top, is asked for each time, and begins with the files of this version", async () => {
    const answer = await (await openPages(await open())).fetch("/offline-worker.js");
    expect(answer.headers.get("Cache-Control")).toBe("no-cache");
    expect(await answer.text()).toMatch(
      /^const kept = \["\/offline","\/assets\/broadsheet\.0123456789\.css",.*\];\nkept\.length;$/,
    );
  });

  test("the browser's own search field is described, with suggestions in the shape it reads", async () => {
    const { read, fetch } = await openPages(await open());
    const templates = new Map<string, string>();
    const parser = new SaxesParser();
    parser.on("opentag", ({ name, attributes }) => {
      if (name === "Url") templates.set(String(attributes.type), String(attributes.template));
    });
    parser.write(await read("/opensearch.xml")).close();
    expect(templates.get("text/html")).toBe("https://papers.example.org/papers?q={searchTerms}");
    const address = templates.get("application/x-suggestions+json")!.replace("{searchTerms}", "tok");
    const answer = await fetch(address.replace("https://papers.example.org", ""));
    expect(answer.headers.get("Content-Type")).toContain("application/x-suggestions+json");
    expect(await answer.json()).toEqual(["tok", []]);
  });
});
