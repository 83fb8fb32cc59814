// The feed of the day of an arXiv category (rss.arxiv.org, RSS or Atom): what was announced, as briefly as arXiv puts it.
// Empty on days without announcement; a bad category is answered by a feed, too.
import type { Day, Instant } from "../lib/clock.ts";
import { parseInstant } from "../lib/written-date.ts";
import { parseXml } from "../lib/xml.ts";
import { childOf, childrenOf, childText, isElement, textOf } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { type RssEntry, readRssEntry } from "./arxiv-rss-entry.ts";
import { atom, rssTwo } from "./feed-vocabulary.ts";
import { isRefusal } from "./fields.ts";

export interface ArxivRss {
  ok: true;
  form: "rss" | "atom";
  /** As the feed's own address names them: "cs.AI", or several. */
  categories: string[];
  /** When the feed was made; arXiv makes a new one every night, also of an old batch. */
  builtAt: Instant;
  /** The day the feed says it is of, in New York as in UTC; null for an empty Atom feed, which names none. */
  announcedOn: Day | null;
  /** Weekdays without announcement, in English (RSS only). */
  skipDays: string[];
  entries: RssEntry[];
  /** Why entries cannot be taken. */
  rejected: string[];
}

export type ArxivRssAnswer =
  | ArxivRss
  /** arXiv's own answer to what it does not serve. */
  | { ok: false; kind: "refused"; message: string; validCategories: string[] }
  | { ok: false; kind: "broken"; reason: string };

/** 2,000 items, the most a feed has, take some 5 MB. */
const byteLimit = 32 * 1024 * 1024;

/** Reads an answer of rss.arxiv.org, whatever its status was. */
export function parseArxivRss(body: string | Uint8Array): ArxivRssAnswer {
  const reading = parseXml(body, { byteLimit });
  if (!reading.ok) return broken(reading.reason);
  const { root } = reading;
  const channel = root.name === "rss" ? childOf(root, rssTwo("channel")) : root;
  if (channel === undefined || (channel === root && !isElement(root, atom("feed"))))
    return broken(`it is no feed but <${root.name}>`);
  const head = channel === root ? readAtomHead(root) : readRssHead(channel);
  if (/^feed error\b/i.test(head.title)) return refused(head.description);
  if (head.builtAt === undefined) return broken("it does not say when it was made");
  return readEntries(head as Head & { builtAt: Instant });
}

function broken(reason: string): ArxivRssAnswer {
  return { ok: false, kind: "broken", reason };
}

/** "Bad subject class 'ZZ'. Valid subject classes for the archive 'cs' are: cs.AI, cs.AR." */
function refused(message: string): ArxivRssAnswer {
  const list = /\bare:\s*([^:]*)$/i.exec(message)?.[1] ?? "";
  const names = list.split(/[,\s]+/).map((name) => name.replace(/\.$/, ""));
  return {
    ok: false,
    kind: "refused",
    message,
    validCategories: names.filter((name) => categoryForm.test(name)),
  };
}

const categoryForm = /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?$/;

interface Head {
  form: "rss" | "atom";
  title: string;
  description: string;
  categories: string[];
  builtAt: Instant | undefined;
  announcedOn: Day | null;
  skipDays: string[];
  items: XmlElement[];
}

function readRssHead(channel: XmlElement): Head {
  const text = (name: string) => childText(channel, rssTwo(name)) ?? "";
  const skipDays = childOf(channel, rssTwo("skipDays"));
  return {
    form: "rss",
    title: text("title"),
    description: text("description"),
    categories: categoriesOf(text("link")),
    builtAt: parseInstant(text("lastBuildDate"))?.instant,
    announcedOn: parseInstant(text("pubDate"))?.day ?? null,
    skipDays:
      skipDays === undefined ? [] : childrenOf(skipDays, rssTwo("day")).map((day) => textOf(day) ?? ""),
    items: childrenOf(channel, rssTwo("item")),
  };
}

function readAtomHead(feed: XmlElement): Head {
  const text = (name: string) => childText(feed, atom(name)) ?? "";
  const items = childrenOf(feed, atom("entry"));
  return {
    form: "atom",
    title: text("title"),
    description: text("subtitle"),
    categories: categoriesOf(text("id")),
    builtAt: parseInstant(text("updated"))?.instant,
    announcedOn: parseInstant((items[0] && childText(items[0], atom("published"))) ?? "")?.day ?? null,
    skipDays: [],
    items,
  };
}

/** "https://rss.arxiv.org/rss/hep-ph+math" */
function categoriesOf(address: string): string[] {
  const path = /\/(?:rss|atom)\/([^/?#]+)/.exec(address)?.[1] ?? "";
  return path.split(/\+|%2B/i).filter((name) => categoryForm.test(name));
}

function readEntries(head: Head & { builtAt: Instant }): ArxivRss {
  const { form, categories, builtAt, announcedOn, skipDays } = head;
  const feed: ArxivRss = {
    ok: true,
    form,
    categories,
    builtAt,
    announcedOn,
    skipDays,
    entries: [],
    rejected: [],
  };
  for (const item of head.items) {
    const entry = readRssEntry(item, feed);
    if (isRefusal(entry)) feed.rejected.push(entry.refused);
    else feed.entries.push(entry);
  }
  return feed;
}
