// The same list for programs, feed readers and reference managers: named in the head for them, and in a line for people.
import { links } from "../links.ts";
import { absoluteUrl, type Site } from "./site.ts";

export interface AlsoAs {
  /** Address in our own API. */
  json: string;
  /** Name of its feed, with the query of a search; absent: it has none. */
  feed?: { name: string; query?: string; title: string };
  /** Path of the page whose files these are; absent: it has none. */
  files?: string;
}

const feedTypes = {
  atom: "application/atom+xml",
  rss: "application/rss+xml",
  json: "application/feed+json",
} as const;

/** Autodiscovery: what a feed reader finds when it is given the page. */
export function FeedLinks({ site, feed }: { site: Site; feed: AlsoAs["feed"] }) {
  if (!feed) return null;
  const formats = Object.entries(feedTypes) as [keyof typeof feedTypes, string][];
  return (
    <>
      {formats.map(([format, type]) => (
        <link
          rel="alternate"
          type={type}
          title={feed.title}
          href={absoluteUrl(site, links.feed(feed.name, format, feed.query))}
        />
      ))}
    </>
  );
}

/** "Also as JSON · Atom · RSS · Markdown · BibTeX · CSV" */
export function AlsoAsLine({ json, feed, files }: AlsoAs) {
  const ways = [
    ["JSON", json],
    ...(feed
      ? [
          ["Atom", links.feed(feed.name, "atom", feed.query)],
          ["RSS", links.feed(feed.name, "rss", feed.query)],
        ]
      : []),
    ...(files ? fileFormats.map(({ format, name }) => [name, links.as(files, format)]) : []),
  ] as const;
  return (
    <p>
      Also as{" "}
      {ways.map(([name, href], i) => (
        <>
          {i > 0 ? " · " : ""}
          <a href={href} rel="alternate">
            {name}
          </a>
        </>
      ))}
      ; <a href={links.api()}>for programs</a>.
    </p>
  );
}

const fileFormats = [
  { format: "markdown", name: "Markdown" },
  { format: "bibtex", name: "BibTeX" },
  { format: "ris", name: "RIS" },
  { format: "csv", name: "CSV" },
] as const;
