// One item of Zotero's RDF export.
import { type PartialDate, parsePartialDate } from "../lib/written-date.ts";
import { childOf, childrenOf, childText, elementsOf, textOf, type XmlName } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { parseAuthorTriple } from "../papers/names.ts";
import type { Author, SourceItem } from "../papers/paper.ts";
import { dublinCore, prism } from "./feed-vocabulary.ts";
import type { Refusal } from "./fields.ts";
import { formatJournalReference, referenceItem, siteLinks } from "./reference.ts";

const rdfNamespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
export const about = `{${rdfNamespace}}about`;
export const rdf = (name: string): XmlName => ({ name, namespace: rdfNamespace });
export const dcterms = (name: string): XmlName => ({ name, namespace: "http://purl.org/dc/terms/" });
const dc = (name: string): XmlName => ({ name, namespace: "http://purl.org/dc/elements/1.1/" });
const bib = (name: string): XmlName => ({ name, namespace: "http://purl.org/net/biblio#" });
const foaf = (name: string): XmlName => ({ name, namespace: "http://xmlns.com/foaf/0.1/" });
const zotero = (name: string): XmlName => ({ name, namespace: "http://www.zotero.org/namespaces/export#" });
export function resourceOf(element: XmlElement): string | undefined {
  return element.attributes.get(`{${rdfNamespace}}resource`);
}

/** Notes, files, collections, journals and series are no items. */
export function isZoteroItem(element: XmlElement): boolean {
  const type = childText(element, zotero("itemType"));
  return type !== undefined && !/^(?:attachment|note|annotation)$/.test(type);
}

/** What it is part of is within it, or an element of its own that it names. */
export function readZoteroItem(
  element: XmlElement,
  containers: ReadonlyMap<string, XmlElement>,
): SourceItem | Refusal {
  const type = childText(element, zotero("itemType")) ?? "";
  const parts = partsOf(element, containers);
  const date = readDate(element);
  const journal = partTitle(parts);
  const isPart = /^(?:conferencePaper|bookSection|encyclopediaArticle|presentation)$/.test(type);
  const extra = childText(element, dc("description"));
  const first = (name: XmlName) =>
    [element, ...parts].map((one) => childText(one, name)).find((text) => text !== undefined);
  return referenceItem({
    title: childText(element, dc("title")),
    abstract: childText(element, dcterms("abstract")),
    authors: readAuthors(element),
    date,
    venue: isPart ? (journal ?? conferenceOf(element)) : undefined,
    journalReference: isPart
      ? undefined
      : formatJournalReference({
          journal,
          volume: first(prism("volume")),
          number: parts.map((part) => childText(part, prism("number"))).find((text) => text !== undefined),
          pages: childText(element, bib("pages"))?.replace(/(\d)-(\d)/g, "$1–$2"),
          year: date?.year,
        }),
    identifiers: [
      childText(element, prism("number")),
      ...[element, ...parts].flatMap(plainIdentifiers),
      ...addressesOf(element),
      extra,
      ...(extra ?? "").split("\n").map((line) => /^(?:DOI|arXiv)\s*:\s*\S+$/i.exec(line.trim())?.[0]),
    ],
    links: siteLinks(addressesOf(element)),
    keywords: childrenOf(element, dc("subject")).map(readSubject),
    comments: extra,
  });
}

function partsOf(element: XmlElement, containers: ReadonlyMap<string, XmlElement>): XmlElement[] {
  return childrenOf(element, dcterms("isPartOf")).flatMap((part) => {
    const resource = resourceOf(part);
    if (resource === undefined) return elementsOf(part);
    const container = containers.get(resource);
    return container === undefined ? [] : [container];
  });
}

/** The journal or the book; a series is not what the paper is cited with. */
function partTitle(parts: readonly XmlElement[]): string | undefined {
  const named = parts.filter(({ name }) => !/^(?:Series|Website)$/.test(name));
  return named.map((part) => childText(part, dc("title"))).find((title) => title !== undefined);
}

function conferenceOf(element: XmlElement): string | undefined {
  const conference = childOf(element, bib("presentedAt"));
  return conference === undefined
    ? undefined
    : elementsOf(conference).map((one) => childText(one, dc("title")))[0];
}

/** <dc:identifier>DOI 10.1/x</dc:identifier>; ISSN and ISBN are of the journal or the book. */
function plainIdentifiers(element: XmlElement): string[] {
  return childrenOf(element, dublinCore("identifier")).flatMap((identifier) => {
    const text = elementsOf(identifier).length > 0 ? undefined : textOf(identifier);
    return text === undefined || /^ISS?[BN]N?\b/i.test(text) ? [] : [text.replace(/^DOI[\s:]+/i, "doi:")];
  });
}

/** <dc:identifier><dcterms:URI><rdf:value>https://…</rdf:value></dcterms:URI></dc:identifier> */
function addressesOf(element: XmlElement): string[] {
  return childrenOf(element, dc("identifier")).flatMap((identifier) =>
    childrenOf(identifier, dcterms("URI")).flatMap((address) => childText(address, rdf("value")) ?? []),
  );
}

/** <bib:authors><rdf:Seq><rdf:li><foaf:Person>…: the order is that of the list. */
function readAuthors(element: XmlElement): Author[] {
  const list = childOf(element, bib("authors")) ?? childOf(element, bib("editors"));
  const sequence = list === undefined ? undefined : childOf(list, rdf("Seq"));
  const authors: Author[] = [];
  for (const place of sequence === undefined ? [] : childrenOf(sequence, rdf("li"))) {
    const person = childOf(place, foaf("Person"));
    if (person === undefined) continue;
    const given = childText(person, foaf("givenName")) ?? childText(person, foaf("givenname")) ?? "";
    const author = parseAuthorTriple([childText(person, foaf("surname")) ?? "", given, ""]);
    if (author !== null) authors.push(author);
  }
  return authors;
}

/** A tag somebody typed is a text; one that came with the item is a <z:AutomaticTag>. */
function readSubject(subject: XmlElement): string | undefined {
  const [automatic] = elementsOf(subject);
  return automatic === undefined ? textOf(subject) : childText(automatic, rdf("value"));
}

function readDate(element: XmlElement): PartialDate | null {
  return parsePartialDate(childText(element, dc("date")) ?? "");
}
