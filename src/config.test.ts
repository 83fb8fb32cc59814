// Settings: defaults, what wins, what is refused by name, and that each of them is documented.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

describe("readConfig", () => {
  test("needs nothing: loopback, SQLite, letters in the folder", () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      host: "127.0.0.1",
      port: 8420,
      publicUrl: null,
      databaseUrl: null,
      smtpUrl: null,
    });
    expect(config.mailFrom).toBe("broadsheet@localhost");
    expect(config.categories).toContain("cs.CL");
    expect(config.searchCacheBytes).toBeNull();
  });

  test("bounds the memory of search in MiB", () => {
    expect(readConfig({ BROADSHEET_SEARCH_MEMORY: "16" }).searchCacheBytes).toBe(16 * 1024 * 1024);
    expect(() => readConfig({ BROADSHEET_SEARCH_MEMORY: "0" })).toThrow(/BROADSHEET_SEARCH_MEMORY/);
  });

  test("bounds the memory of the database in MiB", () => {
    const spare = availableParallelism() - 1;
    expect(readConfig({}).choosingThreads).toBe(Math.min(1, spare));
    expect(readConfig({ BROADSHEET_CHOOSING_THREADS: "64" }).choosingThreads).toBe(Math.min(64, spare));
    expect(() => readConfig({ BROADSHEET_CHOOSING_THREADS: "-1" })).toThrow(/BROADSHEET_CHOOSING_THREADS/);
    expect(readConfig({}).databaseCacheMiB).toBe(32);
    const small = readConfig({ BROADSHEET_MEMORY: "small", BROADSHEET_DATABASE_MEMORY: "" });
    expect([small.databaseCacheMiB, small.searchCacheBytes]).toEqual([4, 16 * 1024 * 1024]);
    expect(readConfig({ BROADSHEET_MEMORY: "small", BROADSHEET_SEARCH_MEMORY: "64" }).searchCacheBytes).toBe(
      64 * 1024 * 1024,
    );
    expect(readConfig({ BROADSHEET_DATABASE_MEMORY: "8" }).databaseCacheMiB).toBe(8);
    expect(() => readConfig({ BROADSHEET_DATABASE_MEMORY: "0" })).toThrow(/BROADSHEET_DATABASE_MEMORY/);
  });

  test("takes the environment, and the command line before it", () => {
    const env = {
      BROADSHEET_PORT: "9000",
      BROADSHEET_DATA: "/tmp/a",
      BROADSHEET_PUBLIC_URL: "https://papers.example.org/",
    };
    const config = readConfig(env, { port: "9001" });
    expect(config.port).toBe(9001);
    expect(config.dataFolder).toBe("/tmp/a");
    expect(config.publicUrl).toBe("https://papers.example.org");
    expect(config.mailFrom).toBe("broadsheet@papers.example.org");
  });

  test("asks a service of embeddings only when one is named, whole", () => {
    expect(readConfig({ BROADSHEET_EMBEDDINGS_KEY: "sk-1" }).embeddings).toBeNull();
    const BROADSHEET_EMBEDDINGS_URL = "http://127.0.0.1:11434/v1/";
    const BROADSHEET_EMBEDDINGS_MODEL = "nomic-embed-text";
    expect(readConfig({ BROADSHEET_EMBEDDINGS_URL, BROADSHEET_EMBEDDINGS_MODEL }).embeddings).toEqual({
      url: "http://127.0.0.1:11434/v1",
      model: "nomic-embed-text",
      key: null,
      dimensions: null,
    });
    expect(() => readConfig({ BROADSHEET_EMBEDDINGS_URL })).toThrow("BROADSHEET_EMBEDDINGS_MODEL is not set");
    const withUser = "https://me:secret@example.org/v1";
    expect(() => readConfig({ BROADSHEET_EMBEDDINGS_URL: withUser, BROADSHEET_EMBEDDINGS_MODEL })).toThrow(
      "BROADSHEET_EMBEDDINGS_URL is not valid: a key is set by BROADSHEET_EMBEDDINGS_KEY.",
    );
    const badKey = { BROADSHEET_EMBEDDINGS_KEY: "two words" };
    expect(() => readConfig(badKey)).toThrow(/^BROADSHEET_EMBEDDINGS_KEY is not valid/);
    expect(() => readConfig(badKey)).not.toThrow("two words");
  });

  test("an empty setting is one that is not set", () => {
    expect(readConfig({ BROADSHEET_PORT: "" }).port).toBe(8420);
  });

  test("categories may be separated by commas, spaces or plus signs", () => {
    expect(readConfig({ BROADSHEET_CATEGORIES: "cs.CL, hep-th+math.NT" }).categories).toEqual([
      "cs.CL",
      "hep-th",
      "math.NT",
    ]);
  });

  test.each([
    ["BROADSHEET_PORT", "99999"],
    ["BROADSHEET_PORT", "http"],
    ["BROADSHEET_PUBLIC_URL", "javascript:alert(1)"],
    ["BROADSHEET_DATABASE_URL", "mysql://x"],
    ["BROADSHEET_SMTP_URL", "mail.example.org"],
    ["BROADSHEET_MAIL_FROM", "a@b\r\nBcc: c@d"],
    ["BROADSHEET_BOUNCE_ADDRESS", `${"b".repeat(31)}@example.org`],
    ["BROADSHEET_DKIM_SELECTOR", "a; p=x"],
    ["BROADSHEET_MAIL_PER_HOUR", "0"],
    ["BROADSHEET_LOG_LEVEL", "loud"],
  ])("%s=%s is refused by name", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ code: "bad-setting", message: expect.stringContaining(name) }),
    );
  });

  test("every setting is documented, and every documented setting exists", () => {
    const inCode = new Set(
      ["./config.ts", "./mail/mail-settings.ts", "./cli/mcp.ts"].flatMap(
        (path) => read(path).match(/BROADSHEET_[A-Z_]+/g) ?? [],
      ),
    );
    const rows = [...read("../docs/configuration.md").matchAll(/^\| `(BROADSHEET_[A-Z_]+)`/gm)].map(
      (row) => row[1],
    );
    expect(new Set(rows)).toEqual(inCode);
  });
});
