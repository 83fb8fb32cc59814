import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { isPatient } from "../lib/pace.ts";
import { takeTurns } from "./take-turns.ts";
import type { Asking, Refusal, Turns } from "./turns.ts";

const baseUrl = () => "https://x.test";

function openDoor(refusal?: Refusal["refused"]) {
  const asked: Asking[] = [];
  let open = 0;
  const turns: Turns = {
    async take(asking) {
      asked.push(asking);
      if (refusal) return { refused: refusal };
      open += 1;
      const done = () => {
        open -= 1;
      };
      return { pace: { isPatient: asking.isProgram, pause: async () => {} }, done };
    },
  };
  const app = new Hono();
  app.use(takeTurns(turns, { baseUrl }));
  app.all("/fails", () => {
    throw new Error("no");
  });
  app.all("*", (c) => c.text(isPatient() ? "for a program" : "here"));
  app.onError((_error, c) => c.text("failed", 500));
  return { app, asked, open: () => open };
}

const browser = { "Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla/5.0 (X11) Firefox/140.0" };

describe("takeTurns", () => {
  test("takes for a program who says so, and who sends nothing a browser sends", async () => {
    const { app, asked } = openDoor();
    await app.request("/", { headers: browser });
    await app.request("/", {
      headers: { ...browser, "User-Agent": "Mozilla/5.0 (compatible; xbot/1; +http://x)" },
    });
    await app.request("/", { headers: { "User-Agent": "Mozilla/5.0 (X11) Firefox/140.0" } });
    expect(asked.map(({ isProgram }) => isProgram)).toEqual([false, true, true]);
  });

  test("everything inside is done at the pace of who asks", async () => {
    const { app } = openDoor();
    expect(await (await app.request("/", { headers: browser })).text()).toBe("here");
    expect(await (await app.request("/")).text()).toBe("for a program");
    expect(isPatient()).toBe(false);
  });

  test("whoever is signed in is himself, wherever he asks from", async () => {
    const asked: Asking[] = [];
    const app = new Hono();
    const account = { id: "ada" } as never;
    app.use(async (c, next) => {
      c.set("visitor", { role: "reader", account, session: null, scopes: null });
      c.set("network", "192.0.2.1");
      await next();
    });
    const take: Turns["take"] = async (asking) => {
      asked.push(asking);
      return { refused: "all" };
    };
    app.use(takeTurns({ take }, { baseUrl }));
    await app.request("/");
    expect(asked).toEqual([{ name: "account ada", isProgram: false }]);
  });

  test("says when to come back and where everything is; forms and files of the site never wait", async () => {
    const { app } = openDoor("all");
    const refused = await app.request("/papers/1");
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "10"]);
    expect(await refused.json()).toMatchObject({
      code: "busy",
      detail: expect.stringContaining("x.test/dumps"),
    });
    for (const path of ["/assets/x.css", "/healthz", "/dumps", "/robots.txt"])
      expect((await app.request(path)).status).toBe(200);
    expect((await app.request("/papers/1", { method: "POST" })).status).toBe(200);
  });

  test("agents wait with the rest, though they read by sending", async () => {
    const { app } = openDoor("all");
    expect((await app.request("/mcp", { method: "POST" })).status).toBe(503);
  });

  test("who sends more at once than may wait is told that it is his own doing", async () => {
    const { app } = openDoor("own");
    const refused = await app.request("/papers/1");
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "10"]);
    expect(await refused.json()).toMatchObject({
      code: "limit",
      detail: expect.stringContaining("earlier requests"),
    });
  });

  test("gives its place back, also when the page fails", async () => {
    const { app, open } = openDoor();
    expect((await app.request("/fails")).status).toBe(500);
    expect(open()).toBe(0);
  });
});
