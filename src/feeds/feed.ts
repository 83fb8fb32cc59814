// A feed before it is written in any format: what it is, and its entries. Types, and the ids that never change. Pure.
import type { Day, Instant } from "../lib/clock.ts";

export interface Feed {
  /** A tag: URI (RFC 4151). */
  id: string;
  title: string;
  /** A sentence: what is in it and in which order. */
  subtitle: string;
  /** Address of the page for people. */
  pageUrl: string;
  /** Address of this feed in this format. */
  selfUrl: string;
  updatedAt: Instant;
  entries: readonly FeedEntry[];
}

export interface FeedEntry {
  id: string;
  /** Clean text. */
  title: string;
  url: string;
  publishedAt: Instant;
  updatedAt: Instant;
  authors: readonly string[];
  categories: readonly string[];
  /** HTML, made by us of escaped text. */
  html: string;
  /** The same in a sentence or two of text. */
  summary: string;
}

/** The year since which tags of a Broadsheet are given out; part of every id, so it stays. */
const tagYear = "2026";

/**
 * "tag:papers.example.org,2026:paper/2605.00001": an id by the name of the host, which stays as long as the address of the
 * instance and the id of the paper do. An address of IPv6 is no authority of a tag; such an instance is "localhost".
 */
export function tagOf(baseUrl: string, name: string): string {
  const { hostname } = new URL(baseUrl);
  const authority = hostname.startsWith("[") ? "localhost" : hostname;
  return `tag:${authority},${tagYear}:${name.split("/").map(encodeURIComponent).join("/")}`;
}

export function startOfDay(day: Day): Instant {
  return `${day}T00:00:00.000Z`;
}

/** The latest of the instants. */
export function latestOf(instants: readonly Instant[]): Instant | undefined {
  return instants.reduce<Instant | undefined>(
    (latest, at) => (latest && latest > at ? latest : at),
    undefined,
  );
}
