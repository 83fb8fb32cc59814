// The formats a paper is cited in, one face for all: a paper as a file of its own, and papers one after the other.
import { citationKey, formatBibtex } from "./bibtex.ts";
import { cslItem, formatCslJson } from "./csl-json.ts";
import type { Identifier, Paper } from "./paper.ts";
import { formatRis } from "./ris.ts";

export type CitationFormatName = "bibtex" | "ris" | "csl-json";

export interface CitationFormat {
  name: CitationFormatName;
  /** For people. */
  title: string;
  /** Of a file's name, without the dot. */
  extension: string;
  contentType: string;
  /** One paper as a whole file. */
  formatPaper(paper: Paper, identifiers: readonly Identifier[]): string;
  /** Writes a file of many; holds nothing but the keys it has given out. */
  openWriter(): CitationWriter;
}

export interface CitationWriter {
  begin: string;
  /** The next paper, with what stands between it and the one before. */
  next(paper: Paper, identifiers: readonly Identifier[]): string;
  end: string;
}

export const citationFormats: Readonly<Record<CitationFormatName, CitationFormat>> = {
  bibtex: {
    name: "bibtex",
    title: "BibTeX",
    extension: "bib",
    contentType: "application/x-bibtex; charset=utf-8",
    formatPaper: formatBibtex,
    openWriter: openBibtex,
  },
  ris: {
    name: "ris",
    title: "RIS",
    extension: "ris",
    contentType: "application/x-research-info-systems; charset=utf-8",
    formatPaper: formatRis,
    openWriter: () => ({ begin: "", next: formatRis, end: "" }),
  },
  "csl-json": {
    name: "csl-json",
    title: "CSL-JSON",
    extension: "csl.json",
    contentType: "application/vnd.citationstyles.csl+json; charset=utf-8",
    formatPaper: formatCslJson,
    openWriter: openCslJson,
  },
};

/** Two papers of one author, year and first word would have one key, which BibTeX refuses: the second gets "-2". */
function openBibtex(): CitationWriter {
  const given = new Map<string, number>();
  return {
    begin: "",
    next(paper, identifiers) {
      const key = citationKey(paper);
      const uses = (given.get(key) ?? 0) + 1;
      given.set(key, uses);
      const entry = formatBibtex(paper, identifiers, uses === 1 ? key : `${key}-${uses}`);
      return given.size === 1 && uses === 1 ? entry : `\n${entry}`;
    },
    end: "",
  };
}

/** An array with an item a line. */
function openCslJson(): CitationWriter {
  let separator = "";
  return {
    begin: "[\n",
    next(paper, identifiers) {
      const line = separator + JSON.stringify(cslItem(paper, identifiers));
      separator = ",\n";
      return line;
    },
    end: "\n]\n",
  };
}
