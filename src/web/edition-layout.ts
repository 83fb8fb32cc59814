// Makes up the page: which paper stands in which column. Pure; rank order is kept in the markup, so that one column is right.
import type { Edition, EditionItem, Field } from "../editions/edition.ts";
import { estimateLineHeight, estimatePaperHeight } from "./estimates.ts";

/** Papers below each other, or one-line briefs, in so many of the row's columns. */
export interface Cell {
  columns: number;
  papers: EditionItem[];
  lines: EditionItem[];
}

export type Row = Cell[];

export interface SectionLayout {
  field: Field;
  /** All papers of the field, those on the front included. */
  papers: number;
  share: number;
  onFront: number;
  /** 4: the whole width; 2: shares its row with another small section. */
  columns: 2 | 4;
  rows: Row[];
  /** Briefs below the rows, across the section. */
  lines: EditionItem[];
}

export interface EditionLayout {
  /** Rank 1. */
  lead: EditionItem;
  /** Folios in pairs. */
  front: Row[];
  sections: SectionLayout[];
  /** Every field of the edition, heaviest first, for the line of shares. */
  shares: { field: Field; share: number; papers: number }[];
}

/** A section with fewer papers shares a row with another. */
const smallSection = 5;

export function layoutEdition(edition: Edition): EditionLayout {
  const [lead, ...others] = edition.items;
  const folios = others.filter((item) => item.step === 2);
  const fields = rankFields(edition.items);
  const sections = fields.flatMap(({ field, share, papers }) => {
    const body = others.filter((item) => item.field === field && item.step > 2);
    return body.length > 0 ? [{ field, share, papers, body }] : [];
  });
  return {
    lead: lead!,
    front: chunk(folios, 2).map((pair) => pair.map((item) => paperCell(4 / pair.length, [item]))),
    sections: sizeSections(sections),
    shares: fields,
  };
}

function rankFields(items: readonly EditionItem[]) {
  return [...Map.groupBy(items, (item) => item.field)]
    .map(([field, own]) => ({
      field,
      papers: own.length,
      share: own.reduce((sum, item) => sum + item.share, 0),
    }))
    .sort((a, b) => b.share - a.share || b.papers - a.papers || (a.field < b.field ? -1 : 1));
}

interface SectionInput {
  field: Field;
  share: number;
  papers: number;
  body: EditionItem[];
}

/** Large sections first, then the small ones in pairs; a small one left over takes the whole width. */
function sizeSections(sections: readonly SectionInput[]): SectionLayout[] {
  const large = sections.filter(({ body }) => body.length >= smallSection);
  const small = sections.filter(({ body }) => body.length < smallSection);
  const paired = small.length - (small.length % 2);
  return [
    ...large.map((section) => layoutSection(section, 4)),
    ...small.map((section, i) => layoutSection(section, i < paired ? 2 : 4)),
  ];
}

function layoutSection({ field, share, papers, body }: SectionInput, columns: 2 | 4): SectionLayout {
  const { rows, lines } = layoutBody(body, columns);
  return { field, share, papers, onFront: papers - body.length, columns, rows, lines };
}

interface BodyLayout {
  rows: Row[];
  lines: EditionItem[];
}

/**
 * Quartos stand side by side, octavos (half as tall) one or two in a column, whichever makes the section shorter. Where a
 * row is not full, the first briefs take its free columns; without briefs its papers widen. So no row has a hole.
 */
export function layoutBody(body: readonly EditionItem[], columns: number): BodyLayout {
  const quartos = body.filter((item) => item.step <= 3).map((item) => [item]);
  const octavos = body.filter((item) => item.step === 4);
  const lines = body.filter((item) => item.step === 5);
  const fewest = Math.ceil(octavos.length / 2);
  const candidates = Array.from({ length: octavos.length - fewest + 1 }, (_, more) => {
    const cells = [...quartos, ...stackOctavos(octavos, fewest + more)].map((papers) => paperCell(1, papers));
    return fillLastRow(chunk(cells, columns), lines, columns);
  });
  return candidates.reduce((best, layout) =>
    heightOfBody(layout, columns) < heightOfBody(best, columns) ? layout : best,
  );
}

/** So many cells of one or two; the higher ranked stand in pairs. */
function stackOctavos(octavos: readonly EditionItem[], cells: number): EditionItem[][] {
  const paired = 2 * (octavos.length - cells);
  return [...chunk(octavos.slice(0, paired), 2), ...octavos.slice(paired).map((item) => [item])];
}

function fillLastRow(rows: Row[], lines: EditionItem[], columns: number): BodyLayout {
  const last = rows.at(-1);
  if (!last || last.length === columns) return { rows, lines };
  if (lines.length === 0) return { rows: rows.with(-1, widen(last, columns)), lines };
  const free = columns - last.length;
  const taken = countFitting(lines, free, heightOfRow(last));
  const briefs: Cell = { columns: free, papers: [], lines: lines.slice(0, taken) };
  return { rows: rows.with(-1, [...last, briefs]), lines: lines.slice(taken) };
}

/** Spreads the cells of an unfinished row over all columns, the first taking what is over. */
function widen(row: Row, columns: number): Row {
  const each = Math.floor(columns / row.length);
  const over = columns - each * row.length;
  return row.map((cell, i) => ({ ...cell, columns: each + (i === 0 ? over : 0) }));
}

/** A few briefs more than fit are better beside than alone below. */
const overhangPixels = 40;
const loneBriefs = 2;

/** How many briefs fit beside papers of that height; at least one. */
function countFitting(lines: readonly EditionItem[], columns: number, height: number): number {
  let used = 0;
  const over = lines.findIndex((line) => {
    used += estimateLineHeight(line, columns);
    return used > height + overhangPixels;
  });
  if (over === -1 || lines.length - over <= loneBriefs) return lines.length;
  return Math.max(1, over);
}

function heightOfBody({ rows, lines }: BodyLayout, columns: number): number {
  const below = lines.reduce((sum, line) => sum + estimateLineHeight(line, columns), 0);
  return rows.reduce((sum, row) => sum + heightOfRow(row), below);
}

function heightOfRow(row: Row): number {
  return Math.max(...row.map(heightOfCell));
}

function heightOfCell({ papers, lines, columns }: Cell): number {
  const tall = papers.reduce((sum, paper) => sum + estimatePaperHeight(paper), 0);
  return lines.reduce((sum, line) => sum + estimateLineHeight(line, columns), tall);
}

function paperCell(columns: number, papers: EditionItem[]): Cell {
  return { columns, papers, lines: [] };
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
