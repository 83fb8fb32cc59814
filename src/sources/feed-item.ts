// One item of a plain feed. Publishers agree on little: each field is looked for where it is said best, then elsewhere.
import type { Day } from "../lib/clock.ts";
import { parseInstant, parsePartialDate } from "../lib/written-date.ts";
import { childrenOf, childText, textOf, type XmlName } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import type { Identifier, Link, PaperRecord, SourceItem } from "../papers/paper.ts";
import { itemOf } from "./entries.ts";
import { readFeedAuthors } from "./feed-authors.ts";
import { longestText, textKind } from "./feed-text.ts";
import { arxivSchema, atom, contentModule, dublinCore, prism, rssOne, rssTwo } from "./feed-vocabulary.ts";
import { addIdentifier, isRefusal, type Refusal, readAbstract, readLinks, readTitle } from "./fields.ts";
import { dropUndefined } from "./record-fields.ts";

export interface FeedPlace {
  form: "rss-2" | "rss-1" | "atom";
  /** Where the feed came from. */
  url: string;
  /** The journal, as the channel names it. */
  venue: string | undefined;
}

const mostKeywords = 30;

export function readFeedItem(element: XmlElement, place: FeedPlace): SourceItem | Refusal {
  const own = place.form === "atom" ? atom : place.form === "rss-1" ? rssOne : rssTwo;
  const first = (...names: XmlName[]) => {
    for (const name of names) {
      const text = childText(element, name);
      if (text !== undefined) return text;
    }
    return undefined;
  };
  const title = readTitle(first(dublinCore("title"), own("title")));
  if (isRefusal(title)) return title;
  const links = readItemLinks(element, place);
  const page = links.find(({ kind }) => kind === "abstract")?.url;
  const guid = first(own("guid"), own("id"));
  const identifiers = readIdentifiers(element, [guid, page]);
  const sourceId = identifiers[0]?.value ?? page ?? (guid && `${place.url}#${guid}`);
  if (sourceId === undefined) return { refused: "it has no DOI, no address and no id" };
  const abstract = readAbstract(
    longestText(first(own("description"), own("summary")), first(contentModule("encoded"), own("content"))),
  );
  if (isRefusal(abstract)) return abstract;
  const dates = readDates(
    first(prism("publicationDate"), dublinCore("date"), own("pubDate"), own("published")),
    first(own("updated")),
  );
  const venue = first(prism("publicationName"), dublinCore("source")) ?? place.venue;
  const keywords = readKeywords(element, own);
  const record: PaperRecord = dropUndefined({
    source: "feed" as const,
    sourceId: sourceId.slice(0, 500),
    ...dates,
    identifiers,
    title: title.replace(/\s+/g, " ").trim(),
    abstract,
    abstractKind: abstract === undefined ? undefined : textKind(abstract),
    authors: readFeedAuthors(element, own),
    venue,
    categories: [],
    versions: [],
    links,
    journalReference: readReference(venue, first),
    keywords: keywords.length > 0 ? keywords : undefined,
    withdrawn: /^\W{0,2}(?:retracted|withdrawn)\b(?: article)?\s*[:\]]/i.test(title) || undefined,
  });
  return itemOf(record);
}

/** Atom has several links with their relations, RSS one, and files beside it. */
function readItemLinks(element: XmlElement, { form, url }: FeedPlace): Link[] {
  const absolute = (address: string | undefined) =>
    (address && URL.parse(address.trim(), url)?.href) || undefined;
  if (form === "atom") {
    const all = childrenOf(element, atom("link")).map(({ attributes }) => ({
      href: absolute(attributes.get("href")),
      rel: attributes.get("rel") ?? "alternate",
      type: attributes.get("type") ?? "",
    }));
    return readLinks([
      ["abstract", all.find(({ rel, type }) => rel === "alternate" && type !== "application/pdf")?.href],
      ["pdf", all.find(({ type }) => type === "application/pdf")?.href],
    ]);
  }
  const own = form === "rss-1" ? rssOne : rssTwo;
  const enclosures = childrenOf(element, rssTwo("enclosure"));
  const pdf = enclosures.find(({ attributes }) => attributes.get("type") === "application/pdf");
  return readLinks([
    ["abstract", absolute(childText(element, own("link")) ?? childText(element, prism("url")))],
    ["pdf", absolute(pdf?.attributes.get("url"))],
  ]);
}

/** DOIs in the elements meant for them, then in addresses ("https://doi.org/10.1/x", "…/doi/abs/10.1/x"). */
function readIdentifiers(element: XmlElement, addresses: (string | undefined)[]): Identifier[] {
  const identifiers: Identifier[] = [];
  const named = [prism("doi"), dublinCore("identifier"), dublinCore("doi"), arxivSchema("doi")];
  for (const name of named) {
    for (const written of childrenOf(element, name)) {
      const text = (textOf(written) ?? "")
        .replace(/^info:doi\/|^doi:\s*/i, "doi:")
        .replace(/^(?=10\.)/, "doi:");
      addIdentifier(identifiers, text, ["doi", "arxiv"]);
    }
  }
  for (const address of addresses) {
    const inPath = /^https?:\/\/.*?\/doi\/(?:abs\/|full\/|pdf\/|epdf\/)?(10\.\d{4,9}\/[^?#]+)/i.exec(
      address ?? "",
    )?.[1];
    const written = inPath === undefined ? address : `doi:${inPath}`;
    if (identifiers.length === 0 && parseIdentifier(written ?? "")?.scheme !== "openreview")
      addIdentifier(identifiers, written, ["doi", "arxiv", "acl"]);
  }
  return identifiers;
}

/** The day as written, where the publisher is; a month alone leaves the year. */
function readDates(
  published: string | undefined,
  updated: string | undefined,
): Pick<PaperRecord, "publishedOn" | "updatedOn" | "year" | "statedAt"> {
  const [first, last] = [published, updated].map((text) => parseInstant(text ?? ""));
  const day: Day | undefined = first?.day;
  return dropUndefined({
    statedAt: (last ?? first)?.instant,
    publishedOn: day,
    updatedOn: last?.day,
    year: day === undefined ? parsePartialDate(published ?? "")?.year : Number(day.slice(0, 4)),
  });
}

/** "Fluids 9 (6), 120-125" */
function readReference(
  venue: string | undefined,
  first: (...names: XmlName[]) => string | undefined,
): string | undefined {
  const volume = first(prism("volume"));
  if (venue === undefined || volume === undefined) return undefined;
  const number = first(prism("number"));
  const [from, to] = [first(prism("startingPage")), first(prism("endingPage"))];
  const pages = from === undefined ? "" : `, ${from}${to === undefined || to === from ? "" : `-${to}`}`;
  return `${venue} ${volume}${number === undefined ? "" : ` (${number})`}${pages}`;
}

function readKeywords(element: XmlElement, own: (name: string) => XmlName): string[] {
  const categories = childrenOf(element, own("category")).map(
    (category) => category.attributes.get("term") ?? textOf(category),
  );
  const subjects = childrenOf(element, dublinCore("subject")).map(textOf);
  const words = [...categories, ...subjects].filter(
    (word) => word !== undefined && word.length <= 200,
  ) as string[];
  return [...new Set(words)].slice(0, mostKeywords);
}
