import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { finishAnswer, keepStreaming } from "./finish-answer.ts";

const long = "Größe und Zahl. ".repeat(200);

function openApp() {
  const app = new Hono();
  app.use(finishAnswer());
  app.get("/long", (c) => c.text(long, 200, { Link: "<x>; rel=y", "X-Other": "z" }));
  app.get("/short", (c) => c.text("short"));
  app.get("/tagged", (c) => c.text(long, 200, { ETag: '"mine"' }));
  app.get("/picture", (c) => c.body(new Uint8Array(5_000), 200, { "Content-Type": "image/png" }));
  app.get("/events", (c) => c.body("data: x\n\n", 200, { "Content-Type": "text/event-stream" }));
  app.get("/away", (c) => c.redirect("/long", 302));
  app.get("/gone", (c) => c.text(long, 404));
  app.post("/long", (c) => c.text(long));
  app.get("/stream", (c) => {
    keepStreaming(c);
    const parts = ["one ", "two ", long];
    return c.body(ReadableStream.from(parts.map((part) => new TextEncoder().encode(part))), 200, {
      "Content-Type": "text/plain",
    });
  });
  return (path: string, headers: Record<string, string> = {}, method = "GET") =>
    app.request(path, { headers, method });
}

const packed = { "Accept-Encoding": "gzip, deflate, br" };

describe("the end of an answer", () => {
  test("a tag is made of the bytes, and who has them gets none", async () => {
    const ask = openApp();
    const first = await ask("/long");
    const tag = first.headers.get("ETag")!;
    expect(tag).toMatch(/^"[0-9a-f]{40}"$/);
    expect(await first.text()).toBe(long);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const again = await ask("/long", { "If-None-Match": known, ...packed });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      expect([again.headers.get("Link"), again.headers.get("X-Other")]).toEqual(["<x>; rel=y", null]);
      expect(again.headers.get("Content-Type")).toBeNull();
    }
    expect((await ask("/long", { "If-None-Match": '"other"' })).status).toBe(200);
  });

  test("a tag that was set stays", async () => {
    const ask = openApp();
    expect((await ask("/tagged")).headers.get("ETag")).toBe('"mine"');
    expect((await ask("/tagged", { "If-None-Match": 'W/"mine"' })).status).toBe(304);
  });

  test("what gains by it is packed for who takes that, and marked so", async () => {
    const ask = openApp();
    const answer = await ask("/long", packed);
    expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe(long);
    expect([answer.headers.get("Content-Encoding"), answer.headers.get("Vary")]).toEqual([
      "gzip",
      "Accept-Encoding",
    ]);
    expect(answer.headers.get("ETag")).toMatch(/^W\/"/);
    const plain = await ask("/long", { "Accept-Encoding": "gzip;q=0" });
    expect([plain.headers.get("Content-Encoding"), plain.headers.get("Vary")]).toEqual([
      null,
      "Accept-Encoding",
    ]);
    expect(await plain.text()).toBe(long);
  });

  test.each(["/short", "/picture", "/events"])("%s is sent as it is", async (path) => {
    const answer = await openApp()(path, packed);
    expect(answer.headers.get("Content-Encoding")).toBeNull();
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(4);
  });

  test("only what was found and read is tagged; redirects pass", async () => {
    const ask = openApp();
    for (const [path, method] of [
      ["/gone", "GET"],
      ["/long", "POST"],
      ["/away", "GET"],
    ] as const) {
      const answer = await ask(path, { ...packed, "If-None-Match": "*" }, method);
      expect([path, answer.status === 304, answer.headers.get("ETag")]).toEqual([path, false, null]);
    }
    const gone = await ask("/gone", packed);
    expect(gunzipSync(Buffer.from(await gone.arrayBuffer())).toString()).toBe(long);
  });

  test("HEAD tells the tag and sends nothing", async () => {
    const ask = openApp();
    const head = await ask("/long", packed, "HEAD");
    expect([head.status, await head.text(), head.headers.get("Content-Encoding")]).toEqual([200, "", null]);
    expect(head.headers.get("ETag")).toBe((await ask("/long")).headers.get("ETag"));
  });

  test("a stream stays one, packed on its way", async () => {
    const ask = openApp();
    const answer = await ask("/stream", packed);
    expect([answer.headers.get("ETag"), answer.headers.get("Content-Encoding")]).toEqual([null, "gzip"]);
    expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe(`one two ${long}`);
    expect(await (await ask("/stream")).text()).toBe(`one two ${long}`);
  });
});
