// One record of arXiv's OAI-PMH: the header every record has, and the metadata of the prefixes arXivRaw and arXiv.
import type { Day } from "../lib/clock.ts";
import { parseInstant } from "../lib/written-date.ts";
import { childOf, childrenOf, childText, elementsOf, textOf, type XmlName } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { parseAuthorList } from "../papers/author-list.ts";
import { parseArxiv } from "../papers/identifiers.ts";
import { parseAuthorTriple } from "../papers/names.ts";
import type { Author, PaperRecord, Version } from "../papers/paper.ts";
import { arxivRecord, splitCategories } from "./arxiv-fields.ts";
import { dcFormatNamespace, readDublinCore } from "./arxiv-oai-dc.ts";
import { isRefusal, type Refusal } from "./fields.ts";

export const oaiNamespace = "http://www.openarchives.org/OAI/2.0/";
const arxivNamespace = "http://arxiv.org/OAI/arXiv/";
const rawNamespace = "http://arxiv.org/OAI/arXivRaw/";

export interface OaiHeader {
  /** As given: "oai:arXiv.org:0806.4129". */
  identifier: string;
  /** Canonical arXiv id, text always; null when it is none or damaged. */
  arxivId: string | null;
  /** Day of the last modification of any kind, not of submission; null when it is no date. */
  datestamp: Day | null;
  /** "math:math:MP". */
  sets: string[];
  /** True for a tombstone. arXiv sends none; the protocol allows it. */
  deleted: boolean;
}

export interface OaiRecord extends OaiHeader {
  /** Null for a tombstone and for what cannot be read; then `reason` says why. */
  record: PaperRecord | null;
  reason?: string;
  /** Who sent the paper in (arXivRaw only). */
  submitter?: string;
}

/** The name of one of the protocol's own elements. */
export function oai(name: string): XmlName {
  return { name, namespace: oaiNamespace };
}

export function readHeader(header: XmlElement): OaiHeader {
  const text = (name: string) => childText(header, oai(name));
  const identifier = text("identifier") ?? "";
  return {
    identifier,
    arxivId: parseArxiv(identifier.replace(/^oai:arxiv\.org:/i, ""))?.value ?? null,
    datestamp: parseInstant(text("datestamp") ?? "")?.day ?? null,
    sets: childrenOf(header, oai("setSpec"))
      .map(textOf)
      .filter((set) => set !== undefined),
    deleted: header.attributes.get("status") === "deleted",
  };
}

export function readRecord(element: XmlElement): OaiRecord {
  const header = childOf(element, oai("header"));
  if (header === undefined) return { ...emptyHeader, record: null, reason: "it has no header" };
  const known = readHeader(header);
  if (known.deleted) return { ...known, record: null };
  const refuse = (reason: string): OaiRecord => ({ ...known, record: null, reason });
  if (known.arxivId === null)
    return refuse(`its identifier "${known.identifier.slice(0, 100)}" is no arXiv id`);
  const metadata = childOf(element, oai("metadata"));
  const body = metadata === undefined ? undefined : elementsOf(metadata)[0];
  if (body === undefined) return refuse("it has no metadata");
  return { ...known, ...readMetadata(body, known, known.arxivId) };
}

const emptyHeader: OaiHeader = { identifier: "", arxivId: null, datestamp: null, sets: [], deleted: false };

