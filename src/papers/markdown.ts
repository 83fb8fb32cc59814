// Papers as Markdown (CommonMark 0.31): a numbered list for notes, issues and chats. What stands in a paper stays text.
import { mainLink, oneLineText } from "./citation-fields.ts";
import type { Identifier, Paper } from "./paper.ts";

const mostAuthors = 6;
const mostAbstractChars = 1_500;

/** An entry of a list, ending in an empty line: title, authors, where and when, the abstract as a quotation. */
export function markdownEntry(paper: Paper, identifiers: readonly Identifier[], number = 1): string {
  const url = mainLink(identifiers);
  const title = escapeMarkdown(oneLineText(paper.titleText, paper.titleText));
  const head =
    url === undefined ? `**${title}**` : `**[${title}](<${url.replace(/[<>\n]/g, encodeURIComponent)}>)**`;
  const lines = [
    `${number}. ${head}`,
    ...[authorsOf(paper), whereOf(paper)].filter(Boolean).map((line) => `   ${line}`),
  ];
  const abstract = escapeMarkdown(oneLineText(paper.abstractText, paper.abstractText));
  if (abstract !== "") lines.push("", `   > ${cut(abstract, mostAbstractChars)}`);
  return `${lines.join("  \n").replace(/ {2}\n {2}\n/g, "\n\n")}\n\n`;
}

function authorsOf({ authors }: Paper): string {
  const names = authors.slice(0, mostAuthors).map(({ name }) => escapeMarkdown(name.replace(/\s+/g, " ")));
  const more = authors.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function whereOf({ id, venue, primaryCategory, publishedOn, year }: Paper): string {
  const parts = [venue ?? primaryCategory, publishedOn ?? year?.toString(), id];
  return escapeMarkdown(parts.filter(Boolean).join(" · "));
}

/**
 * The text as text: what CommonMark and its wider dialects (tables, strikethrough, formulas, mentions, addresses that become
 * links) give a meaning gets a backslash (CommonMark 2.4), elsewhere the file stays readable.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~|&$@]|:(?=\/\/)|(?<=\bwww)\./gi, "\\$&")
    .replace(/^(?:[#+\-=:]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

function cut(text: string, mostChars: number): string {
  return text.length <= mostChars ? text : `${text.slice(0, text.lastIndexOf(" ", mostChars))} …`;
}
