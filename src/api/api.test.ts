import { expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openPages } from "../../test/support/pages.ts";

describeOnBothDatabases("addresses for programs", (open) => {
  test("tell what went wrong as problem documents, and other addresses as pages", async () => {
    const pages = await openPages(await open());
    for (const path of ["/api/nothing", "/api/v1/nothing", "/api/v1/%00", "/mcp/nothing", "/feeds/nothing"]) {
      const response = await pages.fetch(path);
      expect(response.status, path).toBe(404);
      expect(response.headers.get("Content-Type"), path).toBe("application/problem+json");
      expect(await response.json(), path).toMatchObject({ status: 404, code: "not-found" });
    }
    expect((await pages.fetch("/nothing")).headers.get("Content-Type")).toContain("text/html");
    expect(pages.errors).toEqual([]);
  });

  test("refuse strangers of a private instance with a document, never with the way to the sign-in page", async () => {
    const pages = await openPages(await open(), { env: { BROADSHEET_PRIVATE: "yes" } });
    const stranger = await pages.fetch("/api/status");
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get("WWW-Authenticate")).toBe('Bearer realm="Broadsheet"');
    expect(await stranger.json()).toMatchObject({ code: "sign-in", type: expect.stringContaining("/api#") });
    const unknown = await pages.fetch("/api/status", { headers: { Authorization: "Bearer bst_x" } });
    expect(await unknown.json()).toMatchObject({ status: 401, code: "token" });
  });

  test("may be read by scripts of other sites while they are public, or with a token", async () => {
    const db = await open();
    const pages = await openPages(db);
    const asked = { Origin: "https://other.test" };
    const open_ = await pages.fetch("/api/status", { headers: asked });
    expect(open_.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(open_.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    expect(open_.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    const own = await pages.fetch("/api/v1/me/x", { headers: asked });
    expect(own.headers.get("Access-Control-Allow-Origin")).toBeNull();
    const withToken = { ...asked, Authorization: "Bearer bst_x" };
    const byToken = await pages.fetch("/api/v1/me/x", { headers: withToken });
    expect(byToken.headers.get("Access-Control-Allow-Origin")).toBe("*");
    const page = await pages.fetch("/about", { headers: asked });
    expect(page.headers.get("Access-Control-Allow-Origin")).toBeNull();
    const hidden = await openPages(db, { env: { BROADSHEET_PRIVATE: "yes" }, owner: true });
    const closed = await hidden.fetch("/api/status", { headers: asked });
    expect(closed.status).toBe(200);
    expect(closed.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });

  test("answer what a browser asks before it asks", async () => {
    const pages = await openPages(await open());
    const headers = { Origin: "https://other.test", "Access-Control-Request-Method": "GET" };
    const asked = await pages.fetch("/api/status", { method: "OPTIONS", headers });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("Access-Control-Allow-Methods")).toBe("GET, HEAD");
    expect(asked.headers.get("Access-Control-Allow-Headers")).toContain("Authorization");
  });
});
