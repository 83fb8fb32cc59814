// The labelled papers that bench/taste.ts ranks: IJCAI by area and year, AAAI 2022 for tuning; and the tasks made of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { toPlainText } from "../../src/lib/plain-text.ts";
import { openRandom, shuffledOrder } from "../../src/lib/random.ts";

export interface BenchPaper {
  title: string;
  abstract: string;
  authors: string[];
  area: string;
  venue: string;
  year: number;
}

/** All conference papers with an area, clean text. */
export function readLabelled(shared: string): BenchPaper[] {
  const lines = gunzipSync(readFileSync(join(shared, "corpus", "conference-papers.jsonl.gz")))
    .toString()
    .split("\n")
    .filter((line) => line !== "");
  return lines
    .map((line) => JSON.parse(line) as BenchPaper)
    .filter(({ area }) => Boolean(area))
    .map((paper) => ({ ...paper, title: toPlainText(paper.title), abstract: toPlainText(paper.abstract) }));
}

/** Papers of one set to choose examples from, and those of another to rank. */
export interface Setting {
  name: string;
  from: BenchPaper[];
  next: BenchPaper[];
}

/** Reported on: each of the years, and the whole year after. */
export function testSettings(papers: readonly BenchPaper[]): Setting[] {
  return [2020, 2021, 2022].map((year) => ({
    name: `IJCAI ${year} to ${year + 1}`,
    from: ijcai(papers, year),
    next: ijcai(papers, year + 1),
  }));
}

/** Tuned on: a later pair of years, and halves of another conference. */
export function tuningSettings(papers: readonly BenchPaper[]): Setting[] {
  const aaai = papers.filter(({ venue }) => venue === "AAAI");
  const order = [...shuffledOrder(aaai.length, openRandom(9))].map((i) => aaai[i]!);
  return [
    { name: "IJCAI 2023 to 2024", from: ijcai(papers, 2023), next: ijcai(papers, 2024) },
    {
      name: "AAAI 2022, halves",
      from: order.slice(0, order.length >> 1),
      next: order.slice(order.length >> 1),
    },
  ];
}

function ijcai(papers: readonly BenchPaper[], year: number): BenchPaper[] {
  return papers.filter((paper) => paper.venue === "IJCAI" && paper.year === year);
}

export interface Task {
  setting: Setting;
  area: string;
  /** Places in setting.from. */
  given: number[];
  /** Beside setting.next. */
  wanted: boolean[];
}

/** For every area that both sides hold and that has `given` papers to draw from: so many seeded draws. */
export function tasksOf(setting: Setting, given: number, draws: number): Task[] {
  const areas = [...new Set(setting.from.map(({ area }) => area))].sort();
  return areas.flatMap((area, a) => {
    const own = setting.from.flatMap((paper, i) => (paper.area === area ? [i] : []));
    const wanted = setting.next.map((paper) => paper.area === area);
    if (own.length < given || !wanted.includes(true)) return [];
    return Array.from({ length: draws }, (_, draw) => {
      const order = shuffledOrder(own.length, openRandom(1, given, draw, a, setting.from.length));
      return { setting, area, wanted, given: [...order.slice(0, given)].map((i) => own[i]!) };
    });
  });
}

/** Area under the ROC curve, equal scores counted as half. */
export function aucOf(scores: ArrayLike<number>, wanted: readonly boolean[]): number {
  const order = [...wanted.keys()].sort((a, b) => scores[a]! - scores[b]!);
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let at = from; at < to; at++) if (wanted[order[at]!]) ranks += (from + to + 1) / 2;
    from = to;
  }
  const positives = wanted.filter(Boolean).length;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (wanted.length - positives));
}

/** Part of the ten best that is wanted. */
export function precisionAt10(scores: ArrayLike<number>, wanted: readonly boolean[]): number {
  const best = [...wanted.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, 10);
  return best.filter((i) => wanted[i]).length / 10;
}
