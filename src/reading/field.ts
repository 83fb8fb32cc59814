// Which section of the page a paper belongs to: by its archive categories, else by the words of its title and abstract.
import { fieldWords } from "./field-words.ts";

/** Sections of the front page, in the order of a tie. */
export const fieldNames = [
  "Language",
  "Vision",
  "Agents",
  "Robots",
  "Speech and audio",
  "Retrieval",
  "Learning",
  "Systems",
  "Theory",
  "Science",
] as const;

export type FieldName = (typeof fieldNames)[number];

export interface FieldInput {
  /** arXiv categories, primary first; may be empty. */
  categories: readonly string[];
  titleText: string;
  abstractText: string;
  keywords?: readonly string[];
}

const byCategory = new Map<string, FieldName>(
  Object.entries({
    "cs.CL": "Language",
    "cs.CV": "Vision",
    "cs.GR": "Vision",
    "eess.IV": "Vision",
    "cs.MM": "Vision",
    "cs.MA": "Agents",
    "cs.RO": "Robots",
    "eess.SY": "Robots",
    "cs.SY": "Robots",
    "cs.SD": "Speech and audio",
    "eess.AS": "Speech and audio",
    "cs.IR": "Retrieval",
    "cs.DL": "Retrieval",
    "cs.LG": "Learning",
    "cs.NE": "Learning",
    "stat.ML": "Learning",
    "cs.DC": "Systems",
    "cs.AR": "Systems",
    "cs.OS": "Systems",
    "cs.PF": "Systems",
    "cs.DB": "Systems",
    "cs.NI": "Systems",
    "cs.PL": "Systems",
    "cs.SE": "Systems",
    "cs.CR": "Systems",
    "cs.DS": "Theory",
    "cs.CC": "Theory",
    "cs.IT": "Theory",
    "cs.LO": "Theory",
    "cs.GT": "Theory",
    "cs.DM": "Theory",
    "cs.FL": "Theory",
    "cs.CG": "Theory",
    "cs.CE": "Science",
  }),
);

const byArchive = new Map<string, FieldName>(
  Object.entries({
    math: "Theory",
    "math-ph": "Theory",
    stat: "Theory",
    physics: "Science",
    "astro-ph": "Science",
    "cond-mat": "Science",
    "gr-qc": "Science",
    "hep-ex": "Science",
    "hep-lat": "Science",
    "hep-ph": "Science",
    "hep-th": "Science",
    nlin: "Science",
    "nucl-ex": "Science",
    "nucl-th": "Science",
    "quant-ph": "Science",
    "q-bio": "Science",
    "q-fin": "Science",
    econ: "Science",
  }),
);

/** The section. The first category that maps decides (cs.AI does not: it is everything); then the words. Pure. */
export function fieldOf(paper: FieldInput): FieldName {
  return fieldOfCategories(paper.categories) ?? fieldByWords(paper);
}

/** What the archive says, primary category first; null where none of them names a field. */
export function fieldOfCategories(categories: readonly string[]): FieldName | null {
  for (const category of categories) {
    const field = byCategory.get(category) ?? byArchive.get(category.split(".")[0] ?? "");
    if (field) return field;
  }
  return null;
}

const titleFactor = 3;
const keywordFactor = 1.5;
/** Later sentences of an abstract are about results and comparisons; the front of it says what the paper is. */
const abstractChars = 1_200;
const fallback: FieldName = "Learning";

function fieldByWords(paper: FieldInput): FieldName {
  const scores = new Map<FieldName, number>();
  addScores(scores, paper.titleText, titleFactor);
  addScores(scores, paper.abstractText.slice(0, abstractChars), 1);
  addScores(scores, (paper.keywords ?? []).slice(0, 30).join(" ; "), keywordFactor);
  let best: FieldName = fallback;
  for (const field of fieldNames) if ((scores.get(field) ?? 0) > (scores.get(best) ?? 0)) best = field;
  return best;
}

/** Every different term once; the longest term at a place wins, so that "reward model" is not also "model". */
function addScores(scores: Map<FieldName, number>, text: string, factor: number): void {
  const words = wordsOf(text);
  const seen = new Set<string>();
  for (let at = 0; at < words.length; ) {
    const { term, length } = longestTermAt(words, at);
    if (term && !seen.has(term)) {
      seen.add(term);
      for (const [field, weight] of terms.get(term)!) {
        scores.set(field, (scores.get(field) ?? 0) + weight * factor);
      }
    }
    at += length;
  }
}

function longestTermAt(words: readonly string[], at: number): { term: string | null; length: number } {
  const longest = longestByFirstWord.get(words[at]!) ?? 0;
  for (let length = Math.min(longest, words.length - at); length > 0; length--) {
    const term = words.slice(at, at + length).join(" ");
    if (terms.has(term)) return { term, length };
  }
  return { term: null, length: 1 };
}

function wordsOf(text: string): string[] {
  return (
    text
      .slice(0, 4_000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+|;/gu) ?? []
  ).map(singular);
}

/** Crude on purpose: the same for the lexicon and the text is all that is needed. */
function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

const terms = new Map<string, [FieldName, number][]>();
const longestByFirstWord = new Map<string, number>();
for (const [field, weights] of Object.entries(fieldWords)) {
  for (const [weight, list] of Object.entries(weights)) {
    for (const term of list.split("; ")) addTerm(wordsOf(term), field as FieldName, Number(weight));
  }
}

function addTerm(words: readonly string[], field: FieldName, weight: number): void {
  const key = words.join(" ");
  terms.set(key, [...(terms.get(key) ?? []), [field, weight]]);
  longestByFirstWord.set(words[0]!, Math.max(words.length, longestByFirstWord.get(words[0]!) ?? 0));
}
