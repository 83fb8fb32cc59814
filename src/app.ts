// Builds the services once, in order, and takes them down in reverse. Nothing else constructs them.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Accounts, openAccounts } from "./accounts/accounts.ts";
import type { Config } from "./config.ts";
import { openDatabase, readSnapshot } from "./database/database.ts";
import type { Db } from "./database/dialect.ts";
import { findSetting, saveSetting } from "./database/settings-store.ts";
import type { PreparePicks } from "./digest/own-picks.ts";
import { dumpsFolderOf, makeDump } from "./harvest/dumps.ts";
import { harvestDue } from "./harvest/harvest.ts";
import { findHarvestChoice, isHarvestOn } from "./harvest/harvest-choice-store.ts";
import { createPoliteFetcher, type PoliteFetcher } from "./harvest/polite-fetch.ts";
import type { Work } from "./harvest/sources.ts";
import { PaperEmbedder } from "./jobs/embed-papers.ts";
import { followPapers } from "./jobs/follow-search.ts";
import { StandingsFollower } from "./jobs/follow-standings.ts";
import { trainBeside } from "./jobs/train-beside.ts";
import { isTrainingDue } from "./jobs/train-own.ts";
import { type Clock, systemClock } from "./lib/clock.ts";
import { prepareFolder } from "./lib/data-folder.ts";
import { type Embeddings, type EmbeddingsPorts, openEmbeddings } from "./lib/embeddings.ts";
import { tryLockFolder } from "./lib/folder-lock.ts";
import { createLog, type Log } from "./lib/log.ts";
import { openQueryEmbedder } from "./lib/query-embedder.ts";
import { programVersion } from "./lib/version.ts";
import { openPicks } from "./library/pick-for-many.ts";
import type { FeatureReader } from "./library/taste/features.ts";
import { openFeatureReader } from "./library/taste/open-reader.ts";
import { keptLettersFolder } from "./mail/letter-folder.ts";
import { type Mailer, openMailer } from "./mail/mailer.ts";
import { buildLateIndexes } from "./papers/late-indexes-store.ts";
import { countPapers } from "./papers/papers-store.ts";
import { findNamedId } from "./papers/resolve-paper.ts";
import { listAuthorNames, listMostVotes } from "./papers/suggest-store.ts";
import { ownModelFile, shippedModelFile } from "./search/meaning/shipped-model.ts";
import { openSearch } from "./search/open-search.ts";
import type { OutsideOptions, Search } from "./search/search.ts";
import { createWebhookSender, type WebhookSender } from "./webhooks/post.ts";

export interface App extends AsyncDisposable {
  config: Config;
  clock: Clock;
  log: Log;
  db: Db;
  search: Search;
  mailer: Mailer;
  webhookSender: WebhookSender;
  accounts: Accounts;
  /** What a harvest works with: fetcher, clock, settings. */
  work: Work;
  /** True when this process holds the folder's lock: it alone writes the index files. */
  ownsFolder: boolean;
  /** Public address, without trailing slash. */
  baseUrl(): string;
  /** The server tells where it listens; commands beside it, and after it, make their links with that. */
  setServedAt(url: string): Promise<void>;
  /** Reads one unchanging state of the data while others go on writing. */
  readSnapshot<T>(read: (db: Db) => Promise<T>): Promise<T>;
  /** Brings the search index up to date with the database; writes its files when the folder is ours. Returns changes applied. */
  followSearch(options?: FollowOptions): Promise<number>;
  /** Visits the sources that are due, if the owner wants that; logs what went wrong. */
  harvest(signal: AbortSignal): Promise<void>;
  /** Trains the meaning model anew, in a thread, when the collection has outgrown it and the folder is ours. */
  trainWhenDue(signal: AbortSignal): Promise<void>;
  /** Has an outside service make the vectors that papers lack; null where none is set up or the folder is not ours. */
  embedPapers: ((signal: AbortSignal) => Promise<unknown>) | null;
  /** What tastes are learned with; throws AppError "not-found" without a model of meaning. */
  featureReader(): FeatureReader;
  /** The own picks of the letter's readers. */
  preparePicks: PreparePicks;
  /** Writes the public bibliography to files; null where the owner wants none or the folder is not ours. */
  makeDump: ((signal: AbortSignal) => Promise<unknown>) | null;
}

export interface FollowOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

export interface AppOverrides {
  clock?: Clock;
  log?: Log;
  mailer?: Mailer;
  fetcher?: PoliteFetcher;
  /** True: a guest beside a server that runs or may be started, which keeps the folder's lock and writes the index. */
  beside?: boolean;
  /** True: about to import, so that indexes an interrupted first load left for its end may wait. */
  importing?: boolean;
  /** Memory for pages of the database, where it is not what the settings say. */
  cacheMiB?: number;
}

const servedAtName = "served-at";

