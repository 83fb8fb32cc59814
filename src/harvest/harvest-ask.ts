// One question to a source, with the limits of its kind; the answer's body, or why there is none and when to come again.
import type { Instant } from "../lib/clock.ts";
import type { FetchOutcome } from "./polite-fetch.ts";
import type { Work } from "./sources.ts";

export interface Question {
  /** Whose pause it is: "arxiv-listing". */
  source: string;
  url: string;
  accept?: string;
  /** Validator of the last answer. */
  etag?: string | undefined;
}

export type Reply =
  | { kind: "ok"; body: Uint8Array; etag: string | null; headers: Record<string, string>; url: string }
  | { kind: "unchanged" }
  /** The source said no, in its own words where it has some (status 4xx). */
  | { kind: "refused"; message: string; body: Uint8Array }
  /** It wants to be left alone, and was not even asked. */
  | { kind: "resting"; message: string; until: Instant }
  /** `until`: the source is not to be asked before. */
  | { kind: "trouble"; message: string; until: Instant | null };

/**
 * A page of OAI-PMH may take 90 s before its first byte. Not much more: a process that is killed during a request keeps its
 * lane for as long, and whoever starts again should find it free within the two minutes that one waits for a turn.
 */
const timeoutMs = 100_000;
const maxBytes = 64 * 1024 * 1024;

/** Hosts that arXiv's services redirect to among themselves. */
const arxivHosts = ["arxiv.org", "www.arxiv.org", "export.arxiv.org", "oaipmh.arxiv.org", "rss.arxiv.org"];

export async function ask(work: Work, { source, url, accept, etag }: Question): Promise<Reply> {
  const outcome = await work.fetcher.fetchPolitely({
    source,
    url,
    maxBytes,
    timeoutMs,
    allowedHosts: arxivHosts.includes(new URL(url).hostname) ? arxivHosts : [],
    ...(accept === undefined ? {} : { accept }),
    ...(etag === undefined ? {} : { ifNoneMatch: etag }),
    ...(work.signal ? { signal: work.signal } : {}),
  });
  return readOutcome(outcome);
}

function readOutcome(outcome: FetchOutcome): Reply {
  switch (outcome.kind) {
    case "ok":
      return {
        kind: "ok",
        body: outcome.body,
        etag: outcome.etag,
        headers: outcome.headers,
        url: outcome.url,
      };
    case "notModified":
      return { kind: "unchanged" };
    case "pausedUntil":
      return {
        kind: outcome.status === null ? "resting" : "trouble",
        message: outcome.reason,
        until: outcome.until,
      };
    case "failed":
      return outcome.body !== null && !outcome.retryable
        ? { kind: "refused", message: outcome.message, body: outcome.body }
        : { kind: "trouble", message: outcome.message, until: null };
  }
}
