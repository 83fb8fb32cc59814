import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { limitRequests, openBudget } from "./request-budget.ts";

describe("a budget", () => {
  test("counts every asker for himself, in a window from his first request on", () => {
    const take = openBudget({ most: 2, windowMs: 10_000 });
    expect(take("a", 0)).toEqual({ left: 1, resetsInS: 10, within: true });
    expect(take("b", 4_000)).toEqual({ left: 1, resetsInS: 10, within: true });
    expect(take("a", 4_500)).toEqual({ left: 0, resetsInS: 6, within: true });
    expect(take("a", 9_999)).toEqual({ left: 0, resetsInS: 1, within: false });
    expect(take("a", 10_000)).toEqual({ left: 1, resetsInS: 10, within: true });
    expect(take("b", 10_000)).toMatchObject({ left: 0, within: true });
  });

  test("forgets who began longest ago, and nobody else, when there are too many", () => {
    const take = openBudget({ most: 1, windowMs: 10_000 });
    take("first", 0);
    take("second", 0);
    for (let asker = 0; asker < 19_999; asker++) take(`x${asker}`, 1);
    expect(take("second", 2).within).toBe(false);
    expect(take("first", 2).within).toBe(true);
  });
});

describe("limitRequests", () => {
  const app = new Hono();
  const budget = { name: "api", most: 2, windowMs: 60_000 };
  const clock = () => new Date("2026-06-01T12:00:00.000Z");
  app.use(async (c, next) => {
    c.set("network", c.req.header("Test-Network") ?? "");
    const role = c.req.header("Test-Role") as "owner" | undefined;
    c.set("visitor", { role: role ?? "anonymous", account: null, session: null, scopes: null });
    await next();
  });
  app.use(limitRequests(budget, { clock, baseUrl: () => "https://x.test" }));
  app.get("/", (c) => c.text("ok"));
  const ask = (headers: Record<string, string>) => app.request("/", { headers });

  test("says what is left, then refuses with a problem document and a time", async () => {
    const first = await ask({ "Test-Network": "2001:db8:1:2::1" });
    expect(first.headers.get("RateLimit-Policy")).toBe('"fixed window";"api";q=2;w=60');
    expect(first.headers.get("RateLimit")).toBe('"api";r=1;t=60');
    expect((await ask({ "Test-Network": "2001:db8:1:2:ffff::9" })).status).toBe(200);
    const refused = await ask({ "Test-Network": "2001:db8:1:2::3" });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("Retry-After")).toBe("60");
    expect(refused.headers.get("Content-Type")).toBe("application/problem+json");
    expect(await refused.json()).toEqual({
      type: "https://x.test/api#limit",
      title: "Too many requests.",
      status: 429,
      detail: "2 requests in 1 minutes; go on in 60 seconds.",
      code: "limit",
    });
    expect((await ask({ "Test-Network": "2001:db8:1:3::1" })).status).toBe(200);
  });

  test("has no limit for the owner at this machine", async () => {
    for (let i = 0; i < 3; i++)
      expect((await ask({ "Test-Network": "127.0.0.1", "Test-Role": "owner" })).status).toBe(200);
  });
});
