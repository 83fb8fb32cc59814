// Between a paper and its row: what is kept as JSON, what is left out because it says nothing new.
import type { PapersTable } from "../database/schema.ts";
import type { Instant } from "../lib/clock.ts";
import type { FoldedPaper } from "./merging.ts";
import { familyKey } from "./names.ts";
import type { Link, Paper, PaperDetails, Version } from "./paper.ts";

/** Columns that make a Paper. */
export const paperColumns = [
  "pk",
  "id",
  "title",
  "title_text",
  "abstract",
  "abstract_text",
  "abstract_kind",
  "authors",
  "year",
  "published_on",
  "updated_on",
  "venue",
  "primary_category",
  "withdrawn",
  "details",
  "change_number",
] as const satisfies (keyof PapersTable)[];

/** What the column `details` holds. */
type StoredDetails = PaperDetails & { versions?: Version[]; links?: Link[]; categories?: string[] };

export interface PaperRowKeys {
  pk: number;
  id: string;
  changeNumber: number;
  /** Of the title (title-key.ts). */
  titleKey: string;
  now: Instant;
}

export function formatPaperRow(paper: FoldedPaper, keys: PaperRowKeys): PapersTable {
  const first = paper.authors[0];
  return {
    pk: keys.pk,
    id: keys.id,
    title: paper.title,
    title_text: paper.titleText,
    abstract: paper.abstract === paper.abstractText ? null : paper.abstract,
    abstract_text: paper.abstractText,
    abstract_kind: paper.abstractKind,
    title_key: keys.titleKey,
    author_key: first ? familyKey(first) : null,
    authors: JSON.stringify(paper.authors),
    year: paper.year,
    published_on: paper.publishedOn,
    updated_on: paper.updatedOn,
    venue: paper.venue,
    primary_category: paper.primaryCategory,
    withdrawn: paper.withdrawn ? 1 : 0,
    details: JSON.stringify(formatDetails(paper)),
    change_number: keys.changeNumber,
    created_at: keys.now,
    updated_at: keys.now,
  };
}

function formatDetails(paper: FoldedPaper): StoredDetails {
  const details: StoredDetails = { ...paper.details };
  if (paper.versions.length > 0) details.versions = paper.versions;
  if (paper.links.length > 0) details.links = paper.links;
  if (paper.categories.length > 0) details.categories = paper.categories;
  return details;
}

export function parsePaperRow(row: Pick<PapersTable, (typeof paperColumns)[number]>): Paper {
  const { versions, links, categories, ...details } = JSON.parse(row.details) as StoredDetails;
  return {
    pk: row.pk,
    id: row.id,
    title: row.title,
    titleText: row.title_text,
    abstract: row.abstract ?? row.abstract_text,
    abstractText: row.abstract_text,
    abstractKind: row.abstract_kind as Paper["abstractKind"],
    authors: JSON.parse(row.authors) as Paper["authors"],
    year: row.year,
    publishedOn: row.published_on,
    updatedOn: row.updated_on,
    venue: row.venue,
    primaryCategory: row.primary_category,
    categories: categories ?? [],
    versions: versions ?? [],
    links: links ?? [],
    withdrawn: row.withdrawn === 1,
    details,
    changeNumber: Number(row.change_number),
  };
}
