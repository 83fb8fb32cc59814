// A feed as JSON Feed 1.1 (jsonfeed.org). Pure.
import type { Feed, FeedEntry } from "./feed.ts";

export function formatJsonFeed({ title, subtitle, pageUrl, selfUrl, entries }: Feed): string {
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: pageUrl,
    feed_url: selfUrl,
    description: subtitle,
    language: "en",
    items: entries.map(itemOf),
  };
  return `${JSON.stringify(feed, (_, value) => (typeof value === "string" ? value.toWellFormed() : value))}\n`;
}

function itemOf({ id, title, url, publishedAt, updatedAt, authors, categories, html, summary }: FeedEntry) {
  return {
    id,
    url,
    title,
    content_html: html,
    summary,
    date_published: publishedAt,
    date_modified: updatedAt,
    ...(authors.length > 0 ? { authors: authors.map((name) => ({ name })) } : {}),
    ...(categories.length > 0 ? { tags: categories } : {}),
  };
}
