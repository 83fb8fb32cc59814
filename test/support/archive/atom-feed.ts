// rss.arxiv.org/atom: the same as Atom 1.0.
import { easternInstant, easternOffset } from "./eastern.ts";
import { describeItem, type FeedItem, type FeedRequest, listCreators, listFeedItems } from "./feed-items.ts";
import { escapeText } from "./markup.ts";
import type { World } from "./world-types.ts";

export function renderAtom(world: World, request: FeedRequest): string {
  const { query, now, today, base } = request;
  const items = listFeedItems(world, request);
  const stamp = `${now.toISOString().slice(0, 19)}.920597+00:00`;
  const names = query.split("+").join(", ");
  const link = `${base}/atom/${escapeText(query)}`;
  const published = `${today}T00:00:00-0${easternOffset(easternInstant(today, 0))}:00`;
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>${link}</id>
  <title>${names} updates on arXiv.org</title>
  <updated>${stamp}</updated>
  <link href="${link}" rel="self" type="application/atom+xml"/>
  <subtitle>${names} updates on the arXiv.org e-print archive.</subtitle>${items.map((item) => renderAtomEntry(item, { stamp, published })).join("")}
</feed>
`;
}

function renderAtomEntry(
  { kind, view }: FeedItem,
  { stamp, published }: { stamp: string; published: string },
): string {
  const { id, latest, categories } = view;
  return `
  <entry>
    <id>oai:arXiv.org:${id}v${latest.number}</id>
    <title>${escapeText(latest.title)}</title>
    <updated>${stamp}</updated>
    <link href="https://arxiv.org/abs/${id}" rel="alternate" type="text/html"/>
    <summary>${describeItem(kind, view)}</summary>${categories.map((category) => `\n    <category term="${category}"/>`).join("")}
    <published>${published}</published>
    <arxiv:announce_type>${kind}</arxiv:announce_type>
    <dc:rights>${view.licence}</dc:rights>${view.journalReference ? `\n    <arxiv:journal_reference>${escapeText(view.journalReference)}</arxiv:journal_reference>` : ""}${view.doi ? `\n    <arxiv:DOI>${view.doi}</arxiv:DOI>` : ""}
    <dc:creator>${listCreators(view)}</dc:creator>
  </entry>`;
}
