// One row of bioRxiv's details API, and the paper that the rows of one DOI make.
import type { Day } from "../lib/clock.ts";
import { parseDoi } from "../papers/identifiers.ts";
import { parseAuthorName } from "../papers/names.ts";
import type { Announcement, Author, Identifier, PaperRecord, SourceItem, Version } from "../papers/paper.ts";
import { itemOf } from "./entries.ts";
import {
  type Fields,
  isRefusal,
  type Refusal,
  readAbstract,
  readDay,
  readText,
  readTitle,
} from "./fields.ts";
import { dropUndefined } from "./record-fields.ts";

export interface BiorxivRow {
  /** Canonical; of the prefix 10.1101, since 2026 of 10.64898. */
  doi: string;
  server: "biorxiv" | "medrxiv";
  day: Day;
  /** Null where the row does not say. */
  version: number | null;
  title: string;
  abstract: string | undefined;
  authors: Author[];
  /** "biorxiv.developmental-biology". */
  category: string | undefined;
  /** DOI of the journal's article. */
  publishedDoi: string | undefined;
  license: string | undefined;
}

/** Reads a row of the API's collection. */
export function readBiorxivRow(fields: Fields, server: "biorxiv" | "medrxiv"): BiorxivRow | Refusal {
  const written = readText(fields.doi)?.trim() ?? "";
  const doi = parseDoi(written);
  if (doi?.scheme !== "doi") return { refused: `its DOI "${written.slice(0, 80)}" is none` };
  const day = readDay(fields.date);
  if (day === undefined) return { refused: `${doi.value}: its date is none` };
  const title = readTitle(fields.title);
  if (isRefusal(title)) return { refused: `${doi.value}: ${title.refused}` };
  const abstract = readAbstract(fields.abstract);
  if (isRefusal(abstract)) return { refused: `${doi.value}: ${abstract.refused}` };
  const version = /^[1-9]\d{0,2}$/.exec(String(fields.version ?? ""));
  return {
    doi: doi.value,
    server,
    day,
    version: version === null ? null : Number(version[0]),
    title: title.replace(/\s+/g, " ").trim(),
    abstract: abstract?.trim(),
    authors: readAuthors(fields.authors),
    category: readCategory(fields.category, server),
    publishedDoi: readPublishedDoi(fields.published),
    license: readKnown(fields.license),
  };
}

/** "Ghafari, T.; Quinn, A. J.": the commas are within the names. */
function readAuthors(value: unknown): Author[] {
  const names = (readText(value) ?? "").split(";");
  return names.map((name) => parseAuthorName(name)).filter((author) => author !== null);
}

/** The servers have some thirty subject areas with names of several words. */
function readCategory(value: unknown, server: string): string | undefined {
  const words = (readKnown(value) ?? "").toLowerCase().match(/[a-z]+/g);
  return words === null ? undefined : `${server}.${words.join("-").slice(0, 60)}`;
}

function readPublishedDoi(value: unknown): string | undefined {
  const doi = parseDoi(readKnown(value) ?? "");
  return doi?.scheme === "doi" ? doi.value : undefined;
}

/** "NA" is nothing. */
function readKnown(value: unknown): string | undefined {
  const text = readText(value)?.trim();
  return text === undefined || /^n\/?a$/i.test(text) ? undefined : text;
}

/** The versions of one paper as one record: the words of the latest, the day of the first where it is among them. */
export function itemOfRows(given: readonly BiorxivRow[]): SourceItem {
  const rows = [...given].sort((a, b) => (a.version ?? 0) - (b.version ?? 0) || (a.day < b.day ? -1 : 1));
  const last = rows.at(-1)!;
  const record: PaperRecord = dropUndefined({
    source: "biorxiv" as const,
    sourceId: last.doi,
    statedAt: `${last.day}T00:00:00.000Z`,
    identifiers: identifiersOf(rows),
    title: last.title,
    abstract: last.abstract,
    abstractKind: last.abstract === undefined ? undefined : ("abstract" as const),
    authors: last.authors,
    publishedOn: rows.find(({ version }) => version === 1)?.day,
    updatedOn: last.day,
    year: yearOf(rows),
    categories: last.category === undefined ? [] : [last.category],
    versions: versionsOf(rows),
    links: [{ kind: "abstract" as const, url: pageOf(last) }],
    license: last.license,
    // Both servers put the word before the title, and the notice in place of the abstract.
    withdrawn:
      /^\W{0,2}(?:withdrawn|withdrawal|removal|removed|retracted)\b\s*[:\]-]/i.test(last.title) || undefined,
  });
  return { ...itemOf(record), announcements: rows.flatMap(announce) };
}

function identifiersOf(rows: readonly BiorxivRow[]): Identifier[] {
  const dois = rows
    .flatMap(({ doi, publishedDoi }) => [doi, publishedDoi])
    .filter((doi) => doi !== undefined);
  return [...new Set(dois)].map((value) => ({ scheme: "doi", value }));
}

/** The DOI holds the day the paper was handed in ("10.64898/2026.07.13.738145"); older ones ("10.1101/123456") do not. */
function yearOf(rows: readonly BiorxivRow[]): number {
  const ofDoi = /\/(20\d\d)\.\d\d\.\d\d\./.exec(rows[0]!.doi)?.[1];
  return Number(ofDoi ?? rows[0]!.day.slice(0, 4));
}

function versionsOf(rows: readonly BiorxivRow[]): Version[] {
  const versions = new Map<number, Version>();
  for (const { version, day } of rows) {
    if (version !== null) versions.set(version, { number: version, submittedAt: `${day}T00:00:00.000Z` });
  }
  return [...versions.values()];
}

function pageOf({ doi, server, version }: BiorxivRow): string {
  return `https://www.${server}.org/content/${encodeURI(doi)}${version === null ? "" : `v${version}`}`;
}

/** A row without a subject area still is of its server and day. */
function announce({ category, server: source, day, version }: BiorxivRow): Announcement[] {
  return [
    {
      source,
      category: category ?? source,
      day,
      kind: version === null || version === 1 ? "new" : "replacement",
    },
  ];
}
