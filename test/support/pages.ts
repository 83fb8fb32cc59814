// The pages over a database of a test: no server, the same routes; and what every page must be.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { type Accounts, openAccounts } from "../../src/accounts/accounts.ts";
import { readConfig } from "../../src/config.ts";
import type { Db } from "../../src/database/dialect.ts";
import { sendTestIssue } from "../../src/digest/by-hand.ts";
import type { PoliteFetcher } from "../../src/harvest/polite-fetch.ts";
import type { Work } from "../../src/harvest/sources.ts";
import { followPapers } from "../../src/jobs/follow-search.ts";
import { FeatureReader } from "../../src/library/taste/features.ts";
import { keptLettersFolder } from "../../src/mail/letter-folder.ts";
import { type Mailer, openMailer } from "../../src/mail/mailer.ts";
import type { SourceItem } from "../../src/papers/paper.ts";
import { findNamedId } from "../../src/papers/resolve-paper.ts";
import { saveItems } from "../../src/papers/save-store.ts";
import { siteRoutes } from "../../src/routes.ts";
import { openSearch } from "../../src/search/open-search.ts";
import type { Search } from "../../src/search/search.ts";
import type { Assets } from "../../src/web/assets.ts";
import { tinyModel } from "./tiny-model.ts";

const testAssets: Assets = {
  paths: {
    stylesheet: "/assets/broadsheet.0123456789.css",
    script: "/assets/new-since.0123456789.js",
    searchScript: "/assets/search.0123456789.js",
    marksScript: "/assets/marks.0123456789.js",
    passkeyScript: "/assets/passkeys.0123456789.js",
    sans: "/assets/sans.0123456789.woff2",
    serif: "/assets/serif.0123456789.woff2",
    icon: "/assets/icon.0123456789.svg",
    icon192: "/assets/icon-192.0123456789.png",
    icon512: "/assets/icon-512.0123456789.png",
    iconMaskable: "/assets/icon-maskable.0123456789.png",
    offlineWorker: "/assets/offline-worker.0123456789.js",
  },
  files: new Map([
    [
      "broadsheet.0123456789.css",
      { body: new TextEncoder().encode("a{}"), contentType: "text/css; charset=utf-8" },
    ],
    [
      "offline-worker.0123456789.js",
      { body: new TextEncoder().encode("kept.length;"), contentType: "text/javascript; charset=utf-8" },
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
  search: Search;
  /** Messages that were logged as errors. */
  errors: string[];
  accounts: Accounts;
  /** Every route with its method, as written. */
  routes(): { method: string; path: string }[];
}

export interface PagesOptions {
  /** The present; default 1 June 2026, noon. */
  now?: string;
  /** Ask as the owner at this machine; default: as anybody. */
  owner?: boolean;
  env?: Record<string, string>;
  /** Default https://papers.example.org, also where the requests go. */
  baseUrl?: string;
  /** Network address of who asks; absent: unknown. */
  peer?: string;
  /** What a single paper is fetched with; default: nothing is. */
  work?: Work;
  /** The data folder; default: an empty one. */
  data?: string;
  /** Default: letters are kept in the data folder. */
  mailer?: Mailer;
  /** Default: one of its own, by words. */
  search?: Search;
}

const noFetcher: PoliteFetcher = {
  fetchPolitely: () => Promise.reject(new Error("This test asks no archive.")),
  async [Symbol.asyncDispose]() {},
};

/** Opens the pages on a database; search holds what the database holds at this moment. */
export async function openPages(db: Db, options: PagesOptions = {}): Promise<Pages> {
  const {
    now = "2026-06-01T12:00:00.000Z",
    env = {},
    baseUrl: base = "https://papers.example.org",
    owner = false,
    peer,
  } = options;
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-pages-"));
  const search =
    options.search ??
    (await openSearch({ folder, readOnly: true, findNamed: (named) => findNamedId(db, named) }));
  await followPapers(db, search);
  const errors: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => errors.push(line) });
  const clock = () => new Date(now);
  const config = readConfig(env, { data: options.data ?? folder });
  const baseUrl = () => base;
  const accounts = openAccounts({ db, clock, log, baseUrl, settings: config });
  const settings = { categories: config.categories, ...config.harvest };
  const features = new FeatureReader(tinyModel());
  const work = options.work ?? { db, clock, fetcher: noFetcher, settings };
  const mailer = options.mailer ?? openMailer(config, { folder: keptLettersFolder(config.dataFolder) });
  const web = siteRoutes({
    db,
    harvestSoon() {},
    search,
    log,
    clock,
    config,
    accounts,
    work,
    featureReader: () => features,
    sendTestLetter: (to) => sendTestIssue({ db, mailer, clock, log, baseUrl, ...config }, to),
    baseUrl,
    assets: testAssets,
  });
  const peerAddress = owner ? "127.0.0.1" : peer;
  const bindings = peerAddress === undefined ? {} : { incoming: { socket: { remoteAddress: peerAddress } } };
  const fetch = async (path: string, init?: RequestInit) => {
    const request = new Request(base + path, init);
    if (owner) request.headers.set("Host", "127.0.0.1:8420");
    return web.fetch(request, bindings);
  };
  const routes = () => web.routes.filter(({ method }) => method !== "ALL");
  return { fetch, read: async (path) => (await fetch(path)).text(), search, errors, accounts, routes };
}

/** Saves items the way an import does. */
export async function save(db: Db, ...items: SourceItem[]): Promise<void> {
  const options = { now: "2026-05-12T09:00:00.000Z", origin: "import" } as const;
  await db.transaction().execute((trx) => saveItems(trx, items, options));
}

/** Sends a form the way our own pages do; other headers make it another site's. */
export function postForm(
  pages: Pages,
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = { "Sec-Fetch-Site": "same-origin" },
): Promise<Response> {
  return pages.fetch(path, { method: "POST", body: new URLSearchParams(fields), headers });
}
