// A service of embeddings beside search: the whole program on a folder, the service a stand-in on this machine.
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { type App, openApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { SearchMode } from "../../src/search/search.ts";
import { saveDay } from "../support/days.ts";
import { type EmbeddingsServer, openEmbeddingsServer } from "../support/embeddings-server.ts";
import { openPages } from "../support/pages.ts";
import { inventTopicPapers } from "../support/topic-papers.ts";
import { testFolder } from "../support/world-files.ts";

const key = "sk-stand-in-secret";
const papers = inventTopicPapers(100);
const { signal } = new AbortController();

interface Opened {
  app: App;
  lines: string[];
}

async function open(
  folder: string,
  service: EmbeddingsServer | null,
  env: Record<string, string> = {},
): Promise<Opened> {
  const lines: string[] = [];
  const settings = service
    ? {
        BROADSHEET_EMBEDDINGS_URL: `${service.url}/`,
        BROADSHEET_EMBEDDINGS_MODEL: "topics-1",
        BROADSHEET_EMBEDDINGS_KEY: key,
      }
    : {};
  const config = readConfig({ ...settings, BROADSHEET_HARVEST: "off", ...env }, { data: folder, port: "0" });
  const log = pino({ level: "debug" }, { write: (line: string) => lines.push(line) });
  const app = await openApp(config, { log });
  return { app, lines };
}

async function fill(app: App, from = 0, to = papers.length): Promise<void> {
  const day = "2026-05-12";
  const entries = papers.slice(from, to).map(({ title, abstract, authors }, i) => ({
    id: `2605.${String(10_000 + from + i)}`,
    title,
    abstract,
    authors,
  }));
  await saveDay(app.db, day, entries);
  await app.followSearch();
}

const topicOfTitle = new Map(papers.map(({ title, topic }) => [title, topic]));

async function ask(app: App, query: string, mode: SearchMode = "auto") {
  const answer = app.search.search(await app.search.prepare({ query, limit: 10, mode }));
  return { ...answer, topics: answer.hits.map(({ title }) => topicOfTitle.get(title)) };
}

const tenOf = (topic: string) => Array(10).fill(topic);

describe("a service of embeddings", () => {
  test("finds by its vectors what no word finds, by auto and by meaning, and survives a restart", async () => {
    using service = await openEmbeddingsServer();
    const folder = testFolder();
    {
      const { app, lines } = await open(folder, service);
      await using _ = app;
      await fill(app);
      expect((await ask(app, "qqbread")).outside).toBe("making");
      expect(service.asked).toHaveLength(0);
      await app.embedPapers!(signal);
      expect(service.asked.map(({ input }) => input.length)).toEqual([32, 32, 32, 4]);
      for (const mode of ["auto", "meaning"] as const) {
        const found = await ask(app, "qqbread", mode);
        expect([found.outside, found.mode, found.topics]).toEqual(["used", mode, tenOf("bread")]);
      }
      expect((await ask(app, "qqbread", "words")).outside).toBeUndefined();
      expect((await ask(app, "like:2605.10002")).outside).toBeUndefined();
      expect(service.asked.every(({ authorization }) => authorization === `Bearer ${key}`)).toBe(true);
      expect(service.asked.slice(4).map(({ input }) => input)).toEqual([["qqbread"]]);
      expect(app.search.status().meaning?.outside).toMatchObject({
        model: "topics-1",
        papers: 100,
        damage: null,
      });
      expect(lines.join("\n")).not.toContain(key);
    }
    const { app } = await open(folder, service);
    await using _ = app;
    await app.embedPapers!(signal);
    expect((await ask(app, "qqviolins year:2026")).topics).toEqual(tenOf("violins"));
    expect(service.asked).toHaveLength(6);
  });

  test("that fails, is late or speaks otherwise leaves search to our own model, which says so", async () => {
    using service = await openEmbeddingsServer();
    const { app, lines } = await open(testFolder(), service);
    await using _ = app;
    await fill(app);
    await app.embedPapers!(signal);
    service.behave(() => ({ status: 400, body: key }));
    const own = await ask(app, "yeast dough");
    expect([own.outside, own.mode]).toEqual(["unreachable", "auto"]);
    expect(own.topics.slice(0, 5)).toEqual(tenOf("bread").slice(0, 5));
    service.behave(() => ({ body: JSON.stringify({ data: [{ index: 0, embedding: [1, 2] }] }) }));
    expect((await ask(app, "yeast flour")).outside).toBe("unreachable");
    service.behave(() => null);
    expect((await ask(app, "yeast crust")).outside).toBe("unreachable");
    service.behave(() => ({ status: 500 }));
    expect((await ask(app, "yeast oven")).outside).toBe("unreachable");
    const asked = service.asked.length;
    expect((await ask(app, "yeast loaf")).outside).toBe("unreachable");
    expect(service.asked).toHaveLength(asked);
    await fill(app, 0, 100);
    await saveDay(app.db, "2026-05-13", [{ id: "2605.20000", title: "A paper about bread that came later" }]);
    await app.followSearch();
    service.behave(() => ({ status: 401, body: `wrong key ${key}` }));
    await app.embedPapers!(signal);
    expect(lines.join("\n")).toContain("the embeddings service gave no vectors: it answered 401");
    expect(lines.join("\n")).not.toContain(key);
  });

  test("with another model makes all vectors anew; meanwhile our own serve", async () => {
    using service = await openEmbeddingsServer();
    using larger = await openEmbeddingsServer(70);
    const folder = testFolder();
    {
      const { app } = await open(folder, service);
      await using _ = app;
      await fill(app);
      await app.embedPapers!(signal);
    }
    const { app } = await open(folder, larger, { BROADSHEET_EMBEDDINGS_MODEL: "topics-2" });
    await using _ = app;
    expect((await ask(app, "yeast")).outside).toBe("making");
    await app.embedPapers!(signal);
    const found = await ask(app, "qqbread");
    expect([found.outside, found.topics]).toEqual(["used", tenOf("bread")]);
    expect(larger.asked[0]!.model).toBe("topics-2");
  });

  test("is said on the page where it had no part, and is nowhere when it is not set up", async () => {
    using service = await openEmbeddingsServer();
    const { app } = await open(testFolder(), service);
    await using _ = app;
    await fill(app);
    const { read: page } = await openPages(app.db, { search: app.search });
    expect(await page("/papers?q=yeast")).toContain("are still being made; our own model ranked instead");
    await app.embedPapers!(signal);
    service.behave(() => ({ status: 500 }));
    expect(await page("/papers?q=yeast")).toContain("gave no answer in time; our own model ranked instead");
    expect(await page("/papers?q=yeast&mode=words")).not.toContain("outside service");

    const without = await open(testFolder(), null);
    await using __ = without.app;
    await fill(without.app, 0, 20);
    const request = { query: "yeast", limit: 5 };
    expect(await without.app.search.prepare(request)).toBe(request);
    expect([without.app.embedPapers, without.app.search.outside]).toEqual([null, null]);
    expect(without.app.search.status().meaning).not.toHaveProperty("outside");
  });
});
