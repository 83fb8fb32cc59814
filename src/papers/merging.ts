// From what the sources say to what we hold: the fold of a paper's records, field by field, the better-trusted source first.
import { stableJson } from "../lib/hash.ts";
import { toPlainText } from "../lib/plain-text.ts";
import type {
  Identifier,
  Link,
  Paper,
  PaperDetails,
  PaperRecord,
  Scheme,
  SourceName,
  Version,
} from "./paper.ts";

/** A paper without what only the store gives it. */
export type FoldedPaper = Omit<Paper, "pk" | "id" | "changeNumber">;

/**
 * Whom we believe, first to last. arXiv holds what the authors sent in themselves, with every version; its query API shows
 * the current one, its listings of the day show that without dates and with long author lists cut. The ACL Anthology and
 * bioRxiv are made by those who hold the papers. Conference lists are made from camera-ready copies, though by third
 * parties; feeds come from the publisher, but abridged. The hub copies arXiv, late. The files of reference managers are as
 * good as their owners, and so is what somebody typed in. A listing page is somebody's text of the hub's page. The sample is ours and only stands in until
 * a source speaks.
 */
export const trustOrder = [
  "arxiv",
  "arxiv-api",
  "arxiv-listing",
  "arxiv-rss",
  "acl",
  "biorxiv",
  "conference",
  "feed",
  "hub",
  "references",
  "typed",
  "listing",
  "sample",
] as const satisfies readonly SourceName[];

/** A conference is the authority on itself: its name, and the year that is cited with it; so is a journal. */
const venueTrustOrder: readonly SourceName[] = [
  "acl",
  "conference",
  "feed",
  "arxiv",
  "arxiv-api",
  "references",
  "arxiv-listing",
  "arxiv-rss",
  "biorxiv",
  "hub",
  "typed",
  "listing",
  "sample",
];

const schemeOrder: readonly Scheme[] = [
  "arxiv",
  "doi",
  "acl",
  "openreview",
  "conference",
  "listing",
  "broadsheet",
];

/** In the order people look for them; within a scheme by value. */
export function sortIdentifiers(identifiers: readonly Identifier[]): Identifier[] {
  return [...identifiers].sort(
    (a, b) => schemeOrder.indexOf(a.scheme) - schemeOrder.indexOf(b.scheme) || compareTexts(a.value, b.value),
  );
}

/** Folds the records of one paper, one at least. The order of the records does not matter. */
export function foldRecords(records: readonly PaperRecord[]): FoldedPaper {
  const trusted = sortByTrust(records, trustOrder);
  const sources: Record<string, SourceName> = {};
  const pick = fieldPicker(trusted, sources);
  const title = pick("title", (r) => filled(r.title)) ?? "";
  const abstract = pickAbstract(trusted, sources);
  const publishedOn = pick("publishedOn", (r) => r.publishedOn) ?? null;
  const { venue, year } = pickVenue(records, sources);
  const categories = unite(trusted.flatMap((r) => r.categories));
  return {
    title,
    titleText: toPlainText(title),
    abstract: abstract.text,
    abstractText: toPlainText(abstract.text),
    abstractKind: abstract.kind,
    authors: pick("authors", (r) => (r.authors.length > 0 ? r.authors : undefined)) ?? [],
    year: year ?? yearOf(publishedOn),
    publishedOn,
    updatedOn: pick("updatedOn", (r) => r.updatedOn) ?? null,
    venue,
    primaryCategory: categories[0] ?? null,
    categories,
    versions: uniteVersions(trusted),
    links: uniteLinks(trusted),
    withdrawn: isWithdrawn(trusted),
    details: pickDetails(pick, sources),
  };
}

/** Best-trusted first; within a source by its ids, so that the order never depends on who came first. */
export function sortByTrust(
  records: readonly PaperRecord[],
  order: readonly SourceName[] = trustOrder,
): PaperRecord[] {
  if (records.length < 2) return [...records];
  return [...records].sort(
    (a, b) =>
      order.indexOf(a.source) - order.indexOf(b.source) ||
      compareTexts(a.sourceId, b.sourceId) ||
      compareTexts(stableJson(a), stableJson(b)),
  );
}

