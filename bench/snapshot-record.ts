// One line of a generated snapshot, written straight as JSON bytes: nothing in it needs escaping but what is escaped here
// already (TeX's backslashes, line ends, accents).

import { drawAuthors, writeParsed, writeTyped } from "./snapshot-authors.ts";
import type { ByteSheet } from "./snapshot-bytes.ts";
import type { Draw } from "./snapshot-draw.ts";
import { type Month, writeId } from "./snapshot-months.ts";
import {
  abstractWords,
  commentWords,
  crossListShares,
  earlyCategories,
  formulasEach,
  having,
  lateCategories,
  licences,
  present,
  titleWords,
} from "./snapshot-shapes.ts";
import { writeVersions } from "./snapshot-versions.ts";
import type { Language } from "./snapshot-words.ts";

const formulas = [
  "$\\\\alpha$",
  "$O(n \\\\log n)$",
  "$\\\\mathcal{N}=4$",
  "$10^{-3}$",
  "$\\\\sqrt{s}=7$ TeV",
  "$H_0$",
  "$\\\\mathbb{Z}/p\\\\mathbb{Z}$",
  "$k$",
  "$L^2$",
  "$\\\\epsilon>0$",
];
const journals = ["Phys.Rev.D", "Astrophys.J.", "JHEP", "Phys.Lett.B", "Commun.Math.Phys.", "J. Appl. Phys."];
export const lineWidth = 79;

export interface Pen {
  sheet: ByteSheet;
  draw: Draw;
  language: Language;
}

/** Writes a record in the snapshot's order of keys, and its line end. */
export function writeRecord(pen: Pen, month: Month, number: number): void {
  const { sheet, draw } = pen;
  const authors = drawAuthors(pen);
  sheet.text('{"id":"');
  writeId(sheet, month, number);
  sheet.text('","submitter":"');
  writeTyped(pen, authors.slice(0, 1), { plain: true });
  sheet.text('","authors":"');
  writeTyped(pen, authors, { plain: false });
  sheet.text('","title":"');
  writeTitle(pen);
  writeOptional(pen, "comments", present.comments, writeComments);
  writeOptional(pen, "journal-ref", present.journal, () => writeJournal(pen, month.year));
  writeOptional(pen, "doi", present.doi, writeDoi);
  writeOptional(pen, "report-no", present.report, () => writeReport(pen, month));
  sheet.text(',"categories":"');
  writeCategories(pen, month);
  sheet.text('"');
  writeOptional(pen, "license", present.licence, () => sheet.text(draw.byShare(licences)));
  sheet.text(',"abstract":"');
  writeAbstract(pen);
  sheet.text('\\n",');
  writeVersions(pen, month);
  sheet.text(',"authors_parsed":[');
  writeParsed(pen, authors);
  sheet.text("]}\n");
}

/** A field, or null. */
function writeOptional(pen: Pen, name: string, share: number, write: (pen: Pen) => void): void {
  const { sheet, draw } = pen;
  sheet.text(`,"${name}":`);
  const isThere = draw.chance(share);
  sheet.text(isThere ? '"' : "null");
  if (isThere) write(pen);
  if (isThere) sheet.text('"');
}

/** Writes words one by one, each after a space or a line end. */
function writeWords(
  { sheet }: Pen,
  { count, indent, before = 0 }: { count: number; indent: string; before?: number },
  write: (index: number) => void,
): void {
  sheet.startLines(before);
  for (let i = 0; i < count; i++) {
    if (i > 0) sheet.at += 1;
    const from = sheet.at;
    write(i);
    if (i > 0) sheet.wrapBefore(from, lineWidth, indent);
  }
}

function writeTitle(pen: Pen): void {
  const { sheet, draw, language } = pen;
  writeWords(pen, { count: draw.from(titleWords), indent: "  " }, (i) => {
    const from = sheet.at;
    if (draw.chance(0.003)) sheet.text(draw.pick(formulas));
    else if (draw.chance(0.6)) language.word(sheet);
    else language.noun(sheet);
    if (i === 0 || draw.chance(0.7)) sheet.capitalise(from);
  });
  sheet.text('"');
}

/** Sentences of some twenty words, commas, and formulas where the abstract has any; hard-wrapped as the snapshot is. */
function writeAbstract(pen: Pen): void {
  const { sheet, draw, language } = pen;
  const count = draw.from(abstractWords);
  const formulaShare = draw.chance(having.formula) ? formulasEach / count : 0;
  let isFirst = true;
  sheet.text("  ");
  writeWords(pen, { count, indent: "", before: 2 }, (i) => {
    const from = sheet.at;
    if (formulaShare > 0 && draw.chance(formulaShare)) sheet.text(draw.pick(formulas));
    else language.word(sheet);
    if (isFirst) sheet.capitalise(from);
    const mark = draw.unit();
    isFirst = mark < 0.043 || i === count - 1;
    if (isFirst) sheet.text(".");
    else if (mark < 0.12) sheet.text(",");
  });
}

function writeComments(pen: Pen): void {
  const { sheet, draw, language } = pen;
  const count = Math.max(4, draw.from(commentWords));
  writeWords(pen, { count, indent: "  " }, (i) => {
    if (i === 0) sheet.number(4 + draw.below(40));
    else if (i === 1) sheet.text("pages,");
    else if (i === 2) sheet.number(draw.below(15));
    else if (i === 3) sheet.text("figures");
    else language.word(sheet);
  });
}

function writeJournal({ sheet, draw }: Pen, year: number): void {
  sheet.text(draw.pick(journals));
  sheet.number(1 + draw.below(900));
  sheet.text(":");
  sheet.number(1 + draw.below(9_999));
  sheet.text(",");
  sheet.number(year + 1);
}

function writeDoi({ sheet, draw }: Pen): void {
  sheet.text("10.");
  sheet.number(1_000 + draw.below(9_000));
  sheet.text("/x.");
  sheet.number(draw.below(1e9), 9);
}

function writeReport({ sheet, draw, language }: Pen, month: Month): void {
  const from = sheet.at;
  language.noun(sheet);
  for (let i = from; i < sheet.at; i++) sheet.capitalise(i);
  sheet.text(`-${month.name}-`);
  sheet.number(draw.below(99));
}

function writeCategories({ sheet, draw }: Pen, { year, archive }: Month): void {
  const table = year < 2015 ? earlyCategories : lateCategories;
  const chosen = [
    archive
      ? withSubjects.has(archive)
        ? `${archive}.${withSubjects.get(archive)}`
        : archive
      : draw.pick(table),
  ];
  for (let more = draw.ladder(crossListShares); more > 0; more--) {
    const category = draw.pick(table);
    if (!chosen.includes(category)) chosen.push(category);
  }
  sheet.text(chosen.join(" "));
}

/** Archives that are no categories by themselves. */
const withSubjects = new Map([
  ["cs", "CC"],
  ["math", "GM"],
  ["physics", "gen-ph"],
]);
