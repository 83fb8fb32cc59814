// The id of a paper in the hub's own form, which its programs expect: four digits, a point, five digits.
import { parseArxiv } from "./identifiers.ts";
import type { Paper } from "./paper.ts";

const firstYear = 0;
/** January 2000 to March 2007: arXiv's ids of this form begin in April 2007, so no paper of arXiv has or will get one of these. */
const months = 7 * 12 + 3;
const numbersAMonth = 99_999;

/**
 * The arXiv id where there is one. Other papers get an id that reads as one everywhere (as text, as a date, as part of an
 * address) and is none: their number here, counted through the months before arXiv had ids of this form. "0001.00042" is
 * paper 42. Beyond 8,699,913 papers the paper's own id stands.
 */
export function formatHubId({ id, pk }: Pick<Paper, "id" | "pk">): string {
  const month = Math.floor((pk - 1) / numbersAMonth);
  if (parseArxiv(id) !== null || pk < 1 || month >= months) return id;
  const year = firstYear + Math.floor(month / 12);
  const number = ((pk - 1) % numbersAMonth) + 1;
  return `${pad(year, 2)}${pad((month % 12) + 1, 2)}.${pad(number, 5)}`;
}

/** The pk behind an id that `formatHubId` made for a paper that arXiv does not have; null for every other text. */
export function parseHubId(text: string): number | null {
  const match = /^(0[0-7])(0[1-9]|1[0-2])\.(\d{5})(?:v\d{1,4})?$/.exec(text.trim());
  if (!match) return null;
  const month = (Number(match[1]) - firstYear) * 12 + Number(match[2]) - 1;
  const number = Number(match[3]);
  return month < months && number > 0 ? month * numbersAMonth + number : null;
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, "0");
}
