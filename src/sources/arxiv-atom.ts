// arXiv's query API (export.arxiv.org/api/query, Atom): single papers by their ids, and answers to queries in slices.
// A slice may come back empty in the middle of the list; that is a failure to be asked again, never an end.
import { parseInstant } from "../lib/written-date.ts";
import { parseXml } from "../lib/xml.ts";
import { childOf, childrenOf, childText, isElement } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import { parseAuthorName } from "../papers/names.ts";
import type { Author, PaperRecord, Version } from "../papers/paper.ts";
import { arxivRecord, splitCategories } from "./arxiv-fields.ts";
import { arxivSchema, atom, openSearch } from "./feed-vocabulary.ts";
import { isRefusal, type Refusal } from "./fields.ts";

export interface QueryEntry {
  /** Canonical arXiv id. */
  id: string;
  version: number | null;
  /** Of the source "arxiv-api": the version shown, and the first with its date. */
  record: PaperRecord;
}

export interface QueryPage {
  ok: true;
  /** How many papers answer the query, and which of them this slice begins with (0-based). */
  total: number;
  start: number;
  itemsPerPage: number;
  entries: QueryEntry[];
  /** Why entries cannot be taken. */
  rejected: string[];
  /** How many entries the slice lacks of those it should hold; above 0 it has to be asked for again. */
  missing: number;
}

export type QueryAnswer =
  | QueryPage
  /** arXiv's own answer to a query it does not understand or serve. */
  | { ok: false; kind: "refused"; message: string }
  | { ok: false; kind: "broken"; reason: string };

/** 2,000 entries, the most a slice has, take some 6 MB. */
const byteLimit = 32 * 1024 * 1024;

/** Reads an answer of the query API, whatever its status was. */
export function parseArxivQuery(body: string | Uint8Array): QueryAnswer {
  const reading = parseXml(body, { byteLimit });
  if (!reading.ok) return broken(reading.reason);
  const { root } = reading;
  if (!isElement(root, atom("feed"))) return broken(`it is no Atom feed but <${root.name}>`);
  const elements = childrenOf(root, atom("entry"));
  const message = errorOf(elements);
  if (message !== null) return { ok: false, kind: "refused", message };
  const [total, start, itemsPerPage] = ["totalResults", "startIndex", "itemsPerPage"].map((name) =>
    countOf(childText(root, openSearch(name))),
  );
  if (total === undefined || start === undefined || itemsPerPage === undefined)
    return broken("it does not say how many results there are");
  const due = Math.max(0, Math.min(itemsPerPage, total - start));
  return {
    ok: true,
    total,
    start,
    itemsPerPage,
    ...readEntries(elements),
    missing: Math.max(0, due - elements.length),
  };
}

function broken(reason: string): QueryAnswer {
  return { ok: false, kind: "broken", reason };
}

/** An error is a feed of one entry whose id is an address below /api/errors. */
function errorOf(elements: XmlElement[]): string | null {
  const [entry] = elements;
  if (entry === undefined || elements.length > 1) return null;
  const isError = /\/api\/errors\b/.test(childText(entry, atom("id")) ?? "");
  return isError ? (childText(entry, atom("summary")) ?? "the query failed") : null;
}

function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function readEntries(elements: XmlElement[]): Pick<QueryPage, "entries" | "rejected"> {
  const entries: QueryEntry[] = [];
  const rejected: string[] = [];
  for (const element of elements) {
    const entry = readEntry(element);
    if (isRefusal(entry)) rejected.push(entry.refused);
    else entries.push(entry);
  }
  return { entries, rejected };
}

function readEntry(element: XmlElement): QueryEntry | Refusal {
  const written = childText(element, atom("id")) ?? "";
  const identifier = parseIdentifier(written);
  if (identifier?.scheme !== "arxiv") return { refused: `its id "${written.slice(0, 80)}" is no arXiv id` };
  const { value: id, version } = identifier;
  const text = (name: string) => childText(element, arxivSchema(name));
  const updated = parseInstant(childText(element, atom("updated")) ?? "")?.instant;
  const record = arxivRecord({
    source: "arxiv-api",
    id,
    title: childText(element, atom("title")),
    abstract: childText(element, atom("summary")),
    authors: readAuthors(element),
    categories: readCategories(element),
    comments: text("comment"),
    journalReference: text("journal_ref"),
    dois: text("doi"),
    versions: readVersions(element, { current: version, updated }),
    statedAt: updated,
  });
  if (isRefusal(record)) return { refused: `${id}: ${record.refused}` };
  return { id, version: version ?? null, record };
}

function readAuthors(element: XmlElement): Author[] {
  const authors: Author[] = [];
  for (const author of childrenOf(element, atom("author"))) {
    const affiliation = childText(author, arxivSchema("affiliation"));
    const options = affiliation === undefined ? {} : { affiliations: [affiliation] };
    const read = parseAuthorName(childText(author, atom("name")) ?? "", options);
    if (read !== null) authors.push(read);
  }
  return authors;
}

/** Primary first. Classes of other schemes (MSC, ACM) stand among the categories. */
function readCategories(element: XmlElement): string[] {
  const primary = childOf(element, arxivSchema("primary_category"))?.attributes.get("term") ?? "";
  const others = childrenOf(element, atom("category")).map(({ attributes }) => attributes.get("term") ?? "");
  const single = others.filter((term) => !/[\s,;]/.test(term));
  return splitCategories([primary, ...single].join(" "));
}

/** <published> is the time of the first version, <updated> that of the one shown. */
function readVersions(
  element: XmlElement,
  { current, updated }: { current: number | undefined; updated: string | undefined },
): Version[] {
  const published = parseInstant(childText(element, atom("published")) ?? "")?.instant;
  const versions: Version[] = published === undefined ? [] : [{ number: 1, submittedAt: published }];
  if (current !== undefined && current > 1 && updated !== undefined)
    versions.push({ number: current, submittedAt: updated });
  return versions;
}
