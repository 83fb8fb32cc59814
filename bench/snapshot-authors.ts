// Authors of a generated record, written twice: as the submitter typed them, and parsed.
import type { Pen } from "./snapshot-record.ts";
import { authorCounts, crowds, having } from "./snapshot-shapes.ts";

interface DrawnAuthor {
  family: number;
  /** A name, or letters of initials. */
  given: number | string;
  /** Index of an accented ending of the family name; -1 for most. */
  accent: number;
  affiliation: number | null;
}

/** The same ending as TeX and as the dump's JSON writes it parsed. */
const accents: readonly [tex: string, parsed: string][] = [
  ["\\\\'e", "\\u00e9"],
  ['\\\\\\"o', "\\u00f6"],
  ["{\\\\o}", "\\u00f8"],
  ["\\\\v{c}", "\\u010d"],
];

export function drawAuthors({ draw, language }: Pen): DrawnAuthor[] {
  const rare = draw.unit();
  const count =
    rare < crowds.thousands
      ? 3_000
      : rare < crowds.hundreds
        ? 100 + draw.below(500)
        : draw.from(authorCounts);
  const withAffiliations = draw.chance(having.affiliation);
  return Array.from({ length: count }, () => ({
    family: language.drawName(),
    given: draw.chance(having.initials) ? drawInitials(draw.below(26), draw.below(65)) : language.drawName(),
    accent: draw.chance(having.accent / 3) ? draw.below(accents.length) : -1,
    affiliation: withAffiliations ? language.drawName() : null,
  }));
}

/** "A. B.", or "A." when the second is no letter. */
function drawInitials(first: number, second: number): string {
  const letter = (i: number) => `${String.fromCharCode(65 + i)}.`;
  return second < 26 ? `${letter(first)} ${letter(second)}` : letter(first);
}

function writeGiven({ sheet, language }: Pen, { given }: DrawnAuthor): void {
  if (typeof given === "string") sheet.text(given);
  else language.name(sheet, given);
}

/** "A. B. Family, Given Family (Place) and Given Family"; plain: without accents and places. */
export function writeTyped(pen: Pen, authors: readonly DrawnAuthor[], { plain }: { plain: boolean }): void {
  const { sheet, draw, language } = pen;
  const withAnd = !plain && draw.chance(having.and);
  sheet.startLines();
  for (const [i, author] of authors.entries()) {
    if (i > 0) sheet.at += 1;
    const from = sheet.at;
    writeGiven(pen, author);
    sheet.text(" ");
    language.name(sheet, author.family);
    if (!plain && author.accent >= 0) sheet.text(accents[author.accent]![0]);
    if (!plain && author.affiliation !== null) {
      sheet.text(" (");
      language.name(sheet, author.affiliation);
      sheet.text(" University)");
    }
    if (i < authors.length - 1) sheet.text(withAnd && i === authors.length - 2 ? " and" : ",");
    if (i > 0) sheet.wrapBefore(from, 79, "  ");
  }
}

/** ["Family","Given",""],["Family","Given","","Place"] */
export function writeParsed(pen: Pen, authors: readonly DrawnAuthor[]): void {
  const { sheet, language } = pen;
  for (const [i, author] of authors.entries()) {
    sheet.text(i === 0 ? '["' : ',["');
    language.name(sheet, author.family);
    if (author.accent >= 0) sheet.text(accents[author.accent]![1]);
    sheet.text('","');
    writeGiven(pen, author);
    sheet.text('",""');
    if (author.affiliation !== null) {
      sheet.text(',"');
      language.name(sheet, author.affiliation);
      sheet.text(' University"');
    }
    sheet.text("]");
  }
}
