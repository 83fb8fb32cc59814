// Small phrases of the pages: counts, shares, by-lines, what is missing. Pure.
import type { EditionCounts, EditionItem } from "../editions/edition.ts";
import type { Author, Paper } from "../papers/paper.ts";
import { toLine } from "./cut.ts";

/** "1 vote", "1,412 papers" */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(number)} ${number === 1 ? noun : plural}`;
}

const grouped = new Intl.NumberFormat("en-US");

/** "1,412" */
export function formatNumber(number: number): string {
  return number < 1_000 && number >= 0 && Number.isInteger(number) ? String(number) : grouped.format(number);
}

/** "8.4 %", "0.3 %", "46 %" above ten. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent >= 9.95 ? Math.round(percent) : percent.toFixed(1)} %`;
}

/** "50 submitted, 50 held", "1,412 announced, 62 submitted, 1,430 held" */
export function formatCounts({ announced, submitted, held }: EditionCounts): string {
  const parts = [];
  if (announced > 0) parts.push(`${formatNumber(announced)} announced`);
  if (submitted > 0) parts.push(`${formatNumber(submitted)} submitted`);
  return [...parts, `${formatNumber(held)} held`].join(", ");
}

/** "Guijin Son, Seungone Kim and 66 more"; empty when nobody is named. */
export function formatAuthors(authors: readonly Author[], shown: number): string {
  const names = authors.map((author) => author.name);
  if (names.length <= shown + 1) return joinNames(names);
  return `${names.slice(0, shown).join(", ")} and ${formatNumber(names.length - shown)} more`;
}

/** "A and B" of names as a source gave them; of many the first. */
export function formatSubmitters(submitters: readonly string[]): string {
  const names = submitters.map((name) => toLine(name, 80));
  return names.length <= 3
    ? joinNames(names)
    : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

/** "A, B and C" */
export function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** What we do not hold of a paper, in words of one line: "code", "authors", "abstract". */
export function missingOf(paper: Paper, repository: string | null): string[] {
  const missing = [];
  if (!repository && !paper.links.some((link) => link.kind === "code")) missing.push("code");
  if (paper.authors.length === 0) missing.push("authors");
  if (paper.abstractKind !== "abstract") missing.push("abstract");
  return missing;
}

/** The word beside the reason mark: what weighs most, "50 votes" or "submitted". */
export function mainReason({ terms, votes }: EditionItem): string {
  const strongest = terms.reduce((best, term) => (term.points >= best.points ? term : best), terms[0]!);
  if (strongest.name === "votes" && votes !== null) return count(votes, "vote");
  return strongest.name === "estimate" ? "expected" : strongest.name;
}
