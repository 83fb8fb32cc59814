// Papers, and whole editions, as entries of a feed. Pure but for what it is given.
import type { Edition } from "../editions/edition.ts";
import { editionTitle } from "../editions/edition-title.ts";
import type { Day, Instant } from "../lib/clock.ts";
import { escapeXml } from "../lib/xml-text.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { type FeedEntry, latestOf, startOfDay, tagOf } from "./feed.ts";

/** A paper with what a feed says of it beside its words. */
export interface FeedPaper {
  paper: Paper;
  /** Why it is here: "42 votes by 08:30 UTC". */
  reason?: string;
  /** When it came into the list; default: the day it was published. */
  enteredAt?: Instant;
}

/** Feeds must have dates; this one is nobody's. */
const nobodyKnows = startOfDay("1970-01-01");

/** More names are counted; nobody reads three thousand. */
const namedAuthors = 30;

export function entryOfPaper(
  { paper, reason, enteredAt }: FeedPaper,
  { baseUrl, heldSince }: { baseUrl: string; heldSince: Instant | null },
): FeedEntry {
  const publishedAt = enteredAt ?? dateOf(paper) ?? heldSince ?? nobodyKnows;
  const names = paper.authors.map(({ name }) => name);
  const rest = names.length - namedAuthors;
  const authors = rest > 1 ? [...names.slice(0, namedAuthors), `and ${rest} more`] : names;
  const lines = [reason ?? "", authors.join(", "), paper.withdrawn ? "Withdrawn." : "", paper.abstractText];
  return {
    id: tagOf(baseUrl, `paper/${paper.id}`),
    title: paper.titleText || paper.id,
    url: baseUrl + links.paper(paper.id),
    publishedAt,
    updatedAt: latestOf([publishedAt, enteredAt ?? updateOf(paper) ?? publishedAt])!,
    authors: authors.slice(0, namedAuthors),
    categories: paper.categories,
    html: lines.filter(Boolean).map(paragraph).join("\n"),
    summary: cut([reason, paper.abstractText].filter(Boolean).join(". ")),
  };
}

/** "2026-05-11", or the beginning of the year where that is all there is. */
function dateOf({ publishedOn, year }: Paper): Instant | null {
  if (publishedOn) return startOfDay(publishedOn);
  return year === null ? null : startOfDay(`${String(year).padStart(4, "0")}-01-01`);
}

function updateOf({ updatedOn }: { updatedOn: Day | null }): Instant | null {
  return updatedOn ? startOfDay(updatedOn) : null;
}

function paragraph(text: string): string {
  return `<p>${escapeXml(text)}</p>`;
}

const longestSummary = 300;

function cut(text: string): string {
  if (text.length <= longestSummary) return text;
  return `${text.slice(0, text.lastIndexOf(" ", longestSummary) + 1 || longestSummary).trimEnd()} …`.toWellFormed();
}

/** Papers of an edition that its entry names. */
const namedPapers = 100;

export function entryOfEdition(edition: Edition, baseUrl: string): FeedEntry {
  const { kind, key, items, asOf } = edition;
  const publishedAt = items.map(({ enteredAt }) => enteredAt).sort()[0]!;
  const rest = items.length - namedPapers;
  const url = baseUrl + links.edition(kind, key);
  const named = items.slice(0, namedPapers).map(({ paper, reason }) => {
    const href = escapeXml(baseUrl + links.paper(paper.id));
    return `<li><a href="${href}">${escapeXml(paper.titleText)}</a> (${escapeXml(reason)})</li>`;
  });
  const more = rest > 0 ? `<p><a href="${escapeXml(url)}">${rest} more</a></p>` : "";
  const papers = `${items.length} ${items.length === 1 ? "paper" : "papers"}`;
  return {
    id: tagOf(baseUrl, `edition/${key}`),
    title: `${editionTitle(edition)}: ${papers}`,
    url,
    publishedAt,
    updatedAt: latestOf([publishedAt, asOf])!,
    authors: [],
    categories: [],
    html: `<ol>${named.join("\n")}</ol>${more}`,
    summary: cut(`${papers}, led by “${items[0]!.paper.titleText}” (${items[0]!.reason}).`),
  };
}
