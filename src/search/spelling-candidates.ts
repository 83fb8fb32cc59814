// What a word may have been meant to be: the words one slip from it that the collection holds. Dictionaries are looked into,
// never walked: the number of look-ups depends on the word's length and on nothing else.
import type { Segment } from "./segment.ts";
import { forEachEdit, isRepairable } from "./spelling-edits.ts";
import { stemTerm } from "./unit.ts";

export interface SpellingCandidate {
  /** The words, folded, that have this stem and are one slip away; the likeliest slip first. */
  words: string[];
  /** One, or two where a space was left out. */
  stems: string[];
  /** Papers that hold the stem (the scarcer of two). */
  papers: number;
}

export interface SpellingWork {
  /** Stems looked for in the dictionaries. */
  looked: number;
  /** Postings walked to see which words stand together. */
  postings: number;
}

/** Candidates looked at any further. */
const maxCandidates = 12;
/** Either side of a space that was left out has so many letters. */
const minHalf = 3;

/** The stems one slip from a folded word that papers hold, those of most papers first. */
export function listCandidates(
  word: string,
  segments: readonly Segment[],
  work: SpellingWork,
): SpellingCandidate[] {
  if (!isRepairable(word)) return [];
  const own = stemTerm(word);
  const known = new Map<string, SpellingCandidate>();
  forEachEdit(word, (edited) => {
    const stem = stemTerm(edited);
    const candidate = known.get(stem);
    if (candidate) {
      if (candidate.papers > 0 && !candidate.words.includes(edited)) candidate.words.push(edited);
      return;
    }
    known.set(stem, { words: [edited], stems: [stem], papers: countWith(stem, segments, work) });
  });
  known.delete(own);
  return mostHeld([...known.values()]);
}

/** The pairs of words that a folded word is made of when a space was left out of it. */
export function listSplits(
  word: string,
  segments: readonly Segment[],
  work: SpellingWork,
): SpellingCandidate[] {
  if (!isRepairable(word)) return [];
  const found: SpellingCandidate[] = [];
  for (let at = minHalf; at <= word.length - minHalf; at++) {
    const halves = [word.slice(0, at), word.slice(at)];
    const stems = halves.map(stemTerm);
    const papers = Math.min(...stems.map((stem) => countWith(stem, segments, work)));
    found.push({ words: [halves.join(" ")], stems, papers });
  }
  return mostHeld(found);
}

function mostHeld(candidates: SpellingCandidate[]): SpellingCandidate[] {
  const held = candidates.filter(({ papers }) => papers > 0);
  return held
    .sort((a, b) => b.papers - a.papers || (a.words[0]! < b.words[0]! ? -1 : 1))
    .slice(0, maxCandidates);
}

function countWith(stem: string, segments: readonly Segment[], work: SpellingWork): number {
  work.looked++;
  let papers = 0;
  for (const segment of segments) {
    const term = segment.findTerm(stem);
    if (term >= 0) papers += segment.countPapers(term);
  }
  return papers;
}
