// Settings: read from the environment and the command line, checked once, passed on as one value.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import type { EmbeddingsService } from "./lib/embeddings.ts";
import { AppError } from "./lib/errors.ts";
import { type MailConfig, mailSettings, readMailConfig } from "./mail/mail-settings.ts";

/** What each connection of SQLite and, where memory is small, the search index keep in memory where the owner does not say. */
const smallSearchMiB = 16;
const databaseMiB = { ample: 32, small: 4 };

const portSchema = z.coerce.number().int().min(0).max(65535);

/** An address to put paths behind: no slash at the end. */
const baseAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

/** The archives that can be harvested, by the names of the command line. */
export const harvestable = ["arxiv", "hub", "biorxiv", "medrxiv", "acl", "feeds"] as const;

const sourceList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.enum(harvestable)));

const addressList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.url({ protocol: /^https?$/ })));

/** Addresses and networks: "10.0.0.2", "192.168.0.0/16", "::1". */
const networkList = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])));

const domainList = z
  .string()
  .transform((text) =>
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  .pipe(z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)));

const settingsSchema = z.object({
  BROADSHEET_DATA: z.string().min(1).default("./data"),
  BROADSHEET_HOST: z.string().min(1).default("127.0.0.1"),
  BROADSHEET_PORT: portSchema.default(8420),
  BROADSHEET_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  BROADSHEET_TRUSTED_PROXIES: networkList.default(["127.0.0.0/8", "::1"]),
  BROADSHEET_PRIVATE: z.enum(["yes", "no"]).default("no"),
  BROADSHEET_API_REQUESTS: z.coerce.number().int().min(1).max(1_000_000).default(500),
  BROADSHEET_READER_SUBMISSIONS: z.coerce.number().int().min(0).max(100).default(0),
  BROADSHEET_MAIL_DOMAINS: domainList.default([]),
  BROADSHEET_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  ...mailSettings,
  BROADSHEET_CATEGORIES: z.string().default("cs.AI,cs.CL,cs.CV,cs.IR,cs.LG,cs.RO,stat.ML"),
  BROADSHEET_HARVEST: z.enum(["on", "off"]).optional(),
  BROADSHEET_SOURCES: sourceList.default(["arxiv", "hub"]),
  BROADSHEET_CONTACT: z.string().max(200).default(""),
  BROADSHEET_ARXIV_URL: baseAddress.default("https://arxiv.org"),
  BROADSHEET_ARXIV_OAI_URL: baseAddress.default("https://oaipmh.arxiv.org/oai"),
  BROADSHEET_ARXIV_RSS_URL: baseAddress.default("https://rss.arxiv.org"),
  BROADSHEET_ARXIV_API_URL: baseAddress.default("https://export.arxiv.org/api/query"),
  BROADSHEET_HUB_URL: baseAddress.default("https://huggingface.co"),
  BROADSHEET_BIORXIV_URL: baseAddress.default("https://api.biorxiv.org"),
  BROADSHEET_ACL_URL: baseAddress.default(
    "https://raw.githubusercontent.com/acl-org/acl-anthology/master/data/xml",
  ),
  BROADSHEET_ACL_LIST_URL: z.url({ protocol: /^https?$/ }).optional(),
  BROADSHEET_FEEDS: addressList.default([]),
  BROADSHEET_WEBHOOK_ADDRESSES: addressList.default([]),
  BROADSHEET_EMBEDDINGS_URL: baseAddress
    .refine((url) => !/^https?:\/\/[^/]*@/.test(url), "a key is set by BROADSHEET_EMBEDDINGS_KEY")
    .optional(),
  BROADSHEET_EMBEDDINGS_MODEL: z.string().min(1).max(200).optional(),
  BROADSHEET_EMBEDDINGS_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "a key is printable ASCII without blanks")
    .optional(),
  BROADSHEET_EMBEDDINGS_DIMENSIONS: z.coerce.number().int().min(32).max(4096).optional(),
  BROADSHEET_MEMORY: z.enum(["ample", "small"]).default("ample"),
  BROADSHEET_SEARCH_MEMORY: z.coerce.number().int().min(4).max(65_536).optional(),
  BROADSHEET_CHOOSING_THREADS: z.coerce.number().int().min(0).max(64).default(1),
  BROADSHEET_DATABASE_MEMORY: z.coerce.number().int().min(1).max(65_536).optional(),
  BROADSHEET_DUMPS: z.enum(["on", "off"]).optional(),
  BROADSHEET_LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
});

