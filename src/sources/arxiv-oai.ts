// OAI-PMH 2.0 as arXiv speaks it (prefixes arXivRaw, arXiv, oai_dc): one answer in, its records, token and date out.
// An answer that is cut, ill-formed or unlike OAI-PMH is an error value, so that it can never pass for a last page.
import type { Instant } from "../lib/clock.ts";
import { parseInstant } from "../lib/written-date.ts";
import { parseXml, readXml, type XmlReading } from "../lib/xml.ts";
import { childOf, childrenOf, childText, elementsOf, textOf } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { type OaiIdentity, type OaiSet, readIdentity, readPrefixes, readSets } from "./arxiv-oai-about.ts";
import {
  type OaiHeader,
  type OaiRecord,
  oai,
  oaiNamespace,
  readHeader,
  readRecord,
} from "./arxiv-oai-record.ts";

export type OaiVerb =
  | "GetRecord"
  | "Identify"
  | "ListIdentifiers"
  | "ListMetadataFormats"
  | "ListRecords"
  | "ListSets";

/** The codes of the protocol, section 3.6. */
export type OaiErrorCode =
  | "badArgument"
  | "badResumptionToken"
  | "badVerb"
  | "cannotDisseminateFormat"
  | "idDoesNotExist"
  | "noMetadataFormats"
  | "noRecordsMatch"
  | "noSetHierarchy";

/** What comes with every answer the archive gave as one. */
interface OaiFrame {
  responseDate: Instant;
  /** Attributes of <request> as the archive repeats them: verb, metadataPrefix, from, until, set, resumptionToken. */
  request: Record<string, string>;
}

export interface OaiPage extends OaiFrame {
  ok: true;
  verb: OaiVerb;
  /** ListRecords and GetRecord: in the archive's order, those we cannot read among them with their reason. */
  records: OaiRecord[];
  /** ListIdentifiers. */
  headers: OaiHeader[];
  /** Send it back, encoded once, for the next page. Null: this was the last. */
  resumptionToken: string | null;
  tokenExpiresAt?: Instant;
  identity?: OaiIdentity;
  /** ListSets. */
  sets: OaiSet[];
  /** ListMetadataFormats. */
  prefixes: string[];
}

export type OaiFailure =
  /** The archive's own answer: it understood us and says no. `noRecordsMatch` is an empty list. */
  | ({ ok: false; kind: "protocol"; code: OaiErrorCode; message: string } & OaiFrame)
  /** No answer one could rely on; ask again. */
  | { ok: false; kind: "broken"; reason: string };

export type OaiAnswer = OaiPage | OaiFailure;

/** A page of arXiv holds up to 2,500 records; one paper alone may take 180 KB. */
const limits = { byteLimit: 64 * 1024 * 1024, elementLimit: 2_000_000 };

/** Reads an answer that is in memory. */
export function parseOaiAnswer(body: string | Uint8Array): OaiAnswer {
  return answerOf(parseXml(body, limits));
}

/** Reads an answer as it comes in; other work gets its turn in between. */
export async function readOaiAnswer(chunks: AsyncIterable<Uint8Array>): Promise<OaiAnswer> {
  return answerOf(await readXml(chunks, limits));
}

function answerOf(reading: XmlReading): OaiAnswer {
  if (!reading.ok) return broken(reading.reason);
  const { root } = reading;
  if (root.name !== "OAI-PMH" || root.namespace !== oaiNamespace)
    return broken(`it is no OAI-PMH answer but <${root.name}>`);
  const responseDate = parseInstant(childText(root, oai("responseDate")) ?? "")?.instant;
  if (responseDate === undefined) return broken("its responseDate is missing or no date");
  const frame = { responseDate, request: requestOf(root) };
  const error = childOf(root, oai("error"));
  if (error !== undefined) return protocolError(error, frame);
  return pageOf(root, frame);
}

function broken(reason: string): OaiFailure {
  return { ok: false, kind: "broken", reason };
}

function requestOf(root: XmlElement): Record<string, string> {
  return Object.fromEntries(childOf(root, oai("request"))?.attributes ?? []);
}

const errorCodes = new Set<string>([
  "badArgument",
  "badResumptionToken",
  "badVerb",
  "cannotDisseminateFormat",
  "idDoesNotExist",
  "noMetadataFormats",
  "noRecordsMatch",
  "noSetHierarchy",
] satisfies OaiErrorCode[]);

function protocolError(error: XmlElement, frame: OaiFrame): OaiFailure {
  const code = error.attributes.get("code") ?? "";
  if (!errorCodes.has(code)) return broken(`its error code "${code}" is not one of OAI-PMH's`);
  return {
    ok: false,
    kind: "protocol",
    code: code as OaiErrorCode,
    message: textOf(error) ?? code,
    ...frame,
  };
}

const verbs = new Set<string>([
  "GetRecord",
  "Identify",
  "ListIdentifiers",
  "ListMetadataFormats",
  "ListRecords",
  "ListSets",
] satisfies OaiVerb[]);

function pageOf(root: XmlElement, frame: OaiFrame): OaiAnswer {
  const body = elementsOf(root).find(({ name, namespace }) => verbs.has(name) && namespace === oaiNamespace);
  if (body === undefined) return broken("it has neither a list nor an error");
  const page: OaiPage = {
    ok: true,
    verb: body.name as OaiVerb,
    records: childrenOf(body, oai("record")).map(readRecord),
    headers: childrenOf(body, oai("header")).map(readHeader),
    sets: readSets(body),
    prefixes: readPrefixes(body),
    resumptionToken: null,
    ...frame,
  };
  if (page.verb === "Identify") {
    const identity = readIdentity(body);
    return identity === null ? broken("its Identify lacks base address or first day") : { ...page, identity };
  }
  // The schema has one record at least; a list without any is a server that failed in the middle.
  const count = page.records.length + page.headers.length + page.sets.length + page.prefixes.length;
  return count === 0 ? broken("its list is empty") : withToken(body, page);
}

/** An empty <resumptionToken/> ends the list, and so does none; white space inside one is none of its text. */
function withToken(body: XmlElement, page: OaiPage): OaiPage {
  const element = childOf(body, oai("resumptionToken"));
  const token = textOf(element);
  if (element === undefined || token === undefined) return page;
  const expires = parseInstant(element.attributes.get("expirationDate") ?? "")?.instant;
  return { ...page, resumptionToken: token, ...(expires === undefined ? {} : { tokenExpiresAt: expires }) };
}
