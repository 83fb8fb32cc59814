// A feed as Atom (RFC 4287). Pure.
import { escapeXml } from "../lib/xml-text.ts";
import type { Feed, FeedEntry } from "./feed.ts";

export function formatAtom(feed: Feed): string {
  const { id, title, subtitle, pageUrl, selfUrl, updatedAt, entries } = feed;
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${escapeXml(id)}</id>`,
    `<title type="text">${escapeXml(title)}</title>`,
    `<subtitle type="text">${escapeXml(subtitle)}</subtitle>`,
    `<updated>${updatedAt}</updated>`,
    "<author><name>Broadsheet</name></author>",
    "<generator>Broadsheet</generator>",
    `<link rel="self" type="application/atom+xml" href="${escapeXml(selfUrl)}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(pageUrl)}"/>`,
    ...entries.map(formatEntry),
    "</feed>",
  ].join("\n")}\n`;
}

function formatEntry({ id, title, url, publishedAt, updatedAt, authors, categories, html }: FeedEntry) {
  return [
    "<entry>",
    `<id>${escapeXml(id)}</id>`,
    `<title type="text">${escapeXml(title)}</title>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(url)}"/>`,
    `<published>${publishedAt}</published>`,
    `<updated>${updatedAt}</updated>`,
    ...authors.map((name) => `<author><name>${escapeXml(name)}</name></author>`),
    ...categories.map((term) => `<category term="${escapeXml(term)}"/>`),
    `<content type="html">${escapeXml(html)}</content>`,
    "</entry>",
  ].join("\n");
}
