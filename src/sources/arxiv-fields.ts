// What arXiv's own formats have in common: the fields that hold several things, and the record made of them.
import type { Identifier, Link, PaperRecord, SourceName, Version } from "../papers/paper.ts";
import { addIdentifier, isRefusal, type Refusal, readTitle } from "./fields.ts";
import { dropUndefined } from "./record-fields.ts";
import { saysWithdrawn } from "./withdrawal.ts";

/** "math-ph math.MP" or "cs.AI; cs.LG": the categories in order, the first is primary. */
export function splitCategories(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((category) => categoryForm.test(category)))];
}

const categoryForm = /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+(?:-[a-z]+)*)?$/;

/** The year an arXiv id was given out in: "0704.0001" → 2007, "hep-th/9901001" → 1999. Ids begin in 1991. */
export function yearOfArxivId(id: string): number {
  const year = Number(id.slice(id.indexOf("/") + 1, id.indexOf("/") + 3));
  return year >= 91 ? 1900 + year : 2000 + year;
}

/** The arXiv id and the DOIs, of which the field may hold several: "10.1/a, 10.1/b". */
export function arxivIdentifiers(id: string, dois: string | undefined): Identifier[] {
  const identifiers: Identifier[] = [{ scheme: "arxiv", value: id }];
  for (const doi of (dois ?? "").split(/[\s,;]+(?=10\.|doi|http)|\s+/i)) {
    addIdentifier(identifiers, doi, ["doi"]);
  }
  return identifiers;
}

/** What any of arXiv's formats gives of a paper; texts as given. */
export interface ArxivFields {
  source: SourceName;
  /** Canonical. */
  id: string;
  title: string | undefined;
  abstract?: string | undefined;
  authors: PaperRecord["authors"];
  categories: string[];
  comments?: string | undefined;
  journalReference?: string | undefined;
  dois?: string | undefined;
  license?: string | undefined;
  versions?: Version[] | undefined;
  statedAt?: string | undefined;
  links?: Link[] | undefined;
}

/**
 * The record, or why there is none. Days are the UTC days of the versions; without the first, the id still tells the year.
 * Abstract page and PDF are not among the links: the id leads there.
 */
export function arxivRecord(fields: ArxivFields): PaperRecord | Refusal {
  const { id, versions = [], comments } = fields;
  const title = readTitle(oneLine(fields.title));
  if (isRefusal(title)) return title;
  const abstract = fields.abstract?.trim() || undefined;
  const publishedOn = versions.find(({ number }) => number === 1)?.submittedAt.slice(0, 10);
  const last = versions.at(-1);
  const withdrawn = last?.withdrawn === true || saysWithdrawn(comments ?? "", abstract ?? "");
  // In key order: such a record is written as it is (stableJson).
  return dropUndefined({
    abstract,
    abstractKind: abstract === undefined ? undefined : ("abstract" as const),
    authors: fields.authors,
    categories: fields.categories,
    comments: oneLine(comments),
    identifiers: arxivIdentifiers(id, fields.dois),
    journalReference: oneLine(fields.journalReference),
    license: oneLine(fields.license),
    links: fields.links ?? [],
    publishedOn,
    source: fields.source,
    sourceId: id,
    statedAt: fields.statedAt,
    title,
    updatedOn: last?.submittedAt.slice(0, 10),
    versions,
    withdrawn: withdrawn || undefined,
    year: publishedOn === undefined ? yearOfArxivId(id) : Number(publishedOn.slice(0, 4)),
  });
}

/** Hard wraps undone; blank is nothing. */
function oneLine(text: string | undefined): string | undefined {
  return text?.replace(/[^\S ]\s*| \s+/g, " ").trim() || undefined;
}
