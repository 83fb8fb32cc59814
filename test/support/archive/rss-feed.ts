// rss.arxiv.org/rss: RSS 2.0, with the errors that are feeds too.
import { easternInstant, easternOffset } from "./eastern.ts";
import { describeItem, type FeedItem, type FeedRequest, listCreators, listFeedItems } from "./feed-items.ts";
import { escapeText, formatRfc822 } from "./markup.ts";
import { categories as allCategories } from "./taxonomy.ts";
import type { World } from "./world-types.ts";

export function renderRss(world: World, request: FeedRequest): string {
  const items = listFeedItems(world, request);
  const { query, today } = request;
  const title = `${query.split("+").join(", ")} updates on arXiv.org`;
  const description = `${query.split("+").join(", ")} updates on the arXiv.org e-print archive.`;
  const skipDays = `
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>`;
  return renderChannel({
    ...request,
    title,
    description,
    skipDays,
    items: items.map((item) => renderItem(item, today)).join(""),
  });
}

/** What a bad category gets, with status 400. */
export function renderRssError(request: Omit<FeedRequest, "batch" | "categories">, bad: string): string {
  const archive = bad.split(".")[0]!;
  const valid = allCategories.map(({ id }) => id).filter((id) => id.startsWith(`${archive}.`));
  const description =
    valid.length > 0
      ? `Bad subject class '${bad.split(".")[1] ?? ""}'. Valid subject classes for the archive '${archive}' are: ${valid.join(", ")}.`
      : `Bad archive '${archive}'. Valid archive names are: ${[...new Set(allCategories.map(({ id }) => id.split(".")[0]))].join(", ")}.`;
  const link = `${request.base}/rss/${request.query}`;
  return renderChannel({
    ...request,
    title: `Feed error for query: ${link}`,
    description,
    items: "",
    skipDays: "",
  });
}

interface Channel {
  title: string;
  description: string;
  items: string;
  skipDays: string;
  query: string;
  base: string;
  today: string;
  now: Date;
}

function renderChannel({ title, description, items, skipDays, query, base, today, now }: Channel): string {
  const link = `${base}/rss/${escapeText(query)}`;
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>${escapeText(title)}</title>
    <link>${link}</link>
    <description>${escapeText(description)}</description>
    <atom:link href="${link}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>${formatRfc822(now)} +0000</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>${easternMidnight(today)}</pubDate>${skipDays}${items}
  </channel>
</rss>
`;
}

/** "Wed, 12 Aug 2026 00:00:00 -0400" */
function easternMidnight(day: string): string {
  return `${formatRfc822(new Date(`${day}T00:00:00Z`))} -0${easternOffset(easternInstant(day, 0))}00`;
}

function renderItem({ kind, view }: FeedItem, today: string): string {
  const { id, latest, categories } = view;
  return `
    <item>
      <title>${escapeText(latest.title)}</title>
      <link>https://arxiv.org/abs/${id}</link>
      <description>${describeItem(kind, view)}</description>
      <guid isPermaLink="false">oai:arXiv.org:${id}v${latest.number}</guid>${categories.map((category) => `\n      <category>${category}</category>`).join("")}
      <pubDate>${easternMidnight(today)}</pubDate>
      <arxiv:announce_type>${kind}</arxiv:announce_type>
      <dc:rights>${view.licence}</dc:rights>${view.doi ? `\n      <arxiv:DOI>${view.doi}</arxiv:DOI>` : ""}${view.journalReference ? `\n      <arxiv:journal_reference>${escapeText(view.journalReference)}</arxiv:journal_reference>` : ""}
      <dc:creator>${listCreators(view)}</dc:creator>
    </item>`;
}
