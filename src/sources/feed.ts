// Plain feeds of journals and archives: RSS 2.0, RSS 1.0 and Atom, with Dublin Core and PRISM where publishers use them.
import type { Instant } from "../lib/clock.ts";
import { decodeEntities } from "../lib/entities.ts";
import { parseInstant } from "../lib/written-date.ts";
import { parseXml, type XmlReading } from "../lib/xml.ts";
import { openTextDecoder } from "../lib/xml-bytes.ts";
import { childOf, childrenOf, childText, isElement } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import type { SourceItem } from "../papers/paper.ts";
import { readFeedItem } from "./feed-item.ts";
import { atom, dublinCore, prism, rssOne, rssTwo } from "./feed-vocabulary.ts";
import { isRefusal } from "./fields.ts";

export interface Feed {
  ok: true;
  form: "rss-2" | "rss-1" | "atom";
  title: string;
  /** When it was last changed, where it says so. */
  updatedAt: Instant | null;
  /** True when it was not well-formed: stray ampersands and HTML's named references were mended. */
  mended: boolean;
  items: SourceItem[];
  /** Why items cannot be taken, with their place (1-based). */
  rejected: { item: number; reason: string }[];
}

export type FeedReading = Feed | { ok: false; reason: string };

const options = { byteLimit: 16 * 1024 * 1024, encodings: "western", allowDoctype: true } as const;

/** Reads a feed; `url` is where it came from, by which its relative addresses are made whole. */
export function parseFeed(body: string | Uint8Array, url: string): FeedReading {
  const strict = parseXml(body, options);
  if (strict.ok) return readRoot(strict.root, { url, mended: false });
  const mended = parseMended(body);
  return mended.ok ? readRoot(mended.root, { url, mended: true }) : { ok: false, reason: strict.reason };
}

/** Many publishers write &nbsp; and "AT&T"; nothing else that is ill-formed can be mended without guessing. */
function parseMended(body: string | Uint8Array): XmlReading {
  if (body.length > options.byteLimit) return { ok: false, reason: "it is too large" };
  const decoder = openTextDecoder(options.encodings);
  const parts = typeof body === "string" ? [] : [decoder.write(body), decoder.end()];
  const failed = parts.find((part) => !part.ok);
  if (failed !== undefined) return failed as { ok: false; reason: string };
  const text = typeof body === "string" ? body : parts.map((part) => (part.ok ? part.text : "")).join("");
  return parseXml(
    text.replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)(\w{2,16};)?/gi, mend),
    options,
  );
}

function mend(given: string, name: string | undefined): string {
  const character = name === undefined ? given : decodeEntities(given);
  return character === given || /[<>&]/.test(character) ? given.replace("&", "&amp;") : character;
}

function readRoot(root: XmlElement, given: { url: string; mended: boolean }): FeedReading {
  const layout = layoutOf(root);
  if (layout === null) return { ok: false, reason: `it is no feed but <${root.name}>` };
  const { form, channel, elements } = layout;
  const [of, updated] =
    form === "atom" ? [atom, "updated"] : [form === "rss-1" ? rssOne : rssTwo, "lastBuildDate"];
  const written = childText(channel, of(updated)) ?? childText(channel, dublinCore("date"));
  const feed: Feed = {
    ok: true,
    form,
    title: childText(channel, of("title")) ?? "",
    updatedAt: parseInstant(written ?? "")?.instant ?? null,
    mended: given.mended,
    items: [],
    rejected: [],
  };
  const venue = childText(channel, prism("publicationName"));
  for (const [index, element] of elements.entries()) {
    const item = readFeedItem(element, { form, url: given.url, venue });
    if (isRefusal(item)) feed.rejected.push({ item: index + 1, reason: item.refused });
    else feed.items.push(item);
  }
  return feed;
}

interface Layout {
  form: Feed["form"];
  channel: XmlElement;
  elements: XmlElement[];
}

/** RSS 1.0 has its items beside the channel, RSS 2.0 within; in Atom the feed itself is the channel. */
function layoutOf(root: XmlElement): Layout | null {
  if (isElement(root, atom("feed")))
    return { form: "atom", channel: root, elements: childrenOf(root, atom("entry")) };
  if (root.name === "RDF") {
    const channel = childOf(root, rssOne("channel"));
    return channel === undefined
      ? null
      : { form: "rss-1", channel, elements: childrenOf(root, rssOne("item")) };
  }
  const channel = root.name === "rss" ? childOf(root, rssTwo("channel")) : undefined;
  return channel === undefined
    ? null
    : { form: "rss-2", channel, elements: childrenOf(channel, rssTwo("item")) };
}