/** What the command line may say instead of the environment. */
export interface ConfigFlags {
  data?: string;
  host?: string;
  port?: string;
}

export interface Config extends MailConfig {
  dataFolder: string;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Address readers use, without trailing slash; null: http://host:port as bound. */
  publicUrl: string | null;
  /** Reverse proxies whose X-Forwarded-For is believed: addresses and networks. */
  trustedProxies: string[];
  /** True: without signing in nothing is shown. */
  private: boolean;
  /** What one network, or one account, may ask of the API in five minutes. */
  apiRequests: number;
  /** Papers a signed-in reader may put forward a day; 0: only editors may. */
  readerSubmissions: number;
  /** Addresses of these domains sign in without an invitation, as readers. */
  mailDomains: string[];
  databaseUrl: string | null;
  /** arXiv categories whose announcements make an edition. */
  categories: string[];
  harvest: HarvestConfig;
  /** Base addresses that webhooks may lead to although they are private. */
  webhookAddresses: string[];
  /** A service that makes vectors for search by meaning; null: none is asked. */
  embeddings: EmbeddingsService | null;
  /** "small": every part of the program makes do with little. */
  memory: "ample" | "small";
  /** Bytes of the search index's postings and pages that are kept in memory; null: as many as suit its size. */
  searchCacheBytes: number | null;
  /** MiB of SQLite's pages that are kept in memory, by each connection. */
  databaseCacheMiB: number;
  /** Threads that choose for many readers at once; never more than there are cores beside the main one's. */
  choosingThreads: number;
  /** Whether serve writes the public bibliography to files each night. */
  dumps: boolean;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
}

/** What is harvested, and from where. */
export interface HarvestConfig {
  /** Whether serve harvests; null: as the owner chose on the first page, off until then. */
  enabled: boolean | null;
  /** True: the categories are those of BROADSHEET_CATEGORIES, whatever was chosen on the first page. */
  categoriesGiven: boolean;
  sources: (typeof harvestable)[number][];
  /** Address or mailbox in User-Agent, so that an archive's people can reach the owner. */
  contact: string;
  /** Base addresses, without trailing slash. */
  arxivUrl: string;
  arxivOaiUrl: string;
  arxivRssUrl: string;
  arxivApiUrl: string;
  hubUrl: string;
  biorxivUrl: string;
  /** The folder of the ACL Anthology's collections, and where it is listed (as it stands, slash and all). */
  aclUrl: string;
  aclListUrl: string;
  /** Feeds of journals; harvested with the source "feeds". */
  feeds: string[];
  /** Of these, the ones the owner set: they may lead to private addresses. */
  ownAddresses: string[];
}

/** Settings that are base addresses. */
const addressSettings = [
  "BROADSHEET_ARXIV_URL",
  "BROADSHEET_ARXIV_OAI_URL",
  "BROADSHEET_ARXIV_RSS_URL",
  "BROADSHEET_ARXIV_API_URL",
  "BROADSHEET_HUB_URL",
  "BROADSHEET_BIORXIV_URL",
  "BROADSHEET_ACL_URL",
] as const;

