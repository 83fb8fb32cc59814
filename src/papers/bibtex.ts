// A paper as BibTeX: @inproceedings where there is a venue, @article with a journal reference, else @misc with its arXiv id.
import { toPlainText } from "../lib/plain-text.ts";
import { doiLink, identifierLinks } from "./citation-fields.ts";
import { parseIdentifier } from "./identifiers.ts";
import type { Author, Identifier, Paper } from "./paper.ts";
import { escapeGivenTex, escapePlainText } from "./tex-escape.ts";
import { foldText } from "./title-key.ts";

/** One entry, ending in a newline. The key, where none is given, depends on first author, year and title only. */
export function formatBibtex(
  paper: Paper,
  identifiers: readonly Identifier[],
  key: string = citationKey(paper),
): string {
  const fields = Object.entries(listFields(paper, identifiers)).filter(([, value]) => value);
  const lines = fields.map(([name, value]) => `  ${name} = {${value}},`);
  return `@${entryType(paper)}{${key},\n${lines.join("\n")}\n}\n`;
}

function entryType(paper: Paper): "inproceedings" | "article" | "misc" {
  if (paper.venue) return "inproceedings";
  return paper.details.journalReference ? "article" : "misc";
}

function listFields(paper: Paper, identifiers: readonly Identifier[]): Record<string, string | undefined> {
  const arxiv = identifiers.find((i) => i.scheme === "arxiv")?.value;
  const doi = identifiers.find((i) => i.scheme === "doi" && /^[^{}\\%]+$/.test(i.value))?.value;
  const journal = entryType(paper) === "article" ? paper.details.journalReference : undefined;
  return {
    // Doubled braces keep the capitals of names and acronyms, which many styles would take away.
    title: `{${formatTitle(paper)}}`,
    author: paper.authors.map(formatAuthor).join(" and "),
    booktitle: paper.venue ? escapePlainText(toPlainText(paper.venue)) : undefined,
    journal: journal ? escapePlainText(toPlainText(journal)) : undefined,
    year: paper.year === null ? undefined : String(paper.year),
    eprint: arxiv,
    archivePrefix: arxiv ? "arXiv" : undefined,
    primaryClass: arxiv && paper.primaryCategory ? escapePlainText(paper.primaryCategory) : undefined,
    doi,
    url: formatUrl(paper, { arxiv, doi, identifiers }),
  };
}

/** Formulas of the title as given where it has some; else its clean text, which has one way to be written. */
function formatTitle(paper: Paper): string {
  const given = paper.title.replace(/\s+/g, " ").trim();
  return given.includes("$") ? escapeGivenTex(withoutControls(given)) : escapePlainText(paper.titleText);
}

function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, "");
}

/** "von Family, Jr, Given", which leaves nothing to guess; whole names and names with "and" in them go in braces. */
function formatAuthor(author: Author): string {
  const name = toPlainText(author.name);
  if (author.literal || !author.family) return `{${escapePlainText(name)}}`;
  const parts = [author.family, author.suffix, author.given].filter(
    (part) => part !== undefined && part !== "",
  );
  return parts.map((part) => protectName(toPlainText(part!))).join(", ");
}

/** Commas and "and" have a meaning between names. */
function protectName(part: string): string {
  const escaped = escapePlainText(part);
  return /,|(?:^|\s)and(?:\s|$)/i.test(part) ? `{${escaped}}` : escaped;
}

interface Known {
  arxiv: string | undefined;
  doi: string | undefined;
  identifiers: readonly Identifier[];
}

/** Where an identifier leads before where a link does: an identifier has one address, also when it comes back. */
function formatUrl(paper: Paper, { arxiv, doi, identifiers }: Known): string | undefined {
  if (arxiv) return `https://arxiv.org/abs/${arxiv}`;
  if (doi) return doiLink(doi);
  const [known] = identifierLinks(identifiers);
  if (known !== undefined) return known;
  const link = ["abstract", "site", "pdf", "html", "project"]
    .map((kind) => paper.links.find((l) => l.kind === kind && /^https?:\/\//i.test(l.url)))
    .find((l) => l !== undefined);
  if (!link) return undefined;
  const meant = parseIdentifier(link.url);
  const [canonical] = meant && meant.scheme !== "doi" ? identifierLinks([meant]) : [];
  return canonical ?? link.url.replace(/[{}\\\s]/g, encodeURIComponent);
}

const fillers = new Set(["a", "an", "the", "on", "of", "for", "in", "to", "and", "from", "with"]);

/** "vaswani2017attention": letters and digits only, so that it can never begin another entry. */
export function citationKey(paper: Paper): string {
  const first = paper.authors[0];
  const family = first ? keyPart(first.family ?? first.name.split(" ").at(-1)!) : "";
  const words = paper.titleText.split(/[\s\-–—:]+/).map(keyPart);
  const word = words.find((w) => w.length > 1 && !fillers.has(w)) ?? "";
  return `${family || "anonymous"}${paper.year ?? ""}${word}` || paper.id;
}

function keyPart(text: string): string {
  return foldText(text)
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 40);
}
