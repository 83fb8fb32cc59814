// What is kept of every paper beside its text: year, day, id, and names such as venue, categories, sources, lists.

import { type LabelField, latestYear, packDay } from "./query-syntax.ts";
import type { RowGroups } from "./row-groups.ts";
import type { SearchDocument } from "./search.ts";
import { hashStems } from "./title-hash.ts";

/** The columns of a segment, by doc. */
export interface Columns {
  /** 0: not known. */
  years: Int32Array;
  /** As packDay gives them; of a paper without a day, the beginning of its year; 0: not known. */
  days: Int32Array;
  idHashes: Int32Array;
  /** Different labels of the segment, as makeLabel writes them. */
  labelNames: readonly string[];
  /** The labels of doc are numbers[starts[doc]] up to, not including, numbers[starts[doc + 1]]. */
  labelStarts: Int32Array;
  labelNumbers: Int32Array;
  /** Of columns that grow no more; found when first asked for. */
  groups?(): RowGroups;
  /** The same in steps. */
  findGroups?(): Generator<void, RowGroups>;
}

/** The columns of one paper, its labels aside. */
export interface ColumnRow {
  year: number;
  day: number;
  idHash: number;
}

export type LabelKind = LabelField | "code";

/** Of one paper so many labels are kept: bounds what a hostile record can cost. */
export const maxLabels = 128;
const maxLabelLength = 200;

export function readColumns(document: SearchDocument): ColumnRow {
  const year = yearOf(document.year);
  return {
    year: year || yearOf(Number(document.publishedOn?.slice(0, 4))),
    day: dayOf(document.publishedOn) || packDay(year, 0, 0),
    idHash: hashId(document.id),
  };
}

/** Calls for every label of a paper, in order; some may be the same. */
export function forEachLabel(document: SearchDocument, visit: (kind: LabelKind, name: string) => void): void {
  const { hasCode, venue, categories = [], sources = [], lists = [] } = document;
  if (hasCode) visit("code", "yes");
  if (venue) visit("venue", venue);
  for (const category of categories) visit("category", category);
  for (const source of sources) visit("source", source);
  for (const list of lists) visit("list", list);
}

function yearOf(year: number | undefined): number {
  return year !== undefined && Number.isInteger(year) && year > 0 && year <= latestYear ? year : 0;
}

function dayOf(day: string | undefined): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? "");
  return parts ? packDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) : 0;
}

/** The kind, a colon, the name. */
export function makeLabel(kind: LabelKind, name: string): string {
  return `${kind}:${name.slice(0, maxLabelLength).toWellFormed()}`;
}

/** By which an id is looked for; equal hashes must be checked. Ids compare without case. */
export function hashId(id: string): number {
  return hashStems([id.toLowerCase()]) | 0;
}

/** The form in which names compare. */
export function foldLabel(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/**
 * Which labels of a segment a name in a query means, a 1 for each: the same name whatever its case, or one that goes on
 * after it with a sign: cs is every cs.*, EMNLP is EMNLP 2023.
 */
export function findLabels(names: readonly string[], field: LabelField, name: string): Uint8Array {
  const found = new Uint8Array(names.length);
  const wanted = foldLabel(name);
  names.forEach((label, i) => {
    if (!label.startsWith(`${field}:`)) return;
    const own = foldLabel(label.slice(field.length + 1));
    if (own.startsWith(wanted) && !/^[\p{L}\p{N}]/u.test(own.slice(wanted.length))) found[i] = 1;
  });
  return found;
}
