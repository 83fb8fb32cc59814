// What is asked for, what came of it, and what an answer means for the next request.
import type { Db } from "../database/dialect.ts";
import type { Clock, Instant } from "../lib/clock.ts";
import { type Exchange, type FailureReason, retryableReasons } from "./polite-fetch-exchange.ts";
import { parseRetryAfter, pauseAfterFailure } from "./politeness.ts";
import { clearPause, findPause, recordPause } from "./politeness-store.ts";

export interface FetchRequest {
  /** Whose pause and back-off this is: "arxiv-oai", "hub", a feed's address. See `lanes` in politeness.ts. */
  source: string;
  url: string;
  /** As the last answer gave them; sent back as they are. */
  ifNoneMatch?: string;
  ifModifiedSince?: string;
  /** What we can read, for the Accept header. */
  accept?: string;
  /** Most bytes of the body, as sent and as decompressed. */
  maxBytes: number;
  /** For each request, from its start to the last byte; waiting for our turn is not counted. */
  timeoutMs: number;
  /** Host names a redirect may lead to, beside the host asked. */
  allowedHosts: readonly string[];
  signal?: AbortSignal;
}

export type FetchOutcome =
  | {
      kind: "ok";
      /** After redirects. */
      url: string;
      status: number;
      /** Names in lower case. */
      headers: Record<string, string>;
      body: Uint8Array;
      etag: string | null;
      lastModified: string | null;
    }
  | { kind: "notModified"; url: string }
  /** Come back then; until then every request to this source is answered so without asking it. */
  | { kind: "pausedUntil"; until: Instant; reason: string; status: number | null }
  | {
      kind: "failed";
      reason: FailureReason;
      /** One sentence for a person. */
      message: string;
      /** True: may work later; the source is left alone for its back-off. */
      retryable: boolean;
      status: number | null;
      /** What the source said with a status of 4xx. */
      body: Uint8Array | null;
    };

export function paused(until: Instant, reason: string, status: number | null = null): FetchOutcome {
  return { kind: "pausedUntil", until, reason, status };
}

export function failed(reason: FailureReason, message: string): FetchOutcome {
  return {
    kind: "failed",
    reason,
    message,
    retryable: retryableReasons.has(reason),
    status: null,
    body: null,
  };
}

export interface Settlement {
  /** An outcome, or the address the answer redirects to. */
  outcome: FetchOutcome | string;
  /** Earliest next request of the lane, spacing aside. */
  laneFreeAt: Date;
}

export interface Settling {
  db: Db;
  clock: Clock;
  random: () => number;
}

/** Reads what the answer means, and writes down how the source stands. */
export async function settle(
  settling: Settling,
  request: FetchRequest,
  { url, answer }: { url: URL; answer: Exchange },
): Promise<Settlement> {
  const laneFreeAt = settling.clock();
  if (answer.kind === "failure") {
    if (answer.reason !== "stopped" && retryableReasons.has(answer.reason))
      await pauseSource(settling, request.source, { reason: answer.message });
    return { outcome: failed(answer.reason, answer.message), laneFreeAt };
  }
  if (isTrouble(answer.status)) return rest(settling, request, { url, answer });
  if (isRedirect(answer.status))
    return { outcome: followable(url, answer.headers.location, request), laneFreeAt };
  if (await findPause(settling.db, request.source)) await clearPause(settling.db, request.source);
  return { outcome: conclude(url, answer), laneFreeAt };
}

type Answer = Exchange & { kind: "answer" };

async function pauseSource(
  { db, clock, random }: Settling,
  source: string,
  { reason, retryAfter }: { reason: string; retryAfter?: string },
): Promise<Instant> {
  const now = clock();
  const before = await findPause(db, source);
  const { failures, until } = pauseAfterFailure(before?.failures ?? 0, {
    now,
    retryAfterMs: parseRetryAfter(retryAfter, now),
    random,
  });
  await recordPause(db, { source, until, failures, reason }, now.toISOString());
  return until;
}

/** arXiv shuts out with 403 whom it finds impolite; asking on would prove it right. */
function isTrouble(status: number): boolean {
  return status === 429 || status === 401 || status === 403 || status >= 500;
}

/** 429 says that we ask too much, so all that shares the limit rests; the others are trouble of that source alone. */
async function rest(
  settling: Settling,
  { source }: FetchRequest,
  { url, answer: { status, headers, body } }: { url: URL; answer: Answer },
): Promise<Settlement> {
  const reason = `${url.host} answered ${status}.`;
  const until = await pauseSource(settling, source, { reason, retryAfter: headers["retry-after"] });
  const laneFreeAt = status === 429 ? new Date(until) : settling.clock();
  if (status === 429 || status >= 500) return { outcome: paused(until, reason, status), laneFreeAt };
  const message = `${reason} It may not let us in: see its terms, and the contact in our User-Agent.`;
  return {
    outcome: { kind: "failed", reason: "status", message, retryable: true, status, body },
    laneFreeAt,
  };
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function followable(from: URL, location: string | undefined, request: FetchRequest): FetchOutcome | string {
  if (location === undefined || !URL.canParse(location, from.href))
    return failed("refused-redirect", `${from.host} redirects to nowhere.`);
  const target = new URL(location, from);
  const hosts = [new URL(request.url).hostname, ...request.allowedHosts];
  if (!hosts.includes(target.hostname))
    return failed(
      "refused-redirect",
      `${from.host} redirects to ${target.host}, which is none of its hosts.`,
    );
  if (from.protocol === "https:" && target.protocol !== "https:")
    return failed("refused-redirect", `${from.host} redirects from https to ${target.protocol}`);
  return target.href;
}

function conclude(url: URL, { status, headers, body }: Answer): FetchOutcome {
  if (status === 304) return { kind: "notModified", url: url.href };
  if (status >= 200 && status < 300) {
    const { etag = null, "last-modified": lastModified = null } = headers;
    return { kind: "ok", url: url.href, status, headers, body, etag, lastModified };
  }
  const message = `${url.host} answered ${status} for ${url.pathname}.`;
  return { kind: "failed", reason: "status", message, retryable: false, status, body };
}
