// The door for feed readers: every list as Atom, RSS and JSON Feed; what is one reader's own behind an address with a key.
import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import type { DoorDeps } from "../http/deps.ts";
import { keeperOf } from "../http/keeper.ts";
import { answerProblemDocument } from "../http/problem.ts";
import { allowReading } from "../http/read-anywhere.ts";
import { limitRequests } from "../http/request-budget.ts";
import { dayOf } from "../lib/clock.ts";
import { findFeed } from "../library/feed-keys.ts";
import { listFollows } from "../library/library.ts";
import { type FeedFormat, links } from "../links.ts";
import { findHeldSince } from "../papers/papers-store.ts";
import { type Feed, latestOf, startOfDay, tagOf } from "./feed.ts";
import { formatAtom } from "./feed-atom.ts";
import { type FeedContent, findFeedContent } from "./feed-content.ts";
import { entryOfPaper, type FeedPaper } from "./feed-entries.ts";
import { formatJsonFeed } from "./feed-json.ts";
import { formatRss } from "./feed-rss.ts";
import { openLastModified } from "./last-modified.ts";
import { formatOpml } from "./opml.ts";
import { findOwnContent } from "./own-feeds.ts";

/** What one network may ask of all feeds together. */
const feedsBudget = { name: "feeds", most: 500, windowMs: 300_000 } as const;

export function feedRoutes(deps: DoorDeps): Hono {
  const feeds = new Hono();
  const lastModified = openLastModified();
  feeds.use("/feeds/*", allowReading(deps), limitRequests(feedsBudget, deps));
  feeds.get("/feeds/of/:key/:feed{.+}", (c) => answerKeyed(c, deps, lastModified));
  feeds.get("/me/follows.opml", async (c) => {
    const follows = await listFollows(deps.db, keeperOf(c));
    c.header("Cache-Control", "private, no-cache");
    return answerOpml(
      c,
      formatOpml(follows, (name, q) => deps.baseUrl() + links.feed(name, "atom", q)),
    );
  });
  feeds.get("/feeds/:feed{.+}", async (c) => {
    const asked = parseAddress(c.req.param("feed") ?? "");
    const content = asked && (await findFeedContent(deps, { name: asked.name, q: c.req.query("q") }));
    if (!content) return answerNoFeed(c, deps);
    c.header("Cache-Control", deps.config.private ? "private, max-age=300" : "public, max-age=300");
    return answerFeed(c, deps, { content, format: asked.format, lastModified });
  });
  return feeds;
}

/** Addresses with a key are told to nobody, and kept by no cache but the reader's own. */
async function answerKeyed(c: Context, deps: DoorDeps, lastModified: Answer["lastModified"]) {
  c.header("X-Robots-Tag", "noindex");
  c.header("Cache-Control", "private, max-age=300");
  c.header("Referrer-Policy", "no-referrer");
  const key = c.req.param("key") ?? "";
  const name = c.req.param("feed") ?? "";
  const found = await findFeed(deps.db, key);
  if (found?.opens === "feeds" && name === "follows.opml") {
    const follows = await listFollows(deps.db, found.keeper);
    const base = deps.baseUrl();
    return answerOpml(
      c,
      formatOpml(follows, (each, q) => base + links.keyedFeed(key, each, "atom", q)),
    );
  }
  const asked = parseAddress(name);
  if (!found || !asked) return answerNoFeed(c, deps);
  const content =
    found.opens === "feeds"
      ? await findFeedContent(deps, { name: asked.name, q: c.req.query("q") })
      : await findOwnContent(deps, found, asked.name);
  return content
    ? answerFeed(c, deps, { content, format: asked.format, lastModified })
    : answerNoFeed(c, deps);
}

function answerOpml(c: Context, text: string) {
  return c.body(text, 200, { "Content-Type": "text/x-opml; charset=utf-8" });
}

function parseAddress(text: string): { name: string; format: FeedFormat } | null {
  const match = /^(.+)\.(atom|rss|json)$/s.exec(text);
  return match && { name: match[1]!, format: match[2] as FeedFormat };
}

function answerNoFeed(c: Context, { baseUrl }: DoorDeps) {
  const detail = `There is no such feed. They are listed at ${baseUrl()}${links.api()}.`;
  return answerProblemDocument(c, baseUrl(), { code: "not-found", detail });
}

const formats = {
  atom: { write: formatAtom, contentType: "application/atom+xml; charset=utf-8" },
  rss: { write: formatRss, contentType: "application/rss+xml; charset=utf-8" },
  json: { write: formatJsonFeed, contentType: "application/feed+json" },
} as const;

interface Answer {
  content: FeedContent;
  format: FeedFormat;
  lastModified: ReturnType<typeof openLastModified>;
}

/** Conditional requests as RFC 9110 (13.2.2) has them: If-None-Match comes before If-Modified-Since. */
async function answerFeed(c: Context, deps: DoorDeps, { content, format, lastModified }: Answer) {
  const { write, contentType } = formats[format];
  const { pathname, search } = new URL(c.req.url);
  const body = write(await composeFeed(deps, content, pathname + search));
  const tag = `"${createHash("sha1").update(body).digest("hex")}"`;
  const modified = lastModified(pathname + search, { tag, now: deps.clock() });
  c.header("ETag", tag);
  c.header("Last-Modified", modified.toUTCString());
  const since = Date.parse(c.req.header("If-Modified-Since") ?? "");
  const asksByTag = c.req.header("If-None-Match") !== undefined;
  if (!asksByTag && since >= modified.getTime()) return c.body(null, 304);
  return c.body(body, 200, { "Content-Type": contentType });
}

async function composeFeed(deps: DoorDeps, content: FeedContent, path: string): Promise<Feed> {
  const base = deps.baseUrl();
  const entries = content.entries ?? (await entriesOf(deps, content));
  const updatedAt = latestOf(entries.map((entry) => entry.updatedAt));
  return {
    id: tagOf(base, `feed/${content.name}`),
    title: content.title,
    subtitle: content.subtitle,
    pageUrl: base + content.path,
    selfUrl: base + path,
    updatedAt: updatedAt ?? startOfDay(dayOf(deps.clock())),
    entries,
  };
}

/** A paper is told once, however often a list names it. One query at most. */
async function entriesOf({ db, baseUrl }: DoorDeps, { papers = [] }: FeedContent) {
  const once = new Map<number, FeedPaper>();
  for (const each of papers) if (!once.has(each.paper.pk)) once.set(each.paper.pk, each);
  const all = [...once.values()];
  const undated = all.filter(({ paper }) => paper.publishedOn === null && paper.year === null);
  const pks = undated.map(({ paper }) => paper.pk);
  const since = await findHeldSince(db, pks);
  return all.map((each) =>
    entryOfPaper(each, { baseUrl: baseUrl(), heldSince: since.get(each.paper.pk) ?? null }),
  );
}
