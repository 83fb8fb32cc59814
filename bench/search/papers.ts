// The collections of the search benchmark: the conference papers themselves, and as many more made of their sentences.
//
// A made paper belongs to the venue and year of a real one drawn at random. Its title is the beginning of one title of that
// venue and the end of another; its abstract as many sentences as the drawn paper's, each from another abstract of the
// venue; its authors are those of the drawn paper. So words are as frequent as in the real ones, and no two papers the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { toPlainText } from "../../src/lib/plain-text.ts";
import { openRandom, type Random } from "../../src/lib/random.ts";

export interface BenchPaper {
  key: number;
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  venue: string;
  year: number;
}

export const shared = process.env.BROADSHEET_SHARED ?? "../shared";
const seed = 20_261_122;

/** The real papers, keys from 1. */
export function readRealPapers(): BenchPaper[] {
  const text = gunzipSync(readFileSync(join(shared, "corpus", "conference-papers.jsonl.gz"))).toString();
  return text
    .trimEnd()
    .split("\n")
    .map((line, i) => {
      const { id, title, abstract = "", authors = [], venue = "", year = 0 } = JSON.parse(line);
      return {
        key: i + 1,
        id,
        title: toPlainText(title),
        abstract: toPlainText(abstract),
        authors,
        venue,
        year,
      };
    });
}

/** Paper number `key` (from 1): a real one, or one made of real ones; the same for the same key, whatever is asked before. */
export function openPapers(real: readonly BenchPaper[]): (key: number) => BenchPaper {
  const venues = new Map<string, BenchPaper[]>();
  for (const paper of real) {
    const list = venues.get(paper.venue);
    if (list) list.push(paper);
    else venues.set(paper.venue, [paper]);
  }
  return (key) => (key <= real.length ? real[key - 1]! : makePaper(key, real, venues));
}

function makePaper(
  key: number,
  real: readonly BenchPaper[],
  venues: ReadonlyMap<string, readonly BenchPaper[]>,
): BenchPaper {
  const random = openRandom(seed, key);
  const base = draw(real, random);
  const same = venues.get(base.venue)!;
  const count = sentencesOf(base.abstract).length;
  const sentences = Array.from({ length: count }, () =>
    draw(sentencesOf(draw(same, random).abstract), random),
  );
  return {
    ...base,
    key,
    id: `made:${key}`,
    title: `${half(draw(same, random).title, 0)} ${half(draw(same, random).title, 1)}`,
    abstract: sentences.join(" "),
  };
}

function draw<T>(list: readonly T[], random: Random): T {
  return list[random.below(list.length)]!;
}

export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]) (?=[A-Z])/);
}

function half(title: string, which: 0 | 1): string {
  const words = title.split(" ");
  const middle = Math.ceil(words.length / 2);
  return (which === 0 ? words.slice(0, middle) : words.slice(middle)).join(" ");
}
