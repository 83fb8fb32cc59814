import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { type Config, readConfig } from "../config.ts";
import type { Db } from "../database/dialect.ts";
import { findHarvestChoice, isHarvestOn } from "../harvest/harvest-choice-store.ts";
import { ensureStreams, recordVisit } from "../harvest/harvest-streams-store.ts";
import type { PageDeps } from "./deps.ts";
import { firstRunRoutes, readFields } from "./first-run.tsx";

const now = "2026-05-12T12:00:00.000Z";

/** Asks as somebody at this machine, unless told otherwise. */
function openFirstRun(
  db: Db,
  { env = {}, peer = "127.0.0.1" }: { env?: Record<string, string>; peer?: string } = {},
) {
  const config: Config = readConfig(env);
  const assets = { stylesheet: "/s", script: "/j", sans: "/f", serif: "/g", icon: "/i" };
  const baseUrl = () => "http://127.0.0.1:8420";
  const deps = {
    db,
    config,
    clock: () => new Date(now),
    baseUrl,
    log: pino({ level: "silent" }),
    site: { baseUrl, assets },
  };
  const routes = firstRunRoutes(deps as unknown as PageDeps);
  const ask = async (init: RequestInit = {}) => {
    const headers = { Host: "127.0.0.1:8420", ...(init.headers as Record<string, string>) };
    const request = new Request("http://127.0.0.1:8420/start", { ...init, headers });
    return routes.fetch(request, { incoming: { socket: { remoteAddress: peer } } });
  };
  const choose = (fields: string, headers: Record<string, string> = { "Sec-Fetch-Site": "same-origin" }) =>
    ask({ method: "POST", body: new URLSearchParams({ fields }), headers });
  return { ask, choose, config };
}

describeOnBothDatabases("the first page", (open) => {
  test("asks what to follow, and nothing is asked of anybody until then", async () => {
    const db = await open();
    const html = await (await openFirstRun(db).ask()).text();
    expect(html).toContain("What do you follow?");
    expect(html).toContain('value="cs.AI cs.CL cs.CV cs.IR cs.LG cs.RO stat.ML"');
    expect(await isHarvestOn(db, null)).toBe(false);
  });

  test("the choice holds for the running program and for the next", async () => {
    const db = await open();
    const { ask, choose, config } = openFirstRun(db);
    const shared = config.categories;
    const answer = await choose("cs.CL, hep-th cs.CL");
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/start"]);
    expect(shared).toEqual(["cs.CL", "hep-th"]);
    expect(await findHarvestChoice(db)).toEqual({ enabled: true, categories: ["cs.CL", "hep-th"] });
    expect(await isHarvestOn(db, null)).toBe(true);
    expect(await isHarvestOn(db, false)).toBe(false);
    const html = await (await ask()).text();
    expect(html).toContain("Fetching the last seven days");
    expect(html).toContain("<b>arxiv-listing hep-th</b> waiting for its turn");
    expect(html).toContain('http-equiv="refresh"');
  });

  test("without a network it says so and goes on", async () => {
    const db = await open();
    const { ask, choose } = openFirstRun(db);
    await choose("cs.CL");
    const name = "arxiv-listing cs.CL";
    await ensureStreams(db, [{ name, source: "arxiv" }], now);
    await db.updateTable("harvest_streams").set({ tried_at: now }).execute();
    await recordVisit(db, name, { ok: false, message: "arxiv.org cannot be reached <x>.", nextAt: now, now });
    const html = await (await ask()).text();
    expect(html).toContain("No archive could be asked yet: arxiv.org cannot be reached &lt;x&gt;.");
  });

  test("what is no category is not taken, and is shown again", async () => {
    const db = await open();
    const { choose, config } = openFirstRun(db);
    for (const fields of ["", "<script>", "cs..CL", "x".repeat(2_000)]) {
      const answer = await choose(fields);
      const html = await answer.text();
      expect(`${fields.slice(0, 9)} ${answer.status}`).toBe(`${fields.slice(0, 9)} 400`);
      expect(html).not.toContain("<script>");
    }
    expect(config.categories).toContain("cs.AI");
  });

  test("categories of the settings are not asked for", async () => {
    const db = await open();
    const { ask, choose, config } = openFirstRun(db, { env: { BROADSHEET_CATEGORIES: "math.CO" } });
    expect(await (await ask()).text()).toContain("The settings say: math.CO.");
    expect((await choose("cs.CL")).status).toBe(303);
    expect(config.categories).toEqual(["math.CO"]);
  });

  test("only the owner at this machine may choose, and only from our own page", async () => {
    const db = await open();
    const stranger = openFirstRun(db, { peer: "192.0.2.1" });
    expect((await stranger.ask()).status).toBe(403);
    expect((await stranger.choose("cs.CL")).status).toBe(403);
    const published = openFirstRun(db, { env: { BROADSHEET_PUBLIC_URL: "https://papers.example.org" } });
    expect((await published.ask()).status).toBe(403);
    expect((await openFirstRun(db).choose("cs.CL", { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect(await findHarvestChoice(db)).toEqual({ enabled: null, categories: null });
  });
});

describe("reading fields", () => {
  test.each([
    ["cs.CL", ["cs.CL"]],
    [" cs.CL;hep-th + astro-ph.GA,cs.CL ", ["cs.CL", "hep-th", "astro-ph.GA"]],
  ])("%j", (text, fields) => {
    expect(readFields(text)).toEqual(fields);
  });

  test("has limits", () => {
    const many = Array.from(
      { length: 41 },
      (_, i) => `cs.${String.fromCharCode(65 + (i % 26))}${i < 26 ? "A" : "B"}`,
    );
    expect(readFields(many.join(" "))).toEqual({ problem: "These are more than 40." });
    expect(readFields("cs.L\u0000G")).toHaveProperty("problem");
    expect(readFields("x".repeat(41))).toHaveProperty("problem");
  });
});
