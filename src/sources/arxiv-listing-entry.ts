// One entry of arXiv's announcement listing: a term with the id, a definition with title, authors, subjects and abstract.
import type { Day } from "../lib/clock.ts";
import {
  attributeOf,
  elementsBelow,
  findElement,
  type HtmlElement,
  hasClass,
  visibleText,
} from "../lib/html.ts";
import { parseAuthorList } from "../papers/author-list.ts";
import { parseArxiv } from "../papers/identifiers.ts";
import { parseAuthorName } from "../papers/names.ts";
import type { AnnouncementKind, Author, Link, SourceItem } from "../papers/paper.ts";
import { arxivRecord, splitCategories } from "./arxiv-fields.ts";
import { itemOf } from "./entries.ts";
import { isRefusal, type Refusal } from "./fields.ts";

/** Where an entry stands. */
export interface ListingPlace {
  category: string;
  announcedOn: Day;
  kind: AnnouncementKind;
}

export interface ListingEntry {
  /** Number in the listing, from 1; null where it is not shown. */
  position: number | null;
  /** Canonical arXiv id. */
  id: string;
  /** Where the page shows it: by the address of the HTML form, and 1 for what is new. */
  version: number | null;
  /** "cross-list from cs.LG": the primary category. */
  crossFrom: string | null;
  /** Authors the page left out of a long list. */
  authorsCut: number;
  /** One record of the source "arxiv-listing" and one announcement. */
  item: SourceItem;
}

/** Reads a term and its definition; a page that was cut may have lost the definition. */
export function readListingEntry(
  term: HtmlElement,
  definition: HtmlElement | null,
  place: ListingPlace,
): ListingEntry | Refusal {
  const written = abstractAddress(term);
  const id = parseArxiv(written)?.value;
  if (id === undefined) return { refused: `its id "${written.slice(0, 40)}" is no arXiv id` };
  if (definition === null) return { refused: `${id} has no title` };
  const { authors, cut } = readAuthors(partOf(definition, "list-authors"));
  const html = htmlLink(term);
  const record = arxivRecord({
    source: "arxiv-listing",
    id,
    title: textOf(partOf(definition, "list-title")),
    abstract: textOf(findElement(definition, (e) => e.tagName === "p" && hasClass(e, "mathjax"))),
    authors,
    categories: readSubjects(textOf(partOf(definition, "list-subjects"))),
    comments: textOf(partOf(definition, "list-comments")),
    journalReference: textOf(partOf(definition, "list-journal-ref")),
    statedAt: `${place.announcedOn}T00:00:00.000Z`,
    links: html === null ? [] : [html.link],
  });
  if (isRefusal(record)) return { refused: `${id}: ${record.refused}` };
  const { category, announcedOn: day, kind } = place;
  return {
    position: positionOf(term),
    id,
    version: html?.version ?? (kind === "new" ? 1 : null),
    crossFrom: /\(cross-list from ([^\s)]{1,30})\)/i.exec(visibleText(term))?.[1] ?? null,
    authorsCut: cut,
    item: { ...itemOf(record), announcements: [{ source: "arxiv", category, day, kind }] },
  };
}

function abstractAddress(term: HtmlElement): string {
  const link = findElement(term, (e) => e.tagName === "a" && /\/abs\//.test(attributeOf(e, "href") ?? ""));
  return (link && attributeOf(link, "href"))?.replace(/^.*?\/abs\//, "") ?? "";
}

function positionOf(term: HtmlElement): number | null {
  const number = /\[(\d{1,6})\]/.exec(visibleText(term))?.[1];
  return number === undefined ? null : Number(number);
}

/** "https://arxiv.org/html/2112.07752v5" is the one place where a listing names the version. */
function htmlLink(term: HtmlElement): { link: Link; version: number } | null {
  for (const element of elementsBelow(term)) {
    const url = element.tagName === "a" ? attributeOf(element, "href") : undefined;
    const written = /^https:\/\/arxiv\.org\/html\/(\S{5,40})$/.exec(url ?? "")?.[1];
    const version = written === undefined ? undefined : parseArxiv(written)?.version;
    if (version !== undefined) return { link: { kind: "html", url: url! }, version };
  }
  return null;
}

function partOf(definition: HtmlElement, name: string): HtmlElement | undefined {
  return findElement(definition, (element) => hasClass(element, name));
}

/** Without its label ("Title:"); a link shown as "this https URL" is written out. */
function textOf(element: HtmlElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  return visibleText(element, (part) => {
    if (hasClass(part, "descriptor")) return "";
    const isHidden = part.tagName === "a" && /^this \S{1,20} URL$/i.test(visibleText(part).slice(0, 40));
    return isHidden ? attributeOf(part, "href") : undefined;
  });
}

/** Every author is a link, and what stands between them commas, unless there are affiliations or a list that was cut. */
function readAuthors(element: HtmlElement | undefined): { authors: Author[]; cut: number } {
  const text = textOf(element) ?? "";
  const ending = /,?\s*et al\.?\s*\(([\d,]{1,9}) additional authors? not shown\).*$/is.exec(text);
  const cut = ending === null ? 0 : Number(ending[1]!.replaceAll(",", ""));
  if (element === undefined || /^\(author list is unavailable\)$/i.test(text)) return { authors: [], cut };
  const between = visibleText(element, (part) => (part.tagName === "a" ? "" : undefined));
  if (!/^[\s,]*$/.test(between))
    return { authors: parseAuthorList(ending ? text.slice(0, ending.index) : text), cut };
  const names = [...elementsBelow(element)]
    .filter((part) => part.tagName === "a")
    .map((part) => visibleText(part));
  return { authors: names.map((name) => parseAuthorName(name)).filter((author) => author !== null), cut };
}

/** "Artificial Intelligence (cs.AI); Machine Learning (cs.LG)": the codes, primary first. */
function readSubjects(text: string | undefined): string[] {
  const codes = [...(text ?? "").matchAll(/\(([a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?)\)\s*(?:;|$)/g)];
  return splitCategories(codes.map(([, code]) => code).join(" "));
}
