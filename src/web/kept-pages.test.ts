import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { finishAnswer } from "../http/finish-answer.ts";
import { keepPages } from "./kept-pages.ts";

const html = `<!doctype html><html><body>${"<p>Größe &amp; Zahl</p>".repeat(400)}</body></html>`;

/** The same text as a kept page and as any other. */
function openApp() {
  const pages = keepPages();
  let renders = 0;
  const value = {};
  const render = async () => {
    renders += 1;
    return html;
  };
  const app = new Hono();
  app.use(finishAnswer());
  app.get("/kept", (c) => pages.answer(c, value, { way: c.req.query("way") ?? "", render }));
  app.get("/plain", (c) => c.html(html));
  return { ask: (path: string, init?: RequestInit) => app.request(path, init), renders: () => renders };
}

const preferences = [undefined, "gzip", "gzip, deflate, br", "deflate", "gzip;q=0", "br", "identity", "*"];

describe("kept pages", () => {
  test.each(preferences)("are what they would be without keeping (Accept-Encoding: %s)", async (accepted) => {
    const { ask } = openApp();
    const headers: Record<string, string> = accepted === undefined ? {} : { "Accept-Encoding": accepted };
    const plain = await ask("/plain", { headers });
    const plainBytes = Buffer.from(await plain.arrayBuffer());
    for (const method of ["GET", "GET", "HEAD"]) {
      const kept = await ask("/kept", { headers, method });
      const bytes = Buffer.from(await kept.arrayBuffer());
      if (method === "HEAD") expect(bytes).toHaveLength(0);
      else {
        expect(bytes).toEqual(plainBytes);
        expect(Object.fromEntries(kept.headers)).toEqual(Object.fromEntries(plain.headers));
      }
    }
    if (accepted === "gzip") expect(gunzipSync(plainBytes).toString()).toBe(html);
  });

  test("are rendered once for each way to show the value, within a bound", async () => {
    const { ask, renders } = openApp();
    for (let n = 0; n < 3; n++) await ask("/kept", { headers: { "Accept-Encoding": "gzip" } });
    expect(renders()).toBe(1);
    await ask("/kept?way=other");
    expect(renders()).toBe(2);
    for (let n = 0; n < 20; n++) await ask(`/kept?way=${n}`);
    await ask("/kept");
    expect(renders()).toBe(23);
  });

  test.each(["gzip", "identity"])("are not sent again to who has them (%s)", async (accepted) => {
    const { ask } = openApp();
    const headers = { "Accept-Encoding": accepted };
    const tag = (await ask("/kept", { headers })).headers.get("ETag")!;
    const again = await ask("/kept", { headers: { ...headers, "If-None-Match": tag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(again.headers.get("Content-Encoding")).toBeNull();
  });
});
