// Every form in which papers leave as a file: the formats they are cited in, and tables, lists and lines for people and scripts.
import { type CitationFormat, type CitationFormatName, citationFormats } from "./citation-formats.ts";
import { csvHeader, csvRow } from "./csv.ts";
import { markdownEntry } from "./markdown.ts";
import type { Identifier, Paper } from "./paper.ts";
import { formatPaperJson } from "./paper-json.ts";

export type FileFormatName = CitationFormatName | "markdown" | "csv" | "jsonl";

export interface PaperFileFormat extends Omit<CitationFormat, "name"> {
  name: FileFormatName;
}

export const paperFileFormats: Readonly<Record<FileFormatName, PaperFileFormat>> = {
  ...citationFormats,
  markdown: {
    name: "markdown",
    title: "Markdown",
    extension: "md",
    contentType: "text/markdown; charset=utf-8",
    formatPaper: (paper, identifiers) => markdownEntry(paper, identifiers),
    openWriter: openMarkdown,
  },
  csv: {
    name: "csv",
    title: "CSV",
    extension: "csv",
    contentType: "text/csv; charset=utf-8; header=present",
    formatPaper: (paper, identifiers) => csvHeader + csvRow(paper, identifiers),
    openWriter: () => ({ begin: csvHeader, next: csvRow, end: "" }),
  },
  jsonl: {
    name: "jsonl",
    title: "JSON lines",
    extension: "jsonl",
    contentType: "application/x-ndjson; charset=utf-8",
    formatPaper: jsonLine,
    openWriter: () => ({ begin: "", next: jsonLine, end: "" }),
  },
};

/** The paper as the API gives it, on a line. */
function jsonLine(paper: Paper, identifiers: readonly Identifier[]): string {
  return `${JSON.stringify(formatPaperJson(paper, identifiers))}\n`;
}

function openMarkdown() {
  let number = 0;
  return {
    begin: "",
    next(paper: Paper, identifiers: readonly Identifier[]) {
      number += 1;
      return markdownEntry(paper, identifiers, number);
    },
    end: "",
  };
}
