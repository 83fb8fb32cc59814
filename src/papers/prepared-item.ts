// An item made ready to be stored: checked, freed of what no database can hold, fingerprinted.
import { sha256Hex, stableJsonWithout } from "../lib/hash.ts";
import { canonicalIdentifier, parseIdentifier } from "./identifiers.ts";
import { longestAbstract, longestSourceId, longestTitle } from "./limits.ts";
import type { Identifier, PaperRecord, SourceItem } from "./paper.ts";
import { isMintedId } from "./paper-id.ts";
import { titleKey } from "./title-key.ts";

export interface PreparedRecord {
  /** Source and source id in one text. */
  key: string;
  record: PaperRecord;
  /** What is stored: stable, so that an export of an import is the same text. */
  json: string;
  /** Fingerprint of all but the time of the statement. */
  hash: string;
  titleKey: string;
  /** Canonical. */
  identifiers: Identifier[];
}

export interface PreparedItem {
  item: SourceItem;
  records: PreparedRecord[];
  /** Ids the paper had where the item comes from (our own export only). */
  ids: string[];
  /** Of all its records, and its id. */
  identifiers: Identifier[];
}

export interface Refusal {
  refused: string;
}

/** Checks and fingerprints. What cannot be taken comes back as a refusal that says why. */
export function prepareItem(given: SourceItem): PreparedItem | Refusal {
  if (given.records.length === 0) return { refused: "it names no paper" };
  const tooMuch = given.records.map(refusalOf).find((reason) => reason !== null);
  if (tooMuch) return { refused: tooMuch };
  const records = given.records.map(prepareRecord);
  // A title of nothing but NUL is no title.
  const tooLittle = records.map(({ record }) => refusalOf(record)).find((reason) => reason !== null);
  if (tooLittle) return { refused: tooLittle };
  const facts = { ...given, records: [] };
  const item = { ...storable(facts, JSON.stringify(facts)), records: records.map((r) => r.record) };
  const ids = [item.id, ...(item.aliases ?? [])].filter((id) => id !== undefined && id !== "") as string[];
  // The paper's own id is the surest word on which paper it is; an address it gave up may be another paper's by now.
  const own = item.id === undefined ? null : parsePaperId(item.id);
  const identifiers = [...(own ? [own] : []), ...records.flatMap((r) => r.identifiers)];
  return { item, records, ids, identifiers };
}

function refusalOf(record: PaperRecord): string | null {
  if (record.sourceId === "") return "its record has no id";
  if (record.sourceId.length > longestSourceId) return `its id has more than ${longestSourceId} characters`;
  if (record.title.trim() === "") return "it has no title";
  if (record.title.length > longestTitle) return `its title has more than ${longestTitle} characters`;
  if ((record.abstract?.length ?? 0) > longestAbstract)
    return `its abstract has more than ${longestAbstract} characters`;
  return null;
}

function prepareRecord(given: PaperRecord): PreparedRecord {
  const givenJson = stableJsonWithout(given, "statedAt");
  const record = storable(given, givenJson.whole);
  const json = record === given ? givenJson : stableJsonWithout(record, "statedAt");
  return {
    key: recordKey(record),
    record,
    json: json.whole,
    hash: sha256Hex(json.part),
    titleKey: titleKey(record.title),
    identifiers: identifiersOf(record),
  };
}

/** The identifiers a record names, canonical. Of several arXiv ids the first: a paper has one. */
export function identifiersOf(record: PaperRecord): Identifier[] {
  const all = record.identifiers.map(canonicalIdentifier).filter(({ value }) => value !== "");
  const arxiv = all.find(({ scheme }) => scheme === "arxiv");
  return all.filter(({ scheme, value }) => scheme !== "arxiv" || value === arxiv?.value);
}

/** An id as it stands in an address: minted by us, or any identifier; null for neither. */
export function parsePaperId(id: string): Identifier | null {
  const minted = id
    .trim()
    .replace(/^broadsheet:/i, "")
    .toLowerCase();
  if (isMintedId(minted)) return { scheme: "broadsheet", value: minted };
  const parsed = parseIdentifier(id);
  return parsed && { scheme: parsed.scheme, value: parsed.value };
}

export function recordKey(record: { source: string; sourceId: string }): string {
  return `${record.source} ${record.sourceId}`;
}

export function identifierKey({ scheme, value }: { scheme: string; value: string }): string {
  return `${scheme}:${value}`;
}

/** NUL and half surrogate pairs, as JSON writes them. */
const unstorable = /\\u0000|\\ud[89a-f]/i;

/**
 * PostgreSQL stores no NUL and no half surrogate pair; nothing is lost with them. They are rare, so a look at the text
 * decides whether the value has to be rewritten.
 */
function storable<T>(value: T, json: string): T {
  if (!json.includes("\\u") || !unstorable.test(json)) return value;
  return JSON.parse(json, (_key, member) =>
    typeof member === "string" ? member.replaceAll("\u0000", "").toWellFormed() : member,
  );
}
