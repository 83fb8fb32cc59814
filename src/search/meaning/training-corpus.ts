// The papers that a model is trained on, as flat shared arrays that every training thread reads without a copy.

import { readSentences, readTokens, type Token } from "./tokens.ts";
import { rowsOfSentence, type Vocabulary } from "./vocabulary.ts";

export interface TrainingPaper {
  /** Clean text. */
  title: string;
  abstract: string;
  /** Names; the same name is taken for the same person. */
  authors: readonly string[];
}

/** All arrays lie on SharedArrayBuffers. */
export interface TrainingCorpus {
  papers: number;
  /** Rows below this are stems, the others phrases. */
  stems: number;
  /** The two stems of each phrase. */
  phraseStems: Uint16Array;
  /** Rows of all sentences, one after the other; a phrase's row stands after its second stem's. */
  rows: Uint16Array;
  /** Where each sentence begins in `rows`, and the end. */
  sentenceStarts: Int32Array;
  /** Where each paper begins in sentenceStarts, and the end. A paper's first sentence is its title. */
  paperStarts: Int32Array;
  /** Where each paper's partners begin, and the end; see co-authors.ts. */
  partnerStarts: Int32Array;
  partners: Int32Array;
  /** Beside partners: running sums within a paper, the last is 1. */
  partnerShares: Float32Array;
}

/** A phrase's stem that is no row (a limit cut it off). */
const noStem = 0xffff;

/** Title, then the sentences of the abstract. */
export function sentencesOfPaper(paper: Pick<TrainingPaper, "title" | "abstract">): Token[][] {
  return [readTokens(paper.title), ...readSentences(paper.abstract)];
}

/** Rows of a paper by sentence, title first; null when it cannot teach: no known word in title or abstract. */
export function rowsOfPaper(vocabulary: Vocabulary, sentences: readonly Token[][]): number[][] | null {
  const [title = [], ...abstract] = sentences.map((sentence) => rowsOfSentence(vocabulary, sentence));
  const filled = abstract.filter((rows) => rows.length > 0);
  return title.length > 0 && filled.length > 0 ? [title, ...filled] : null;
}

export interface Partners {
  starts: Int32Array;
  partners: Int32Array;
  shares: Float32Array;
}

export function layOutCorpus(
  papers: readonly number[][][],
  { names, stems, rowOf }: Vocabulary,
  partners: Partners,
): TrainingCorpus {
  const sentences = papers.flat();
  return {
    papers: papers.length,
    stems,
    phraseStems: share(Uint16Array, 2 * (names.length - stems), () =>
      names.slice(stems).flatMap((name) => name.split(" ").map((stem) => rowOf.get(stem) ?? noStem)),
    ),
    rows: share(
      Uint16Array,
      sentences.reduce((sum, rows) => sum + rows.length, 0),
      function* () {
        for (const rows of sentences) yield* rows;
      },
    ),
    sentenceStarts: share(Int32Array, sentences.length + 1, () => runningSum(sentences)),
    paperStarts: share(Int32Array, papers.length + 1, () => runningSum(papers)),
    partnerStarts: share(Int32Array, partners.starts.length, () => partners.starts),
    partners: share(Int32Array, partners.partners.length, () => partners.partners),
    partnerShares: share(Float32Array, partners.shares.length, () => partners.shares),
  };
}

function* runningSum(lists: readonly { length: number }[]): Iterable<number> {
  let sum = 0;
  yield 0;
  for (const list of lists) {
    sum += list.length;
    yield sum;
  }
}

type SharedArray<T> = {
  new (buffer: SharedArrayBuffer): T;
  BYTES_PER_ELEMENT: number;
};

function share<T extends { [index: number]: number }>(
  type: SharedArray<T>,
  length: number,
  values: () => Iterable<number>,
): T {
  const array = new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));
  let i = 0;
  for (const value of values()) array[i++] = value;
  return array;
}
