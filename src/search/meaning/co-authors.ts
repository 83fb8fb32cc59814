// Which papers share an author, for the part of training that puts works of the same people near each other.
import type { Partners } from "./training-corpus.ts";

/** A name on one paper links nothing; one on more is probably several people. */
const minPapersOfName = 2;
const maxPapersOfName = 40;
const maxPartners = 8;

/** `authors[i]`: the names on paper i. Partners share a name; the rarer the name, the heavier: 1 / log2(1 + papers). */
export function findPartners(authors: readonly (readonly string[])[]): Partners {
  const papersOf = groupByName(authors);
  const starts = new Int32Array(authors.length + 1);
  const partners: number[] = [];
  const shares: number[] = [];
  authors.forEach((names, paper) => {
    const heaviest = weighPartners(names, paper, papersOf);
    const total = heaviest.reduce((sum, [, weight]) => sum + weight, 0);
    let running = 0;
    for (const [partner, weight] of heaviest) {
      running += weight / total;
      partners.push(partner);
      shares.push(running);
    }
    starts[paper + 1] = partners.length;
  });
  return { starts, partners: Int32Array.from(partners), shares: Float32Array.from(shares) };
}

function groupByName(authors: readonly (readonly string[])[]): Map<string, number[]> {
  const papersOf = new Map<string, number[]>();
  authors.forEach((names, paper) => {
    for (const name of new Set(names)) {
      const papers = papersOf.get(name);
      if (papers) papers.push(paper);
      else papersOf.set(name, [paper]);
    }
  });
  return papersOf;
}

function weighPartners(
  names: readonly string[],
  paper: number,
  papersOf: Map<string, number[]>,
): [number, number][] {
  const weights = new Map<number, number>();
  for (const name of new Set(names)) {
    const papers = papersOf.get(name)!;
    if (papers.length < minPapersOfName || papers.length > maxPapersOfName) continue;
    const weight = 1 / Math.log2(1 + papers.length);
    for (const other of papers) if (other !== paper) weights.set(other, (weights.get(other) ?? 0) + weight);
  }
  return [...weights].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, maxPartners);
}
