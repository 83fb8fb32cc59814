import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { type Config, readConfig } from "../config.ts";
import { isFromHere } from "./same-origin.ts";
import { isAtThisMachine, readNetwork, readNetworks } from "./visitor.ts";

interface Visit {
  peer?: string;
  headers?: Record<string, string>;
  config?: Partial<Config>;
}

async function visit({
  peer,
  headers = {},
  config = {},
}: Visit): Promise<{ network: string; owner: boolean }> {
  const settings = { ...readConfig({}), ...config };
  const app = new Hono().get("/", (c) =>
    c.json({
      network: readNetwork(c, readNetworks(settings.trustedProxies)),
      owner: isAtThisMachine(c, settings),
    }),
  );
  const env = peer === undefined ? {} : { incoming: { socket: { remoteAddress: peer } } };
  const request = new Request("http://127.0.0.1:8420/", { headers: { Host: "127.0.0.1:8420", ...headers } });
  return (await (await app.fetch(request, env)).json()) as { network: string; owner: boolean };
}

describe("the owner", () => {
  test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])("is somebody at this machine (%s)", async (peer) => {
    expect(await visit({ peer })).toMatchObject({ owner: true });
    expect(await visit({ peer, headers: { Host: "localhost:8420" } })).toMatchObject({ owner: true });
    expect(await visit({ peer, headers: { Host: "[::1]:8420" } })).toMatchObject({ owner: true });
  });

  const others: [string, Visit][] = [
    ["another machine", { peer: "192.0.2.1" }],
    ["nobody known", {}],
    ["a public site", { peer: "127.0.0.1", config: { publicUrl: "https://papers.example.org" } }],
    ["a site on all interfaces", { peer: "127.0.0.1", config: { host: "0.0.0.0" } }],
    ["a proxy", { peer: "127.0.0.1", headers: { "X-Forwarded-For": "192.0.2.1" } }],
    ["another proxy", { peer: "127.0.0.1", headers: { Forwarded: "for=192.0.2.1" } }],
    ["a name that leads here", { peer: "127.0.0.1", headers: { Host: "evil.test:8420" } }],
    ["a name that begins well", { peer: "127.0.0.1", headers: { Host: "127.0.0.1.evil.test" } }],
  ];
  test.each(others)("is not %s", async (_name, given) => {
    expect(await visit(given)).toMatchObject({ owner: false });
  });
});

describe("the network", () => {
  test("is the peer, or what a proxy at this machine says last", async () => {
    expect(await visit({ peer: "192.0.2.1" })).toMatchObject({ network: "192.0.2.1" });
    const forged = { "X-Forwarded-For": "203.0.113.9" };
    expect(await visit({ peer: "192.0.2.1", headers: forged })).toMatchObject({ network: "192.0.2.1" });
    const proxied = { "X-Forwarded-For": "203.0.113.9, 198.51.100.7" };
    expect(await visit({ peer: "127.0.0.1", headers: proxied })).toMatchObject({ network: "198.51.100.7" });
    expect(await visit({})).toMatchObject({ network: "unknown" });
  });

  test("goes past every trusted proxy, and past no other", async () => {
    const config = { trustedProxies: ["10.0.0.0/8", "fd00::/8"] };
    const headers = { "X-Forwarded-For": "203.0.113.9, 198.51.100.7, 10.1.2.3, nonsense" };
    const network = "198.51.100.7";
    expect(await visit({ peer: "10.0.0.1", headers, config })).toMatchObject({ network });
    expect(await visit({ peer: "::ffff:10.0.0.1", headers, config })).toMatchObject({ network });
    expect(await visit({ peer: "fd00::1", headers, config })).toMatchObject({ network });
    const untrusted = await visit({ peer: "127.0.0.1", headers, config });
    expect(untrusted).toMatchObject({ network: "127.0.0.1" });
    const inside = { "X-Forwarded-For": "10.9.9.9" };
    const only = await visit({ peer: "10.0.0.1", headers: inside, config });
    expect(only).toMatchObject({ network: "10.0.0.1" });
  });
});

describe("isFromHere", () => {
  test.each([
    [true, {}],
    [true, { "Sec-Fetch-Site": "same-origin" }],
    [true, { "Sec-Fetch-Site": "none" }],
    [false, { "Sec-Fetch-Site": "cross-site" }],
    [false, { "Sec-Fetch-Site": "" }],
    [true, { Origin: "https://papers.example.org" }],
    [true, { Origin: "http://127.0.0.1:8420" }],
    [false, { Origin: "https://papers.example.org.evil.test" }],
    [false, { Origin: "http://papers.example.org" }],
    [false, { Origin: "null" }],
    [false, { Origin: "" }],
  ])("%s for %j", async (expected, headers) => {
    const app = new Hono().post("/", (c) => c.text(String(isFromHere(c, "https://papers.example.org"))));
    const given = { Host: "127.0.0.1:8420", ...headers } as Record<string, string>;
    const request = new Request("http://127.0.0.1:8420/", { method: "POST", headers: given });
    expect(await (await app.fetch(request)).text()).toBe(String(expected));
  });
});
