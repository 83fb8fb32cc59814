// What a reader follows as OPML 2.0, which feed readers take in: a feed each. Pure.

import { escapeXml } from "../lib/xml-text.ts";
import type { Follow } from "../library/library.ts";

/** `address` makes the address of a feed of its name and query. */
export function formatOpml(
  follows: readonly Follow[],
  address: (name: string, query?: string) => string,
): string {
  const outlines = [
    outline("The papers of the day", address("today")),
    ...follows.map((follow) => outline(follow.value, addressOf(follow, address))),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>Broadsheet: what you follow</title></head>
<body>
${outlines.join("\n")}
</body>
</opml>
`;
}

function outline(text: string, xmlUrl: string): string {
  const name = escapeXml(text);
  return `<outline type="rss" text="${name}" title="${name}" xmlUrl="${escapeXml(xmlUrl)}"/>`;
}

function addressOf({ kind, value }: Follow, address: (name: string, query?: string) => string): string {
  if (kind === "author") return address(`authors/${encodeURIComponent(value)}`);
  if (kind === "category") return address(`categories/${encodeURIComponent(value)}`);
  return address("search", kind === "keyword" ? `"${value.replaceAll('"', " ")}"` : value);
}
