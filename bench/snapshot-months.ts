// Which identifiers a snapshot of so many papers holds, and when they were submitted: the archive grew.
import type { ByteSheet } from "./snapshot-bytes.ts";

export interface Month {
  /** "2608" */
  name: string;
  year: number;
  /** 0-based. */
  month: number;
  papers: number;
  /** "hep-th" for identifiers of the old style. */
  archive?: string;
}

/** Of three million papers so many have an identifier of before April 2007. */
const oldShare = 0.14;
const oldArchives = [
  "astro-ph",
  "cond-mat",
  "cs",
  "gr-qc",
  "hep-ex",
  "hep-ph",
  "hep-th",
  "math",
  "nucl-th",
  "physics",
  "quant-ph",
];
/** Papers a month at the change of style and at the end, relative to each other. */
const firstRate = 4_500;
const lastRate = 28_000;
/** Months before 2015 have numbers of four digits. */
const mostInFourDigits = 9_999;
const mostInThreeDigits = 999;

/** In the snapshot's order: new style by month, then the old by archive. The counts add up to `total`. */
export function listMonths(total: number): Month[] {
  const old = listOldMonths(Math.floor(total * oldShare));
  const held = old.reduce((sum, { papers }) => sum + papers, 0);
  return [...listNewMonths(total - held), ...old];
}

function listNewMonths(total: number): Month[] {
  const months = range(2007, 3, 2026, 9);
  const rates = months.map((_, i) => firstRate + ((lastRate - firstRate) * i) / (months.length - 1));
  const all = rates.reduce((sum, rate) => sum + rate, 0);
  let left = total;
  const counted = months.map(({ year, month }, i) => {
    const share = Math.round((total * rates[i]!) / all);
    const papers = Math.min(left, year < 2015 ? Math.min(share, mostInFourDigits) : share);
    left -= papers;
    return { year, month, name: nameOf(year, month), papers };
  });
  counted.at(-1)!.papers += left;
  return counted.filter(({ papers }) => papers > 0);
}

function listOldMonths(total: number): Month[] {
  const months = range(1993, 0, 2007, 2);
  const slots = oldArchives.flatMap((archive) => months.map((month) => ({ archive, ...month })));
  const upTo = (slot: number) => Math.floor((slot * total) / slots.length);
  return slots
    .map(({ archive, year, month }, i) => {
      const papers = Math.min(mostInThreeDigits, upTo(i + 1) - upTo(i));
      return { archive, year, month, name: nameOf(year, month), papers };
    })
    .filter(({ papers }) => papers > 0);
}

function range(
  fromYear: number,
  fromMonth: number,
  toYear: number,
  toMonth: number,
): { year: number; month: number }[] {
  const length = (toYear - fromYear) * 12 + toMonth - fromMonth + 1;
  return Array.from({ length }, (_, i) => ({
    year: fromYear + Math.floor((fromMonth + i) / 12),
    month: (fromMonth + i) % 12,
  }));
}

function nameOf(year: number, month: number): string {
  return `${String(year % 100).padStart(2, "0")}${String(month + 1).padStart(2, "0")}`;
}

/** "2608.01234", "0806.4129", "hep-th/9901002"; `number` from 1. */
export function writeId(sheet: ByteSheet, { name, year, archive }: Month, number: number): void {
  if (archive) sheet.text(`${archive}/`);
  sheet.text(archive ? name : `${name}.`);
  sheet.number(number, archive ? 3 : year < 2015 ? 4 : 5);
}
