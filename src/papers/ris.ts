// A paper as RIS: CPAPER where there is a venue, JOUR with a journal reference, else UNPB, an unpublished work.
import { toPlainText } from "../lib/plain-text.ts";
import { identifierLinks, mainIdentifier, oneLineText, statedDates } from "./citation-fields.ts";
import type { Author, Identifier, Paper } from "./paper.ts";

/** One entry from TY to ER, ending in a newline; lines end in CRLF, as the format has it. */
export function formatRis(paper: Paper, identifiers: readonly Identifier[]): string {
  const doi = identifiers.find(({ scheme }) => scheme === "doi")?.value;
  const { year, day, postedOn } = statedDates(paper);
  const isPart = paper.venue !== null;
  const journal = isPart ? undefined : paper.details.journalReference;
  const fields: [string, string | undefined][] = [
    ["TY", isPart ? "CPAPER" : journal === undefined ? "UNPB" : "JOUR"],
    ["TI", oneLineText(paper.title, paper.titleText)],
    ...paper.authors.map((author): [string, string] => ["AU", formatAuthor(author)]),
    ["PY", year === null ? undefined : String(year)],
    ["DA", day?.replaceAll("-", "/")],
    ["T2", paper.venue === null ? undefined : toPlainText(paper.venue)],
    ["JO", journal === undefined ? undefined : toPlainText(journal)],
    ["AB", paper.abstractKind === "abstract" ? oneLineText(paper.abstract, paper.abstractText) : undefined],
    ...(paper.details.keywords ?? []).map((word): [string, string] => ["KW", toPlainText(word)]),
    ["DO", doi],
    ["AN", mainIdentifier(paper, identifiers)],
    ...identifierLinks(identifiers).map((url): [string, string] => ["UR", url]),
    ["N1", postedOn === undefined ? undefined : `First posted ${postedOn}.`],
    ["ER", ""],
  ];
  const lines = fields
    .filter(([, value]) => value !== undefined)
    .map(([tag, value]) => `${tag}  - ${flatten(value!)}`);
  return `${lines.join("\r\n")}\r\n`;
}

/** A line break in a value would begin another tag. */
function flatten(value: string): string {
  return value.replace(/[\s\p{Cc}]+/gu, " ").trimEnd();
}

/** "Family, Given, Suffix"; a whole name ends in a comma. Commas within a part would move its borders. */
function formatAuthor(author: Author): string {
  if (author.literal || author.family === undefined) return `${toPlainText(author.name)},`;
  const parts = [author.family, author.given ?? "", author.suffix ?? ""].map((part) =>
    toPlainText(part).replaceAll(",", " ").replace(/\s+/g, " ").trim(),
  );
  while (parts.at(-1) === "") parts.pop();
  return parts.join(", ");
}