type Pick = <T>(field: string, read: (record: PaperRecord) => T | undefined) => T | undefined;

/** The first record that has the field wins it, and is remembered. */
function fieldPicker(trusted: readonly PaperRecord[], sources: Record<string, SourceName>): Pick {
  return (field, read) => {
    for (const record of trusted) {
      const value = read(record);
      if (value === undefined) continue;
      sources[field] = record.source;
      return value;
    }
    return undefined;
  };
}

/** A summary by somebody else, however trusted, never stands where the authors' own abstract could. */
function pickAbstract(
  trusted: readonly PaperRecord[],
  sources: Record<string, SourceName>,
): { text: string; kind: Paper["abstractKind"] } {
  const having = trusted.filter((r) => filled(r.abstract) !== undefined);
  const record = having.find((r) => r.abstractKind !== "summary") ?? having[0];
  if (!record) return { text: "", kind: "none" };
  sources.abstract = record.source;
  return { text: record.abstract!, kind: record.abstractKind ?? "abstract" };
}

/** The year is the year of the venue where there is one: that is how the paper is cited. */
function pickVenue(
  records: readonly PaperRecord[],
  sources: Record<string, SourceName>,
): { venue: string | null; year: number | undefined } {
  const trusted = sortByTrust(records, venueTrustOrder);
  const withVenue = trusted.find((r) => filled(r.venue) !== undefined);
  if (withVenue) sources.venue = withVenue.source;
  const withYear =
    withVenue?.year !== undefined ? withVenue : sortByTrust(records).find((r) => r.year !== undefined);
  if (withYear) sources.year = withYear.source;
  return { venue: withVenue?.venue ?? null, year: withYear?.year };
}

/** arXiv decides where it speaks; only it sees every version. */
function isWithdrawn(trusted: readonly PaperRecord[]): boolean {
  const ofArxiv = trusted.filter((r) => r.source === "arxiv");
  return (ofArxiv.length > 0 ? ofArxiv : trusted).some((r) => r.withdrawn === true);
}

function pickDetails(pick: Pick, fieldSources: Record<string, SourceName>): PaperDetails {
  const details: Partial<PaperDetails> = {};
  const keep = <K extends keyof PaperDetails & keyof PaperRecord>(
    field: K,
    read: (record: PaperRecord) => PaperDetails[K] | undefined,
  ) => {
    const value = pick(field, read);
    if (value !== undefined) details[field] = value;
  };
  keep("comments", (r) => filled(r.comments));
  keep("journalReference", (r) => filled(r.journalReference));
  keep("license", (r) => filled(r.license));
  keep("citations", (r) => r.citations);
  keep("area", (r) => filled(r.area));
  keep("award", (r) => filled(r.award));
  keep("keywords", (r) => (r.keywords?.length ? r.keywords : undefined));
  return Object.assign(details, { fieldSources });
}

function uniteLinks(trusted: readonly PaperRecord[]): Link[] {
  const found = new Map<string, Link>();
  for (const { links } of trusted) {
    for (const link of links) {
      const key = `${link.kind} ${link.url}`;
      if (!found.has(key)) found.set(key, link);
    }
  }
  return [...found.values()];
}

function uniteVersions(trusted: readonly PaperRecord[]): Version[] {
  // Most papers have one version, told by one source.
  if (trusted.length === 1 && trusted[0]!.versions.length < 2) return [...trusted[0]!.versions];
  const found = new Map<number, Version>();
  for (const version of trusted.flatMap((r) => r.versions)) {
    if (!found.has(version.number)) found.set(version.number, version);
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}

function unite(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ""))];
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}

function yearOf(day: string | null): number | null {
  return day === null ? null : Number(day.slice(0, 4));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
