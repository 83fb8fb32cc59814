// What the formats of reference managers have in common: a reference with its parts, made into a record of one source, so
// that the same paper out of a BibTeX file and out of an RIS file is the same record.
import { sha256Hex } from "../lib/hash.ts";
import { formatDay, type PartialDate } from "../lib/written-date.ts";
import { formatIdentifier } from "../papers/identifiers.ts";
import { familyKey } from "../papers/names.ts";
import type { Author, Identifier, Link, PaperRecord, SourceItem } from "../papers/paper.ts";
import { isMintedId } from "../papers/paper-id.ts";
import { titleKey } from "../papers/title-key.ts";
import { itemOf } from "./entries.ts";
import { addIdentifier, isRefusal, type Refusal, readAbstract, readLinks, readTitle } from "./fields.ts";
import { dropUndefined } from "./record-fields.ts";

export interface Reference {
  title: string | undefined;
  abstract?: string | undefined;
  authors: Author[];
  /** When it was published, as far as it is known. */
  date?: PartialDate | null | undefined;
  /** When it was first posted, where that is another day. */
  postedOn?: string | undefined;
  /** The conference or book it is part of. */
  venue?: string | undefined;
  /** The journal with volume and pages. */
  journalReference?: string | undefined;
  /** Texts that may be identifiers, in any form, surest first: DOIs, arXiv ids, addresses, "arXiv:2606.10420 [cs]". */
  identifiers: (string | undefined)[];
  links: Link[];
  /** Of arXiv, where it is known. */
  primaryCategory?: string | undefined;
  keywords?: (string | undefined)[] | undefined;
  comments?: string | undefined;
}

/** The item of one reference, or why there is none. */
export function referenceItem(reference: Reference): SourceItem | Refusal {
  const title = readTitle(reference.title?.replace(/\s+/g, " ").trim());
  if (isRefusal(title)) return title;
  const abstract = readAbstract(reference.abstract?.trim());
  if (isRefusal(abstract)) return abstract;
  const all = readIdentifiers(reference.identifiers);
  const minted = all.find(({ scheme, value }) => scheme === "broadsheet" && isMintedId(value))?.value;
  const identifiers = all.filter(({ scheme }) => scheme !== "broadsheet");
  const { date, primaryCategory: category } = reference;
  const publishedOn = reference.postedOn ?? (date ? formatDay(date) : null) ?? undefined;
  const keywords = [...new Set(reference.keywords ?? [])].filter((word) => word !== undefined && word !== "");
  const record: PaperRecord = dropUndefined({
    source: "references" as const,
    sourceId: identifiers[0] === undefined ? fingerprint(title, reference) : formatIdentifier(identifiers[0]),
    identifiers,
    title,
    abstract,
    abstractKind: abstract === undefined ? undefined : ("abstract" as const),
    authors: reference.authors,
    publishedOn,
    year: date?.year ?? (publishedOn === undefined ? undefined : Number(publishedOn.slice(0, 4))),
    venue: reference.venue?.trim() || undefined,
    categories: category !== undefined && categoryPattern.test(category) ? [category] : [],
    versions: [],
    links: reference.links,
    comments: reference.comments?.trim() || undefined,
    journalReference: reference.journalReference?.trim() || undefined,
    keywords: keywords.length > 0 ? (keywords as string[]) : undefined,
  });
  // Our own export names a paper that has no other id by ours.
  return minted === undefined ? itemOf(record) : { ...itemOf(record), id: minted };
}

/** "cs.CL", "hep-th", "cond-mat.mes-hall" */
const categoryPattern = /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?$/;

/** Addresses that the identifiers lead to anyway. */
const knownPlace =
  /^https?:\/\/(?:dx\.|www\.|export\.)?(?:doi\.org|arxiv\.org|aclanthology\.org|openreview\.net)\//i;

/** The first address that leads elsewhere than the identifiers do. */
export function siteLinks(addresses: (string | undefined)[]): Link[] {
  const address = addresses.find((one) => one !== undefined && !knownPlace.test(one));
  return readLinks([["site", address]]);
}

/** "arXiv:2606.10420 [cs.CL]" and the like stand within notes. */
const arxivInText = /\barxiv\s*:\s*((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d{1,4})?)/i;

function readIdentifiers(texts: (string | undefined)[]): Identifier[] {
  const identifiers: Identifier[] = [];
  for (const text of texts) {
    if (text === undefined) continue;
    addIdentifier(identifiers, text, ["arxiv", "doi", "acl", "openreview", "broadsheet"]);
    const within = arxivInText.exec(text.slice(0, 2_000))?.[1];
    if (within !== undefined) addIdentifier(identifiers, `arXiv:${within}`, ["arxiv"]);
  }
  return identifiers;
}

/** A reference without any identifier is known by its title, its first author and its year. */
function fingerprint(title: string, { authors, date }: Reference): string {
  const author = authors[0] === undefined ? "" : familyKey(authors[0]);
  return `ref:${sha256Hex([titleKey(title), author, date?.year ?? ""].join("\n")).slice(0, 24)}`;
}

/** "Bulletin of Volcanology 62 (3), 493–518 (2001)"; a journal alone stays as it is. */
export function formatJournalReference(parts: {
  journal: string | undefined;
  volume?: string | undefined;
  number?: string | undefined;
  pages?: string | undefined;
  year?: number | undefined;
}): string | undefined {
  const { journal, volume, number, pages, year } = parts;
  if (journal === undefined || (volume === undefined && pages === undefined)) return journal;
  const place = [volume, number === undefined ? undefined : `(${number})`].filter(
    (part) => part !== undefined,
  );
  const written = [journal, ...place].join(" ") + (pages === undefined ? "" : `, ${pages}`);
  return year === undefined ? written : `${written} (${year})`;
}
