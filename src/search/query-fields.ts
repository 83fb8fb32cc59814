// What stands behind the colon of a field: years, days, names, identifiers; what it cannot be is said in a sentence.
import { parseIdentifier } from "../papers/identifiers.ts";
import { type LabelField, latestYear, packDay, type QueryNode, type TextField } from "./query-syntax.ts";

export const fieldPattern =
  /^(title|abstract|author|venue|category|source|list|year|date|has|in|id|like):(?=\S)/i;

export type FieldName = TextField | LabelField | "year" | "date" | "has" | "in" | "id" | "like";

export interface FieldValue {
  text: string;
  quoted: boolean;
}

/** The node a field and its value stand for; a string says why there is none. */
export function readField(field: FieldName, { text, quoted }: FieldValue): QueryNode | string {
  switch (field) {
    case "title":
    case "abstract":
    case "author":
      return readText(field, { text, quoted });
    case "venue":
    case "category":
    case "source":
    case "list":
      return { kind: "column", test: { kind: "label", field, value: text } };
    case "year":
      return readYears(text);
    case "date":
      return readDays(text);
    case "has":
      return text.toLowerCase() === "code"
        ? { kind: "column", test: { kind: "code" } }
        : 'After "has:" only "code" can stand.';
    case "in":
      return text.toLowerCase() === "library"
        ? { kind: "column", test: { kind: "library" } }
        : 'After "in:" only "library" can stand.';
    case "id":
      return { kind: "column", test: { kind: "id", id: canonicalId(text) } };
    case "like":
      return { kind: "like", id: canonicalId(text), at: 0 };
  }
}

/** "Lovelace, Ada" is Ada Lovelace: names are indexed as they are displayed. */
function readText(field: TextField, { text, quoted }: FieldValue): QueryNode {
  if (!quoted) {
    const star = unfinished.exec(text);
    return { kind: "word", text: star?.[1] ?? text, field, beginning: star !== null };
  }
  const turned = field === "author" ? /^([^,]+),([^,]+)$/.exec(text) : null;
  return { kind: "phrase", text: turned ? `${turned[2]} ${turned[1]}` : text, field };
}

/** A word with a star at its end stands for all that begin so; one letter would say too little. */
export const unfinished = /^(.*[\p{L}\p{N}]{2})\*$/u;

/** arXiv ids in any form; what is none is taken as it stands: minted ids, older ones. */
function canonicalId(text: string): string {
  const parsed = parseIdentifier(text);
  if (parsed?.scheme === "arxiv" || parsed?.scheme === "broadsheet") return parsed.value;
  return ownAddress(text) ?? text.toLowerCase();
}

/** The id in the address of one of our pages, whatever the host; null for other addresses. */
export function ownAddress(text: string): string | null {
  const path = /^https?:\/\/[^/\s]+\/papers\/([^\s?#]+)/i.exec(text)?.[1];
  if (path === undefined || /^(?:date|week|month)(?:\/|$)/.test(path)) return null;
  return decodePath(path.replace(/\.(?:bib|json)$|\/$/, ""));
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

const yearRange = /^(\d{4})?(\.\.)?(\d{4})?$/;

function readYears(text: string): QueryNode | string {
  const [, first, dots, second] = yearRange.exec(text) ?? [];
  if (first === undefined && second === undefined)
    return `"${cut(text)}" is no year: write 2024, 2023..2025, 2023.. or ..2025.`;
  const from = Number(first ?? 0);
  const to = dots ? Number(second ?? latestYear) : from;
  if (from > to) return `The years ${first}..${second} run backwards.`;
  return { kind: "column", test: { kind: "years", from, to } };
}

const day = String.raw`(\d{4})(?:-(\d\d)(?:-(\d\d))?)?`;
const dayRange = new RegExp(`^(?:${day})?(\\.\\.)?(?:${day})?$`);

/** Days, months and years, each standing for its whole length. */
function readDays(text: string): QueryNode | string {
  const wrong = `"${cut(text)}" is no date: write 2026-11-01, 2026-11, or a range such as 2026-11-01..2026-11-07.`;
  const parts = dayRange.exec(text);
  if (!parts) return wrong;
  const [, y1, m1, d1, dots, y2, m2, d2] = parts;
  if (y1 === undefined && y2 === undefined) return wrong;
  const last = dots ? [y2, m2, d2] : [y1, m1, d1];
  const from = y1 === undefined ? 0 : packBound([y1, m1, d1], 0);
  const to = last[0] === undefined ? packDay(latestYear, 15, 31) : packBound(last, 31);
  if (from === null || to === null) return wrong;
  if (from > to) return `The days ${cut(text)} run backwards.`;
  return { kind: "column", test: { kind: "days", from, to, text } };
}

/** What is not said is the earliest (0) or the latest (31) there can be; null for a day there is not. */
function packBound([year, month, date]: (string | undefined)[], rest: 0 | 31): number | null {
  if (month === undefined) return packDay(Number(year), rest && 15, rest);
  if (date === undefined) return isDay(year, month, "01") ? packDay(Number(year), Number(month), rest) : null;
  return isDay(year, month, date) ? packDay(Number(year), Number(month), Number(date)) : null;
}

function isDay(year: string | undefined, month: string, date: string): boolean {
  const written = `${year}-${month}-${date}`;
  const instant = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(written);
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
