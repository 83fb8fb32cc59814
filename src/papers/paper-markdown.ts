// A paper's page as Markdown (CommonMark 0.31), for programs that read text. What stands in a paper stays text.
import { doiLink, identifierLinks, oneLineText } from "./citation-fields.ts";
import { escapeMarkdown } from "./markdown.ts";
import type { Identifier, LinkKind, Paper } from "./paper.ts";

const mostAuthors = 100;

/** What the addresses of a paper are called, for people. */
export const linkLabels: Readonly<Record<LinkKind, string>> = {
  abstract: "Abstract page",
  pdf: "PDF",
  html: "HTML",
  code: "Code",
  project: "Project page",
  site: "Site",
};

export interface PaperMarkdownOptions {
  identifiers: readonly Identifier[];
  /** Absolute address of the paper's page here. */
  pageUrl: string;
  /** Null: nobody counted. */
  votes: number | null;
}

/** Title, who, where and when, addresses, and the abstract under a heading of its own. */
export function formatPaperMarkdown(paper: Paper, options: PaperMarkdownOptions): string {
  const facts = [...listFacts(paper, options), ...listAddresses(paper, options)];
  const heading = paper.abstractKind === "summary" ? "Summary" : "Abstract";
  const abstract = textOf(paper.abstractText) || "No abstract is held.";
  return [
    `# ${textOf(paper.titleText)}`,
    ...(paper.withdrawn ? ["**This paper has been withdrawn.**"] : []),
    authorsOf(paper),
    facts.map((fact) => `- ${fact}`).join("\n"),
    `## ${heading}`,
    `${abstract}\n`,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function textOf(text: string): string {
  return escapeMarkdown(oneLineText(text, text));
}

function authorsOf({ authors }: Paper): string {
  const names = authors.slice(0, mostAuthors).map(({ name }) => textOf(name));
  const more = authors.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function listFacts(paper: Paper, { votes }: PaperMarkdownOptions): string[] {
  const { id, publishedOn, updatedOn, year, venue, categories, details } = paper;
  const said: [string, string | undefined][] = [
    ["Id", id],
    ["Published", publishedOn ?? year?.toString()],
    ["Updated", updatedOn === publishedOn ? undefined : (updatedOn ?? undefined)],
    ["Venue", venue ?? undefined],
    ["Categories", categories.join(", ")],
    ["Comments", details.comments],
    ["Journal reference", details.journalReference],
    ["Votes", votes?.toString()],
  ];
  return said.flatMap(([label, value]) => (value ? [textOf(`${label}: ${value}`)] : []));
}

/** Each address once; those of its identifiers, then the harvested ones. */
function listAddresses({ links }: Paper, { identifiers, pageUrl }: PaperMarkdownOptions): string[] {
  const doi = identifiers.find(({ scheme }) => scheme === "doi")?.value;
  const derived = [...(doi === undefined ? [] : [doiLink(doi)]), ...identifierLinks(identifiers)];
  const found = new Map([[pageUrl, "Page"]]);
  for (const url of derived) found.set(url, found.get(url) ?? "At");
  for (const { kind, url } of links) {
    const address = /^https?:\/\//i.test(url) ? URL.parse(url)?.href : undefined;
    if (address !== undefined && !found.has(address)) found.set(address, linkLabels[kind]);
  }
  return [...found].map(([url, label]) => `${label}: <${url.replace(/[<>\s]/g, encodeURIComponent)}>`);
}
