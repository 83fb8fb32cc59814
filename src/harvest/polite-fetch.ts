// Fetching as a good guest: one request at a time, far enough apart across all our processes, with the source's wishes
// (Retry-After), limits and redirects heeded. What comes of it is a value; see docs/sources/politeness.md.
import type { Dispatcher } from "undici";
import type { Db } from "../database/dialect.ts";
import { judgeUrl, type Lookup } from "../lib/address-guard.ts";
import type { Clock } from "../lib/clock.ts";
import { createGuardedAgent, createOwnersAgent, exchange } from "./polite-fetch-exchange.ts";
import { type FetchOutcome, type FetchRequest, failed, paused, settle } from "./polite-fetch-outcome.ts";
import { type Lines, standInLine, takeTurn } from "./polite-fetch-turns.ts";
import { formatUserAgent, laneOf } from "./politeness.ts";
import { findPause, releaseSlot } from "./politeness-store.ts";

export type { FetchOutcome, FetchRequest } from "./polite-fetch-outcome.ts";

export interface PoliteFetcherOptions {
  db: Db;
  clock: Clock;
  /** May reject when the signal is aborted, or return early. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Version of this program and where to reach its owner, for User-Agent. */
  version: string;
  contact: string;
  /** Base addresses the owner named in the settings: at these, private addresses and any port are allowed. */
  allowPrivate: readonly string[];
  /** [0, 1), for the jitter. */
  random: () => number;
  /** Resolves names; tests give their own. */
  resolve?: Lookup;
}

export interface PoliteFetcher extends AsyncDisposable {
  /** Never throws for what the source, the network or a limit does: that is the outcome. */
  fetchPolitely(request: FetchRequest): Promise<FetchOutcome>;
}

const mostRedirects = 5;

interface Guest extends PoliteFetcherOptions {
  guarded: Dispatcher;
  owners: Dispatcher;
  lines: Lines;
}

/** A fetcher for one process; dispose of it to close its connections. */
export function createPoliteFetcher(options: PoliteFetcherOptions): PoliteFetcher {
  const guarded = createGuardedAgent(options.resolve);
  const owners = createOwnersAgent();
  const guest: Guest = { ...options, guarded, owners, lines: new Map() };
  return {
    fetchPolitely: (request) => fetchPolitely(guest, request),
    async [Symbol.asyncDispose]() {
      await Promise.all([guarded.destroy(), owners.destroy()]);
    },
  };
}

async function fetchPolitely(guest: Guest, request: FetchRequest): Promise<FetchOutcome> {
  const pause = await findPresentPause(guest, request);
  if (pause) return pause;
  let address = request.url;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const step = await takeStep(guest, request, address);
    if (typeof step !== "string") return step;
    address = step;
  }
  return failed("refused-redirect", `${request.url} leads through more than ${mostRedirects} redirects.`);
}

async function findPresentPause(
  { db, clock }: Guest,
  { source }: FetchRequest,
): Promise<FetchOutcome | null> {
  const pause = await findPause(db, source);
  return pause && pause.until > clock().toISOString() ? paused(pause.until, pause.reason) : null;
}

/** One request in its turn: an outcome, or the address it redirects to. */
async function takeStep(
  guest: Guest,
  request: FetchRequest,
  address: string,
): Promise<FetchOutcome | string> {
  const verdict = judgeUrl(address, guest.allowPrivate);
  if (!verdict.allowed) return failed("refused-address", `${address} is not asked: ${verdict.why}.`);
  const { url, ownersOwn } = verdict;
  const lane = laneOf(url, request.source);
  return standInLine(guest.lines, lane, async () => {
    // While we stood in line, the one before may have been told to stay away.
    const pause = await findPresentPause(guest, request);
    if (pause) return pause;
    const turn = await takeTurn(guest, lane, request);
    if ("kind" in turn) return turn;
    let nextAt = guest.clock();
    try {
      const dispatcher = ownersOwn ? guest.owners : guest.guarded;
      const answer = await exchange(url, headersFor(guest, request), { ...request, dispatcher });
      const { outcome, laneFreeAt } = await settle(guest, request, { url, answer });
      nextAt = laneFreeAt;
      return outcome;
    } finally {
      const earliest = Math.max(nextAt.getTime(), guest.clock().getTime() + lane.spacingMs);
      await releaseSlot(guest.db, lane.name, turn.holder, new Date(earliest).toISOString());
    }
  });
}

function headersFor({ version, contact }: Guest, request: FetchRequest): Record<string, string> {
  const { accept = "*/*", ifNoneMatch, ifModifiedSince } = request;
  const headers: Record<string, string> = { "user-agent": formatUserAgent(version, contact), accept };
  if (isSendable(ifNoneMatch)) headers["if-none-match"] = ifNoneMatch;
  if (isSendable(ifModifiedSince)) headers["if-modified-since"] = ifModifiedSince;
  return headers;
}

/** Validators come from the source; one that is no header text is not sent back. */
function isSendable(value: string | undefined): value is string {
  return value !== undefined && /^[\x20-\x7e]{1,512}$/.test(value);
}
