// The pages over a database of a test: no server, the same routes; and what every page must be.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { readConfig } from "../../src/config.ts";
import type { Db } from "../../src/database/dialect.ts";
import { followPapers } from "../../src/jobs/follow-search.ts";
import type { SourceItem } from "../../src/papers/paper.ts";
import { saveItems } from "../../src/papers/save-store.ts";
import { openSearch } from "../../src/search/open-search.ts";
import type { Assets } from "../../src/web/assets.ts";
import { webRoutes } from "../../src/web/web.tsx";

const testAssets: Assets = {
  paths: {
    stylesheet: "/assets/broadsheet.0123456789.css",
    script: "/assets/new-since.0123456789.js",
    sans: "/assets/sans.0123456789.woff2",
    serif: "/assets/serif.0123456789.woff2",
    icon: "/assets/icon.0123456789.svg",
  },
  files: new Map([
    [
      "broadsheet.0123456789.css",
      { body: new TextEncoder().encode("a{}"), contentType: "text/css; charset=utf-8" },
    ],
    [
      "fonts-licence.txt",
      { body: new TextEncoder().encode("OFL"), contentType: "text/plain; charset=utf-8" },
    ],
  ]),
};

export interface Pages {
  /** Answer to a GET (or what `init` says), redirects not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Text of a page, whatever its status. */
  read(path: string): Promise<string>;
  /** Messages that were logged as errors. */
  errors: string[];
}

export interface PagesOptions {
  /** The present; default 1 June 2026, noon. */
  now?: string;
  /** Ask as the owner at this machine; default: as anybody. */
  owner?: boolean;
}

/** Opens the pages on a database; search holds what the database holds at this moment. */
export async function openPages(
  db: Db,
  { now = "2026-06-01T12:00:00.000Z", owner = false }: PagesOptions = {},
): Promise<Pages> {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-pages-"));
  const search = await openSearch({ folder, readOnly: true });
  await followPapers(db, search);
  const errors: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => errors.push(line) });
  const web = webRoutes({
    db,
    harvestSoon() {},
    search,
    log,
    clock: () => new Date(now),
    config: readConfig({}, { data: folder }),
    baseUrl: () => "https://papers.example.org",
    assets: testAssets,
  });
  const fetch = async (path: string, init?: RequestInit) => {
    const request = new Request(`https://papers.example.org${path}`, init);
    if (!owner) return web.fetch(request);
    request.headers.set("Host", "127.0.0.1:8420");
    return web.fetch(request, { incoming: { socket: { remoteAddress: "127.0.0.1" } } });
  };
  return { fetch, read: async (path) => (await fetch(path)).text(), errors };
}

/** Saves items the way an import does. */
export async function save(db: Db, ...items: SourceItem[]): Promise<void> {
  const options = { now: "2026-05-12T09:00:00.000Z", origin: "import" } as const;
  await db.transaction().execute((trx) => saveItems(trx, items, options));
}
