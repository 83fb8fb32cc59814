// Papers as a table in CSV (RFC 4180), a paper a row, for spreadsheets and scripts.
import { mainLink, oneLineText } from "./citation-fields.ts";
import type { Identifier, Paper } from "./paper.ts";

const columns = [
  "id",
  "title",
  "authors",
  "year",
  "published_on",
  "venue",
  "categories",
  "arxiv",
  "doi",
  "url",
  "abstract",
] as const;

/** The first line, which names the columns. */
export const csvHeader = `${columns.join(",")}\r\n`;

/** The row of a paper. Authors and categories are joined by "; ". */
export function csvRow(paper: Paper, identifiers: readonly Identifier[]): string {
  const identifierOf = (scheme: Identifier["scheme"]) =>
    identifiers.find((identifier) => identifier.scheme === scheme)?.value ?? "";
  const cells: Record<(typeof columns)[number], string> = {
    id: paper.id,
    title: oneLineText(paper.titleText, paper.titleText),
    authors: paper.authors.map(({ name }) => name).join("; "),
    year: String(paper.year ?? ""),
    published_on: paper.publishedOn ?? "",
    venue: paper.venue ?? "",
    categories: paper.categories.join("; "),
    arxiv: identifierOf("arxiv"),
    doi: identifierOf("doi"),
    url: mainLink(identifiers) ?? "",
    abstract: paper.abstractText,
  };
  return `${columns.map((column) => formatCell(cells[column])).join(",")}\r\n`;
}

/**
 * A spreadsheet takes a cell that begins with one of =, +, -, @, tab or return for a formula: an apostrophe before it makes it
 * text (OWASP, "CSV injection"). Whoever reads the file as data takes one apostrophe away before such a character.
 */
export function formatCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
