// A paper as CSL-JSON (citationstyles.org, schema 1.0.2), which Zotero, pandoc and citeproc read.
import type { Day } from "../lib/clock.ts";
import { toPlainText } from "../lib/plain-text.ts";
import { mainIdentifier, mainLink, oneLineText, statedDates } from "./citation-fields.ts";
import { formatIdentifier } from "./identifiers.ts";
import type { Author, Identifier, Paper, Scheme } from "./paper.ts";

export interface CslDate {
  "date-parts": [[number, number?, number?]];
}

export type CslName = { literal: string } | { family: string; given?: string; suffix?: string };

/** One item of CSL-JSON, as far as we say it. */
export interface CslItem {
  id: string;
  type: "article" | "article-journal" | "paper-conference";
  title: string;
  author?: CslName[];
  issued?: CslDate;
  /** When it was first posted, where the citation has another year. */
  submitted?: CslDate;
  "container-title"?: string;
  publisher?: string;
  number?: string;
  DOI?: string;
  URL?: string;
  abstract?: string;
  keyword?: string;
  /** "arXiv:2606.10420", where Zotero keeps what it has no field for. */
  note?: string;
  /** Every identifier, as parseIdentifier reads it. */
  custom?: { identifiers: string[] };
}

/** One paper as a file: an array of one item. */
export function formatCslJson(paper: Paper, identifiers: readonly Identifier[]): string {
  return `${JSON.stringify([cslItem(paper, identifiers)], null, 2)}\n`;
}

/** The item, for files of several. */
export function cslItem(paper: Paper, identifiers: readonly Identifier[]): CslItem {
  const arxiv = identifiers.some(({ scheme }) => scheme === "arxiv");
  const doi = identifiers.find(({ scheme }) => scheme === "doi")?.value;
  const main = mainIdentifier(paper, identifiers);
  const { year, day, postedOn } = statedDates(paper);
  const container = paper.venue ?? paper.details.journalReference;
  const item: CslItem = {
    id: paper.id,
    type: paper.venue !== null ? "paper-conference" : container === undefined ? "article" : "article-journal",
    title: oneLineText(paper.title, paper.titleText),
  };
  if (paper.authors.length > 0) item.author = paper.authors.map(nameOf);
  if (day !== undefined) item.issued = dateOf(day);
  else if (year !== null) item.issued = { "date-parts": [[year]] };
  if (postedOn !== undefined) item.submitted = dateOf(postedOn);
  if (container !== undefined) item["container-title"] = toPlainText(container);
  else if (arxiv) item.publisher = "arXiv";
  if (arxiv && main !== undefined) item.number = main;
  if (doi !== undefined) item.DOI = doi;
  const url = mainLink(identifiers);
  if (url !== undefined) item.URL = url;
  if (paper.abstractKind === "abstract") item.abstract = oneLineText(paper.abstract, paper.abstractText);
  if (paper.details.keywords?.length) item.keyword = paper.details.keywords.map(toPlainText).join(", ");
  if (main !== undefined) item.note = main;
  const all = identifiers.filter(({ scheme }) => shared.has(scheme)).map(formatIdentifier);
  // Ours too where nothing else says it: `id` has to be the same when it comes back.
  if (!arxiv && all.length > 0) all.push(formatIdentifier({ scheme: "broadsheet", value: paper.id }));
  if (all.length > 0) item.custom = { identifiers: all };
  return item;
}

/** Identifiers that mean something elsewhere. */
const shared: ReadonlySet<Scheme> = new Set(["arxiv", "doi", "acl", "openreview"] as const);

/** A family name keeps its particles, which processors find by themselves. */
function nameOf(author: Author): CslName {
  if (author.literal || author.family === undefined) return { literal: toPlainText(author.name) };
  const name: CslName = { family: toPlainText(author.family) };
  if (author.given) name.given = toPlainText(author.given);
  if (author.suffix) name.suffix = toPlainText(author.suffix);
  return name;
}

function dateOf(day: Day): CslDate {
  const [year, month, date] = day.split("-").map(Number);
  return { "date-parts": [[year!, month!, date!]] };
}
