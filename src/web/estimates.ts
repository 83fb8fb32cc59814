// Guesses how tall a paper will be set, in pixels of the four-column page, to fill columns on the server. Needs no browser:
// a wrong guess costs a little white, never a broken page.
import type { EditionItem } from "../editions/edition.ts";
import { cutAbstract } from "../reading/key-sentences.ts";

/** Characters of an abstract for each step; below octavo a paper is its headline. */
export const abstractBudgets: Readonly<Record<number, number>> = { 1: 700, 2: 340, 3: 200, 4: 0, 5: 0 };

/** Average characters that a line of one column (282 px) takes. */
const headlineChars: Readonly<Record<number, number>> = { 3: 23, 4: 32 };
const headlineLeading: Readonly<Record<number, number>> = { 3: 30, 4: 24 };
const abstractChars = 38;
const abstractLeading = 24;
/** Rank, by-line and the space around them. */
const framePixels = 84;

export function estimatePaperHeight({ paper, step }: EditionItem): number {
  const headline = linesOf(paper.titleText.length, headlineChars[step] ?? 23) * (headlineLeading[step] ?? 30);
  const budget = abstractBudgets[step] ?? 0;
  const abstract = budget === 0 ? 0 : cutAbstract(paper.abstractText, budget).text.length;
  return framePixels + headline + linesOf(abstract, abstractChars) * abstractLeading;
}

const briefLeading = 24;
const briefPadding = 7;
/** Column and gap, less what rank and marks take, over the average letter. */
const columnPixels = 306;
const briefAsidePixels = 80;
const briefLetterPixels = 6.4;

/** A one-line brief set across so many columns. */
export function estimateLineHeight({ paper }: EditionItem, columns: number): number {
  const chars = (columns * columnPixels - briefAsidePixels) / briefLetterPixels;
  return linesOf(paper.titleText.length, chars) * briefLeading + briefPadding;
}

function linesOf(chars: number, perLine: number): number {
  return Math.ceil(chars / perLine);
}
