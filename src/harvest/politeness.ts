// What polite means, in numbers: how far apart requests are, how long a source is left alone. Pure; docs/sources/politeness.md
// says the same in prose.
import type { Instant } from "../lib/clock.ts";

/** Services that share one limit: one connection, and so much time from the end of one answer to the next request. */
export interface Lane {
  name: string;
  hosts: readonly string[];
  /** Sources that ask these services, wherever the owner lets them live (a mirror, this machine). */
  sources: readonly string[];
  spacingMs: number;
}

const seconds = 1_000;
const minutes = 60 * seconds;

/**
 * arXiv's terms: at most one request in three seconds and one connection over OAI-PMH, RSS and the query API together
 * (info.arxiv.org/help/api/tou.html); robots.txt of its web pages: Crawl-delay 15. The others publish no such number.
 */
export const lanes: readonly Lane[] = [
  {
    name: "arxiv-export",
    hosts: ["export.arxiv.org", "oaipmh.arxiv.org", "rss.arxiv.org"],
    sources: ["arxiv", "arxiv-oai", "arxiv-rss", "arxiv-api"],
    spacingMs: 3 * seconds,
  },
  {
    name: "arxiv-web",
    hosts: ["arxiv.org", "www.arxiv.org"],
    sources: ["arxiv-listing"],
    spacingMs: 15 * seconds,
  },
  { name: "hub", hosts: ["huggingface.co"], sources: ["hub"], spacingMs: 1 * seconds },
  {
    name: "biorxiv",
    hosts: ["api.biorxiv.org", "api.medrxiv.org"],
    sources: ["biorxiv", "medrxiv"],
    spacingMs: 2 * seconds,
  },
  {
    name: "acl",
    hosts: ["aclanthology.org", "raw.githubusercontent.com"],
    sources: ["acl"],
    spacingMs: 2 * seconds,
  },
];

/** For every host that has no lane of its own. */
export const defaultSpacingMs = 2 * seconds;

/** The lane of a request: that of its host where we know it, else that of its source, else one for the host alone. */
export function laneOf(url: URL, source: string): Lane {
  const known =
    lanes.find(({ hosts }) => hosts.includes(url.hostname)) ??
    lanes.find(({ sources }) => sources.includes(source));
  return known ?? { name: url.host, hosts: [url.hostname], sources: [], spacingMs: defaultSpacingMs };
}

/** First failure: up to this long. Each further one doubles it. */
export const backOffBaseMs = 30 * seconds;
/** Never longer: a source that recovered is found within the hour. */
export const backOffCapMs = 30 * minutes;
/** A Retry-After beyond this is a mistake or malice; we come back after a day. */
export const longestRetryAfterMs = 24 * 60 * minutes;

/**
 * Exponential back-off with full jitter (Brooker, "Exponential Backoff And Jitter", 2015): uniform between nothing and
 * base·2^(failures-1), capped. `random` gives [0, 1).
 */
export function backOffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(backOffCapMs, backOffBaseMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return Math.floor(random() * ceiling);
}

/** Retry-After (RFC 9110 10.2.3: seconds or an HTTP date) as milliseconds from `now`; null when absent or unreadable. */
export function parseRetryAfter(value: string | undefined, now: Date): number | null {
  const text = value?.trim() ?? "";
  if (/^\d{1,10}$/.test(text)) return Math.min(Number(text) * seconds, longestRetryAfterMs);
  // Every form of HTTP date begins with the name of a day; Date.parse alone would take "2" for a month.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  return Math.min(Math.max(0, at - now.getTime()), longestRetryAfterMs);
}

/** How a source's back-off stands after one more failure. */
export function pauseAfterFailure(
  failures: number,
  { now, retryAfterMs, random }: { now: Date; retryAfterMs: number | null; random: () => number },
): { failures: number; until: Instant } {
  const waitMs = retryAfterMs ?? backOffMs(failures + 1, random);
  return { failures: failures + 1, until: new Date(now.getTime() + waitMs).toISOString() };
}

/** "Broadsheet/1.2.0 (+mailto:owner@example.org)": who asks, and where to complain. */
export function formatUserAgent(version: string, contact: string): string {
  const clean = contact.replace(/[^\x21-\x27\x2a-\x7e]/g, "");
  const address = /^[^@/:]+@[^@/:]+$/.test(clean) ? `mailto:${clean}` : clean;
  return `Broadsheet/${version}${address === "" ? "" : ` (+${address})`}`;
}
