import { Hono } from "hono";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { describeOnBothDatabases } from "../../test/support/databases.ts";
import { openAccounts } from "../accounts/accounts.ts";
import { type Config, readConfig } from "../config.ts";
import type { Db } from "../database/dialect.ts";
import { findHarvestChoice, isHarvestOn } from "../harvest/harvest-choice-store.ts";
import { ensureStreams, recordVisit } from "../harvest/harvest-streams-store.ts";
import { recogniseVisitor } from "../http/visitor.ts";
import { categoryGroups } from "../papers/category-names.ts";
import type { PageDeps } from "./deps.ts";
import { firstRunRoutes, problemsOf, readAuthor } from "./first-run.tsx";

const now = "2026-05-12T12:00:00.000Z";
/** What is asked for of one field. */
const parts = ["arxiv-listing cs.CL", "arxiv-rss cs.CL", "arxiv-oai cs.CL", "arxiv-census", "hub daily"];

/** A part is being asked for. */
async function beginVisit(db: Db, name: string): Promise<void> {
  await ensureStreams(db, [{ name, source: "arxiv" }], now);
  await db.updateTable("harvest_streams").set({ tried_at: now }).where("name", "=", name).execute();
}

/** Asks as somebody at this machine, unless told otherwise. */
function openFirstRun(
  db: Db,
  { env = {}, peer = "127.0.0.1" }: { env?: Record<string, string>; peer?: string } = {},
) {
  const config: Config = readConfig(env);
  let asked = 0;
  const assets = {
    stylesheet: "/s",
    script: "/j",
    searchScript: "/r",
    passkeyScript: "/k",
    sans: "/f",
    serif: "/g",
    icon: "/i",
  };
  const baseUrl = () => "http://127.0.0.1:8420";
  const deps = {
    db,
    config,
    clock: () => new Date(now),
    baseUrl,
    log: pino({ level: "silent" }),
    harvestSoon: () => {
      asked += 1;
    },
    site: { baseUrl, assets },
  };
  const { log, clock } = deps;
  const accounts = openAccounts({ db, clock, log, baseUrl, settings: config });
  const all = { ...deps, accounts } as unknown as PageDeps;
  const routes = new Hono().use(recogniseVisitor(all)).route("/", firstRunRoutes(all));
  const ask = async (init: RequestInit = {}, path = "/start") => {
    const headers = { Host: "127.0.0.1:8420", ...(init.headers as Record<string, string>) };
    const request = new Request(`http://127.0.0.1:8420${path}`, { ...init, headers });
    return routes.fetch(request, { incoming: { socket: { remoteAddress: peer } } });
  };
  const choose = (
    fields: string[],
    more: Record<string, string> = {},
    headers: Record<string, string> = { "Sec-Fetch-Site": "same-origin" },
  ) => {
    const given = Object.entries({ zone: "Europe/Berlin", author: "", ...more });
    const body = new URLSearchParams([
      ...fields.map((field): [string, string] => ["field", field]),
      ...given,
    ]);
    return ask({ method: "POST", body, headers });
  };
  return { ask, choose, config, asked: () => asked };
}

