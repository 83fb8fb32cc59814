// A feed as RSS 2.0 (RSS Advisory Board, 2.0.11), authors by Dublin Core, its own address by Atom's link. Pure.
import type { Instant } from "../lib/clock.ts";
import { escapeXml } from "../lib/xml-text.ts";
import type { Feed, FeedEntry } from "./feed.ts";

export function formatRss({ title, subtitle, pageUrl, selfUrl, updatedAt, entries }: Feed): string {
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    "<channel>",
    `<title>${escapeXml(title)}</title>`,
    `<link>${escapeXml(pageUrl)}</link>`,
    `<description>${escapeXml(subtitle)}</description>`,
    "<language>en</language>",
    `<lastBuildDate>${formatDate(updatedAt)}</lastBuildDate>`,
    "<generator>Broadsheet</generator>",
    `<atom:link rel="self" type="application/rss+xml" href="${escapeXml(selfUrl)}"/>`,
    ...entries.map(formatItem),
    "</channel>",
    "</rss>",
  ].join("\n")}\n`;
}

function formatItem({ id, title, url, publishedAt, authors, categories, html }: FeedEntry): string {
  return [
    "<item>",
    `<title>${escapeXml(title)}</title>`,
    `<link>${escapeXml(url)}</link>`,
    `<guid isPermaLink="false">${escapeXml(id)}</guid>`,
    `<pubDate>${formatDate(publishedAt)}</pubDate>`,
    ...authors.map((name) => `<dc:creator>${escapeXml(name)}</dc:creator>`),
    ...categories.map((term) => `<category>${escapeXml(term)}</category>`),
    `<description>${escapeXml(html)}</description>`,
    "</item>",
  ].join("\n");
}

/** "Tue, 12 May 2026 08:30:00 GMT": RFC 822 with a year of four digits. */
function formatDate(instant: Instant): string {
  return new Date(instant).toUTCString();
}
