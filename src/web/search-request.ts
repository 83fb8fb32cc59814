// The address of a search: what a reader asked for, read from it and written into it.
import { links, type SearchLink } from "../links.ts";
import type { SearchMode, SearchSort } from "../search/search.ts";
import { cutAtCharacter, toLine } from "./cut.ts";

/** A search as its address says it; what is not understood is what is usual. */
export interface PageSearch {
  query: string;
  mode: SearchMode;
  sort: SearchSort;
  cursor: string | undefined;
  /** Place of the first result of this page; only for its number. */
  from: number;
  asTyped: boolean;
  /** Each result with the terms of its score. */
  explained: boolean;
}

const modes: readonly SearchMode[] = ["auto", "words", "meaning"];
const sorts: readonly SearchSort[] = ["relevance", "newest", "votes", "trending"];
/** More than is searched, so that what is too long is refused and not cut in silence. */
const maxQueryChars = 2_100;

export function readPageSearch(param: (name: string) => string | undefined): PageSearch {
  const from = param("from") ?? "";
  return {
    query: cutAtCharacter((param("q") ?? "").trim(), maxQueryChars).toWellFormed(),
    mode: modes.find((mode) => mode === param("mode")) ?? "auto",
    sort: sorts.find((sort) => sort === param("sort")) ?? "relevance",
    cursor: param("cursor"),
    from: /^[1-9]\d{0,6}$/.test(from) && param("cursor") !== undefined ? Number(from) : 1,
    asTyped: param("as") === "typed",
    explained: param("explain") !== undefined,
  };
}

/** The address of the same search with some of it changed; always of its first page unless a cursor is given. */
export function searchAddress(search: PageSearch, change: Partial<PageSearch>): string {
  const { query, mode, sort, cursor, from, asTyped, explained } = {
    ...search,
    cursor: undefined,
    from: 1,
    ...change,
  };
  const parts: SearchLink = {
    ...(mode === "auto" ? {} : { mode }),
    ...(sort === "relevance" ? {} : { sort }),
    ...(asTyped ? { as: "typed" } : {}),
    ...(explained ? { explain: "" } : {}),
    ...(cursor === undefined ? {} : { cursor, from: String(from) }),
  };
  return links.search(query, parts);
}

/** `year:2024`, `venue:"NeurIPS 2023"`; what no quotation marks can hold is left out. */
export function formatCondition(field: string, value: string): string {
  if (field === "code") return value === "yes" ? "has:code" : "-has:code";
  return /^[\w.-]+$/.test(value) ? `${field}:${value}` : `${field}:"${value.replaceAll('"', " ").trim()}"`;
}

/** The query with one condition more; a choice is put in brackets, so that the condition holds for all of it. */
export function addCondition(query: string, condition: string): string {
  const whole = /(?:^|\s)OR\s/.test(query) ? `(${query})` : query;
  return `${whole} ${condition}`.trim();
}

/** The query without a condition; null when it does not hold it as a part of its own. */
export function removeCondition(query: string, condition: string): string | null {
  const padded = ` ${query} `;
  const at = padded.indexOf(` ${condition} `);
  if (at < 0) return null;
  return `${padded.slice(0, at)} ${padded.slice(at + condition.length + 2)}`.trim();
}

/** The query on one line, not endless, as headlines show it. */
export function shortQuery(query: string): string {
  return toLine(query, 200);
}

/** The query with its phrases as plain words; null when it has none, or one that is excluded or stands in a field. */
export function withoutPhrases(query: string): string | null {
  if (!/["“”„‟«»＂]/.test(query) || /[:-]["“”„‟«»＂]/.test(query)) return null;
  return (
    query
      .replace(/["“”„‟«»＂]/g, " ")
      .replace(/\s+/g, " ")
      .trim() || null
  );
}