/** Opens the data folder and everything in it. Throws AppError for what a person can mend. */
export async function openApp(given: Config, overrides: AppOverrides = {}): Promise<App> {
  // A copy, because the owner may choose other categories while the program runs.
  const config: Config = { ...given, categories: [...given.categories] };
  await using building = new AsyncDisposableStack();
  prepareFolder(config.dataFolder);
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog(config.logLevel);
  const lock = overrides.beside ? null : tryLockFolder(config.dataFolder);
  if (lock) building.defer(() => lock.release());
  const database = {
    folder: config.dataFolder,
    url: config.databaseUrl ?? undefined,
    cacheMiB: overrides.cacheMiB ?? config.databaseCacheMiB,
  };
  const db = building.adopt(await openDatabase(database), (d) => d.destroy());
  if (lock && !overrides.importing) await buildLateIndexes(db);
  const embeddings = config.embeddings && openEmbeddings(config.embeddings, waitingBy(clock));
  const search = building.use(
    await openSearch({
      folder: join(config.dataFolder, "index"),
      readOnly: !lock,
      cacheBytes: config.searchCacheBytes,
      small: config.memory === "small",
      suggestSource: {
        listAuthors: (after, limit) => listAuthorNames(db, after, limit),
        listVotes: (after, limit) => listMostVotes(db, after, limit),
      },
      findNamed: (identifier) => findNamedId(db, identifier),
      meaning: {
        folder: join(config.dataFolder, "meaning", "vectors"),
        models: { own: ownModelFile(config.dataFolder), shipped: shippedModelFile },
        ...(embeddings ? { outside: outsideOptions(embeddings, config, clock) } : {}),
      },
    }),
  );
  const mailer = building.use(
    overrides.mailer ?? openMailer(config, { folder: keptLettersFolder(config.dataFolder) }),
  );
  const webhookSender = building.use(createWebhookSender({ ownAddresses: config.webhookAddresses }));
  await followChoice(config, db);
  const fetcher = building.use(overrides.fetcher ?? openFetcher(config, db, clock));
  const work: Work = { db, clock, fetcher, settings: { categories: config.categories, ...config.harvest } };
  let servedAt = (await findSetting(db, servedAtName)) ?? `http://${config.host}:${config.port}`;
  const baseUrl = () => config.publicUrl ?? servedAt;
  const accounts = openAccounts({ db, clock, log, baseUrl, settings: config });
  const standings = new StandingsFollower(clock);
  const follower = search.outside;
  const embedder =
    embeddings && follower ? new PaperEmbedder({ db, follower, embeddings, clock, log }) : null;
  const featureReader = openFeatureReader({
    own: ownModelFile(config.dataFolder),
    shipped: shippedModelFile,
  });
  const picksFrom = { db, search, reader: featureReader, beside: { threads: config.choosingThreads } };
  const services = building.move();
  return {
    config,
    preparePicks: (papers, now) => openPicks(picksFrom, papers, now),
    featureReader,
    clock,
    log,
    db,
    search,
    mailer,
    webhookSender,
    accounts,
    work,
    ownsFolder: lock !== null,
    baseUrl,
    async setServedAt(url) {
      servedAt = url;
      await saveSetting(db, servedAtName, url);
    },
    readSnapshot: (read) => readSnapshot(database, read),
    async followSearch(options = {}) {
      const applied = await followPapers(db, search, options);
      if (applied > 0) await search.flush();
      await standings.follow(db, search, applied > 0);
      return applied;
    },
    async harvest(signal) {
      if (!(await isHarvestOn(db, config.harvest.enabled))) return;
      const failed = (await harvestDue({ ...work, signal })).filter(({ ok }) => !ok);
      // One sentence: without a network every stream would say the same.
      if (failed[0]) log.warn({ streams: failed.map(({ stream }) => stream) }, failed[0].message);
    },
    async trainWhenDue(signal) {
      const { meaning } = search.status();
      if (!lock || !meaning || !isTrainingDue(meaning, await countPapers(db))) return;
      const file = ownModelFile(config.dataFolder);
      const { papers } = await trainBeside({ database, file, settings: { seed: 1 }, threads: 1 }, signal);
      log.info({ papers }, "a new meaning model was trained");
    },
    embedPapers: embedder && ((signal) => embedder.run(signal)),
    makeDump:
      lock && config.dumps
        ? (signal) => {
            const options = { folder: dumpsFolderOf(config.dataFolder), now: clock(), signal };
            return readSnapshot(database, (snapshot) => makeDump(snapshot, options));
          }
        : null,
    [Symbol.asyncDispose]: () => services.disposeAsync(),
  };
}

function waitingBy(clock: Clock): EmbeddingsPorts {
  return { sleep: (ms, signal) => sleep(ms, undefined, { signal }), now: clock };
}

function outsideOptions(
  embeddings: Embeddings,
  { dataFolder }: Pick<Config, "dataFolder">,
  clock: Clock,
): OutsideOptions {
  return {
    folder: join(dataFolder, "meaning", "outside"),
    embedder: openQueryEmbedder(embeddings, waitingBy(clock)),
  };
}

/** What the owner chose to follow, unless the settings say otherwise. */
async function followChoice(config: Config, db: Db): Promise<void> {
  const { categories } = await findHarvestChoice(db);
  if (categories !== null && !config.harvest.categoriesGiven)
    config.categories.splice(0, Infinity, ...categories);
}

function openFetcher(config: Config, db: Db, clock: Clock): PoliteFetcher {
  return createPoliteFetcher({
    db,
    clock,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    version: programVersion,
    contact: config.harvest.contact,
    allowPrivate: config.harvest.ownAddresses,
    random: Math.random,
  });
}