describeOnBothDatabases("the first page", (open) => {
  test("asks three things, and nothing is asked of any archive until then", async () => {
    const db = await open();
    const html = await (await openFirstRun(db).ask()).text();
    expect(html).toContain("What do you follow?");
    expect(ticked(html)).toEqual(["cs.AI", "cs.CL", "cs.CV", "cs.IR", "cs.LG", "cs.RO", "stat.ML"]);
    expect(html).toContain("Computation and language <small>cs.CL</small>");
    expect([...html.matchAll(/name="(\w+)"/g)].map(([, name]) => name)).toContain("author");
    expect(html).toMatch(/<details class="zone" open="" data-guess="yes">/);
    expect(await isHarvestOn(db, null)).toBe(false);
  });

  test("the answers hold for the running program and for the next, and the archives are asked at once", async () => {
    const db = await open();
    const { ask, choose, config, asked } = openFirstRun(db);
    const shared = config.categories;
    const answer = await choose(["cs.CL", "hep-th", "cs.CL"], { author: "  Ines   Okafor " });
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/start"]);
    expect(shared).toEqual(["cs.CL", "hep-th"]);
    expect(await findHarvestChoice(db)).toEqual({
      enabled: true,
      categories: ["cs.CL", "hep-th"],
      author: "Ines Okafor",
      zone: "Europe/Berlin",
    });
    expect(asked()).toBe(1);
    expect(await isHarvestOn(db, null)).toBe(true);
    expect(await isHarvestOn(db, false)).toBe(false);
    const html = await (await ask()).text();
    expect(html).toContain("Fetching the last seven days");
    expect(html).toContain('<noscript><meta http-equiv="refresh" content="5"/></noscript>');
    expect(html).toContain('<a href="/authors/Ines%20Okafor">Ines Okafor</a>');
    expect(html).toContain("Your clock is Europe/Berlin.");
    expect(html).toMatch(/<th scope="row">Theory<\/th><td>waiting<\/td>/);
  });

  test("asked once more it shows what was answered", async () => {
    const db = await open();
    const { ask, choose } = openFirstRun(db);
    await choose(["math.CO"], { author: "okafor_i_1", zone: "Asia/Tokyo" });
    const progress = await (await ask()).text();
    expect(progress).toContain('<a href="https://arxiv.org/a/okafor_i_1">');
    const html = await (await ask({}, "/start?change")).text();
    expect(ticked(html)).toEqual(["math.CO"]);
    expect(html).toContain('value="okafor_i_1"');
    expect(html).toContain('<option value="Asia/Tokyo" selected="">');
    expect(html).not.toContain("data-guess");
  });

  test("without a network it says so in one sentence and goes on", async () => {
    const db = await open();
    const { ask, choose } = openFirstRun(db);
    await choose(["cs.CL"]);
    for (const name of parts) {
      await beginVisit(db, name);
      expect(await (await ask()).text()).toContain("Fetching the last seven days");
      await recordVisit(db, name, {
        ok: false,
        message: "arxiv.org cannot be reached <x>.",
        nextAt: now,
        now,
      });
    }
    const html = await (await ask()).text();
    expect(html).toContain("Going on without the archives");
    expect(html).not.toContain('http-equiv="refresh"');
    expect(html).toContain("No archive could be asked yet (arxiv.org cannot be reached &lt;x&gt;), so");
    // What is not due yet was not asked for either: before the morning's feed it is no sign of a network.
    for (const name of ["arxiv-rss cs.CL", "arxiv-census"])
      await recordVisit(db, name, { ok: true, early: true, message: "Not due yet.", nextAt: now, now });
    const early = await (await ask()).text();
    expect(early).toContain("Going on without the archives");
    expect(early).toContain("No archive could be asked yet");
    expect(early).toMatch(/<td[^>]*>not yet<\/td>/);
  });

  test("when some could not be asked, it does not say that the seven days are here", async () => {
    const db = await open();
    const { ask, choose } = openFirstRun(db);
    await choose(["cs.CL"]);
    for (const name of parts) {
      await beginVisit(db, name);
      const ok = name !== "arxiv-oai cs.CL";
      await recordVisit(db, name, { ok, message: ok ? "Here." : "It broke off <x>.", nextAt: now, now });
    }
    const html = await (await ask()).text();
    expect(html).toContain("The first harvest is done");
    expect(html).toContain("Not all has come yet (It broke off &lt;x&gt;).");
    expect(html).not.toContain("The last seven days are here");
  });

  test("when all was asked it says what is here, and looks no more", async () => {
    const db = await open();
    const { ask, choose } = openFirstRun(db);
    await choose(["cs.CL"]);
    for (const name of parts) {
      await beginVisit(db, name);
      expect(await (await ask()).text()).toMatch(/<td[^>]*>asking<\/td>/);
      await recordVisit(db, name, { ok: true, message: "Here.", nextAt: now, now });
    }
    const html = await (await ask()).text();
    expect(html).toContain("The last seven days are here");
    expect(html).not.toContain("data-look-again");
  });

  test("what is no field is not taken, and all is shown again", async () => {
    const db = await open();
    const { choose, config } = openFirstRun(db);
    for (const fields of [[], ["<script>"], ["cs..CL"], ["x".repeat(2_000)], ["cs.CL", "cs.XX"]]) {
      const answer = await choose(fields, { author: "Ines" });
      const html = await answer.text();
      expect(`${fields} ${answer.status}`).toBe(`${fields} 400`);
      expect(html).not.toContain("<script>");
      expect(html).toContain('value="Ines"');
      expect(html).toContain('aria-describedby="fields-error"');
    }
    expect((await choose(["cs.CL"], { zone: "Nowhere/Else" })).status).toBe(400);
    expect(config.categories).toContain("cs.AI");
    expect(await findHarvestChoice(db)).toMatchObject({ enabled: null, categories: null });
  });

  test("categories of the settings are not asked for", async () => {
    const db = await open();
    const { ask, choose, config } = openFirstRun(db, { env: { BROADSHEET_CATEGORIES: "math.CO" } });
    expect(await (await ask()).text()).toContain("BROADSHEET_CATEGORIES says: math.CO.");
    expect((await choose(["cs.CL"])).status).toBe(303);
    expect(config.categories).toEqual(["math.CO"]);
  });

  test("only the owner at this machine may choose, and only from our own page", async () => {
    const db = await open();
    const stranger = openFirstRun(db, { peer: "192.0.2.1" });
    expect((await stranger.ask()).status).toBe(403);
    expect((await stranger.choose(["cs.CL"])).status).toBe(403);
    const published = openFirstRun(db, { env: { BROADSHEET_PUBLIC_URL: "https://papers.example.org" } });
    expect((await published.ask()).status).toBe(403);
    const foreign = { "Sec-Fetch-Site": "cross-site" };
    expect((await openFirstRun(db).choose(["cs.CL"], {}, foreign)).status).toBe(403);
    expect(await findHarvestChoice(db)).toMatchObject({ enabled: null, categories: null });
  });
});

/** Values of the ticked boxes. */
function ticked(html: string): string[] {
  return [...html.matchAll(/name="field" value="([^"]+)" checked=""/g)].map(([, value]) => value!);
}

describe("reading the answers", () => {
  test.each([
    ["Ines Okafor", "Ines Okafor"],
    ["  Ines\n Okafor\u0000", "Ines Okafor"],
    ["https://arxiv.org/a/okafor_i_1", "okafor_i_1"],
    ["", ""],
  ])("author %j", (text, author) => {
    expect(readAuthor(text)).toBe(author);
  });

  test("has limits", () => {
    const answers = { fields: ["cs.CL"], author: "", zone: "UTC", zoneGuessed: false };
    const all = categoryGroups.flatMap(({ categories }) => categories.map(({ id }) => id));
    expect(problemsOf({ ...answers, fields: all.slice(0, 40) }, [])).toEqual({});
    expect(problemsOf({ ...answers, fields: all.slice(0, 41) }, [])).toEqual({
      fields: "These are 41; choose 40 at most.",
    });
    expect(problemsOf({ ...answers, fields: ["cs.NEW"] }, ["cs.NEW"])).toEqual({});
    expect(problemsOf({ ...answers, author: "x".repeat(121) }, [])).toHaveProperty("author");
  });
});