/** Reads and checks every setting; flags win over the environment. Throws AppError "bad-setting" naming the setting. */
export function readConfig(env: NodeJS.ProcessEnv, flags: ConfigFlags = {}): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name.startsWith("BROADSHEET_") && value !== ""),
  );
  const overrides = { BROADSHEET_DATA: flags.data, BROADSHEET_HOST: flags.host, BROADSHEET_PORT: flags.port };
  for (const [name, value] of Object.entries(overrides)) if (value !== undefined) given[name] = value;
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) throw settingError(parsed.error);
  const s = parsed.data;
  const publicUrl = s.BROADSHEET_PUBLIC_URL?.replace(/\/+$/, "") ?? null;
  return {
    dataFolder: resolve(s.BROADSHEET_DATA),
    host: s.BROADSHEET_HOST,
    port: s.BROADSHEET_PORT,
    publicUrl,
    trustedProxies: s.BROADSHEET_TRUSTED_PROXIES,
    private: s.BROADSHEET_PRIVATE === "yes",
    apiRequests: s.BROADSHEET_API_REQUESTS,
    readerSubmissions: s.BROADSHEET_READER_SUBMISSIONS,
    mailDomains: s.BROADSHEET_MAIL_DOMAINS,
    databaseUrl: s.BROADSHEET_DATABASE_URL ?? null,
    ...readMailConfig(s, publicUrl ? new URL(publicUrl).hostname : "localhost"),
    categories: s.BROADSHEET_CATEGORIES.split(/[\s,+]+/).filter(Boolean),
    harvest: {
      enabled: s.BROADSHEET_HARVEST === undefined ? null : s.BROADSHEET_HARVEST === "on",
      categoriesGiven: given.BROADSHEET_CATEGORIES !== undefined,
      sources: s.BROADSHEET_SOURCES,
      contact: s.BROADSHEET_CONTACT,
      arxivUrl: s.BROADSHEET_ARXIV_URL,
      arxivOaiUrl: s.BROADSHEET_ARXIV_OAI_URL,
      arxivRssUrl: s.BROADSHEET_ARXIV_RSS_URL,
      arxivApiUrl: s.BROADSHEET_ARXIV_API_URL,
      hubUrl: s.BROADSHEET_HUB_URL,
      biorxivUrl: s.BROADSHEET_BIORXIV_URL,
      aclUrl: s.BROADSHEET_ACL_URL,
      aclListUrl: s.BROADSHEET_ACL_LIST_URL ?? aclListOf(given.BROADSHEET_ACL_URL && s.BROADSHEET_ACL_URL),
      feeds: s.BROADSHEET_FEEDS,
      ownAddresses: [
        ...addressSettings.filter((name) => given[name] !== undefined).map((name) => s[name]),
        ...(s.BROADSHEET_ACL_LIST_URL ? [s.BROADSHEET_ACL_LIST_URL] : []),
        ...s.BROADSHEET_FEEDS,
      ],
    },
    webhookAddresses: s.BROADSHEET_WEBHOOK_ADDRESSES,
    embeddings: readEmbeddings(s),
    memory: s.BROADSHEET_MEMORY,
    searchCacheBytes: readSearchCache(s),
    databaseCacheMiB: s.BROADSHEET_DATABASE_MEMORY ?? databaseMiB[s.BROADSHEET_MEMORY],
    choosingThreads: Math.min(s.BROADSHEET_CHOOSING_THREADS, availableParallelism() - 1),
    dumps: s.BROADSHEET_DUMPS === undefined ? publicUrl !== null : s.BROADSHEET_DUMPS === "on",
    logLevel: s.BROADSHEET_LOG_LEVEL,
  };
}

function readSearchCache(s: z.infer<typeof settingsSchema>): number | null {
  const mib = s.BROADSHEET_SEARCH_MEMORY ?? (s.BROADSHEET_MEMORY === "small" ? smallSearchMiB : null);
  return mib === null ? null : mib * 2 ** 20;
}

function readEmbeddings(s: z.infer<typeof settingsSchema>): EmbeddingsService | null {
  const url = s.BROADSHEET_EMBEDDINGS_URL;
  if (url === undefined) return null;
  const model = s.BROADSHEET_EMBEDDINGS_MODEL;
  if (model === undefined)
    throw new AppError(
      "bad-setting",
      "BROADSHEET_EMBEDDINGS_MODEL is not set, but BROADSHEET_EMBEDDINGS_URL is.",
      {
        remedy: "Name the model that the service is to use.",
      },
    );
  return {
    url,
    model,
    key: s.BROADSHEET_EMBEDDINGS_KEY ?? null,
    dimensions: s.BROADSHEET_EMBEDDINGS_DIMENSIONS ?? null,
  };
}

/** A folder of one's own lists itself; that of the Anthology's repository is listed by GitHub. */
function aclListOf(folder: string | undefined): string {
  if (folder) return `${folder}/`;
  return "https://api.github.com/repos/acl-org/acl-anthology/git/trees/master:data/xml";
}

function settingError(error: z.ZodError): AppError {
  const issue = error.issues[0];
  const name = String(issue?.path[0] ?? "a setting");
  return new AppError("bad-setting", `${name} is not valid: ${issue?.message}.`, {
    remedy: "See docs/configuration.md for what it takes.",
  });
}

/** True for addresses and names that only this machine reaches. */
export function isLoopback(host: string): boolean {
  const plain = host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/^::ffff:/, "");
  return plain === "localhost" || plain === "::1" || /^127\.\d+\.\d+\.\d+$/.test(plain);
}

/** True when others than the people at this machine can reach the pages: then somebody must be their owner. */
export function isReachable({ publicUrl, host }: Pick<Config, "publicUrl" | "host">): boolean {
  return publicUrl !== null || !isLoopback(host);
}