function readMetadata(
  body: XmlElement,
  header: OaiHeader,
  id: string,
): Pick<OaiRecord, "record" | "reason" | "submitter"> {
  if (body.name === "dc" && body.namespace === dcFormatNamespace)
    return outcomeOf(readDublinCore(body, header, { id, statedAt: statedAt(header.datestamp) }));
  const isRaw = body.namespace === rawNamespace && body.name === "arXivRaw";
  if (!isRaw && !(body.namespace === arxivNamespace && body.name === "arXiv"))
    return { record: null, reason: `its metadata is <${body.name}>, none of arXiv's formats` };
  const text = (name: string) => childText(body, { name, namespace: body.namespace });
  const own = parseArxiv(text("id") ?? "")?.value;
  if (own !== id) return { record: null, reason: `its metadata is of "${(text("id") ?? "").slice(0, 100)}"` };
  const shared = {
    id,
    title: text("title"),
    abstract: text("abstract"),
    categories: splitCategories(text("categories") ?? ""),
    comments: text("comments"),
    journalReference: text("journal-ref"),
    dois: text("doi"),
    license: text("license"),
    statedAt: statedAt(header.datestamp),
  };
  const outcome = outcomeOf(isRaw ? rawRecord(body, shared) : plainRecord(body, shared));
  const submitter = text("submitter");
  return submitter === undefined ? outcome : { ...outcome, submitter };
}

function outcomeOf(record: PaperRecord | Refusal): Pick<OaiRecord, "record" | "reason"> {
  return isRefusal(record) ? { record: null, reason: record.refused } : { record };
}

/** Records that were never modified since the datestamps were introduced are stamped with the beginning of time. */
function statedAt(datestamp: Day | null): string | undefined {
  return datestamp === null || datestamp < "1991" ? undefined : `${datestamp}T00:00:00.000Z`;
}

type SharedFields = Omit<Parameters<typeof arxivRecord>[0], "source" | "authors">;

/** arXivRaw: every version with its date; authors in one text. */
function rawRecord(body: XmlElement, shared: SharedFields) {
  const authors = parseAuthorList(childText(body, { name: "authors", namespace: rawNamespace }) ?? "");
  return arxivRecord({ ...shared, source: "arxiv", authors, versions: readVersions(body) });
}

/** A withdrawn version has the source type I ("ignore") and no source. */
function readVersions(body: XmlElement): Version[] {
  const versions: Version[] = [];
  for (const element of childrenOf(body, { name: "version", namespace: rawNamespace })) {
    const text = (name: string) => childText(element, { name, namespace: rawNamespace });
    const number = Number(/^v([1-9]\d{0,3})$/.exec(element.attributes.get("version") ?? "")?.[1]);
    const submittedAt = parseInstant(text("date") ?? "")?.instant;
    if (Number.isNaN(number) || submittedAt === undefined) continue;
    const withdrawn = text("source_type")?.includes("I") === true || /^0+kb$/i.test(text("size") ?? "");
    versions.push(withdrawn ? { number, submittedAt, withdrawn } : { number, submittedAt });
  }
  return versions.sort((a, b) => a.number - b.number);
}

/**
 * Prefix arXiv: authors taken apart, but no versions. <created> is the day of the current version, whatever its name
 * says, so it never dates the paper; <acm-class> repeats <msc-class> and is not read.
 */
function plainRecord(body: XmlElement, shared: SharedFields): PaperRecord | Refusal {
  const record = arxivRecord({ ...shared, source: "arxiv-api", authors: readAuthors(body) });
  if (isRefusal(record)) return record;
  const created = parseInstant(childText(body, { name: "created", namespace: arxivNamespace }) ?? "")?.day;
  return created === undefined ? record : { ...record, updatedOn: created };
}

function readAuthors(body: XmlElement): Author[] {
  const list = childOf(body, { name: "authors", namespace: arxivNamespace });
  if (list === undefined) return [];
  const authors: Author[] = [];
  for (const element of childrenOf(list, { name: "author", namespace: arxivNamespace })) {
    const text = (name: string) => childText(element, { name, namespace: arxivNamespace }) ?? "";
    const affiliations = childrenOf(element, { name: "affiliation", namespace: arxivNamespace });
    const author = parseAuthorTriple([
      text("keyname"),
      text("forenames").replace(/^and\s+/i, ""),
      text("suffix"),
      ...affiliations.map((affiliation) => textOf(affiliation) ?? ""),
    ]);
    if (author !== null) authors.push(author);
  }
  return authors;
}
