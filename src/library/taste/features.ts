// What a taste sees of a paper: its words (stems, phrases the model knows, authors) by TF-IDF, and its meaning.
import { authorKey } from "../../papers/names.ts";
import { poolRows } from "../../search/meaning/encode.ts";
import type { MeaningModel } from "../../search/meaning/meaning-model.ts";
import type { Token } from "../../search/meaning/tokens.ts";
import { sentencesOfPaper } from "../../search/meaning/training-corpus.ts";
import { phraseKey } from "../../search/meaning/vocabulary.ts";
import type { PaperText } from "../../search/search.ts";

export interface Features {
  /** Numbers of the words (FeatureReader.stems), each once, in the order of the text: so nothing depends on the numbers. */
  stems: Int32Array;
  /** Beside them; squares add up to `wordShare`. */
  weights: Float32Array;
  /** Of length 1; zeros when the model knows no word of the text. */
  vector: Float32Array;
}

/** These were tuned on IJCAI 2023 to 2024 and AAAI 2022 (docs/taste.md). idf to this power: */
const idfPower = 0.6;
/** Words say so many times what meaning says, which has length 1. */
export const wordShare = 2;
/** An author's name counts as so many rare words. */
const authorWeight = 2;
/** A word of the title counts as so many of the abstract. */
const titleWeight = 2;

/** Clean text; `authors` are names. */
export interface TextOfPaper extends PaperText {
  authors?: readonly string[];
}

/** Another number: what was learned before is learned anew. */
const learningVersion = 3;

const noVetoes: ReadonlySet<string> = new Set();

/** Reads texts with one model; numbers stems as it meets them. */
export class FeatureReader {
  readonly model: MeaningModel;
  /** The words by number: stems, two stems with a blank between, "author:ada lovelace". */
  readonly stems: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly idf: number[] = [];
  /** Rows of the model by number, and numbers by row; -1 where there is none (yet). */
  private readonly rows: number[] = [];
  private readonly numbersOfRows: Int32Array;

  constructor(model: MeaningModel) {
    this.model = model;
    this.numbersOfRows = new Int32Array(model.vocabulary.names.length).fill(-1);
  }

  /** Names what learns with this reader: learned things of another one cannot be used. */
  get name(): string {
    return `${learningVersion} ${this.model.facts.id}`;
  }

  numberOf(stem: string): number {
    const known = this.numbers.get(stem);
    if (known !== undefined) return known;
    const number = this.stems.length;
    this.stems.push(stem);
    this.numbers.set(stem, number);
    this.idf.push(this.idfOf(stem));
    const row = this.model.vocabulary.rowOf.get(stem) ?? -1;
    this.rows.push(row);
    if (row >= 0) this.numbersOfRows[row] = number;
    return number;
  }

  /** The model's row of a word; -1 for a word that the model does not know. */
  rowOf(number: number): number {
    return this.rows[number]!;
  }

  /** Throws RangeError for a row that the model has not. */
  numberOfRow(row: number): number {
    const number = this.numbersOfRows[row];
    if (number === undefined) throw new RangeError(`The model has no row ${row}.`);
    return number >= 0 ? number : this.numberOf(this.model.vocabulary.names[row]!);
  }

  /** How rare a word is, by the papers the model was trained on; one it does not know is the rarest. */
  idfOf(stem: string): number {
    const { rowOf, frequencies, papers } = this.model.vocabulary;
    const row = rowOf.get(stem);
    const frequency = row === undefined ? 1 : frequencies[row]!;
    return Math.log((papers + 1) / (frequency + 0.5)) ** idfPower;
  }

  /** Vetoed stems are read as if they did not stand there. */
  read(text: TextOfPaper, vetoed: ReadonlySet<string> = noVetoes): Features {
    const [title, ...abstract] = without(sentencesOfPaper(text), vetoed);
    const counts = new Map<number, number>();
    this.count(title ?? [], titleWeight, counts);
    for (const sentence of abstract) this.count(sentence, 1, counts);
    const vector = poolRows(this.model, this.knownRows(counts)) ?? new Float32Array(this.model.dimension);
    return { ...this.weigh(counts, text.authors ?? []), vector };
  }

  /** Rows with their counts in the order of the text: what the model itself would count (encode.ts), counted once for both. */
  private *knownRows(counts: ReadonlyMap<number, number>): Generator<[row: number, count: number]> {
    for (const [number, count] of counts) if (this.rows[number]! >= 0) yield [this.rows[number]!, count];
  }

  private weigh(
    counts: Map<number, number>,
    authors: readonly string[],
  ): Pick<Features, "stems" | "weights"> {
    const names = new Set(authors.map((name) => this.numberOf(`${authorPrefix}${authorKey(name)}`)));
    for (const name of names) counts.set(name, 1);
    const stems = Int32Array.from(counts.keys());
    const weights = new Float32Array(stems.length);
    for (let i = 0; i < stems.length; i++) {
      const weight = (1 + Math.log(counts.get(stems[i]!)!)) * this.idf[stems[i]!]!;
      weights[i] = names.has(stems[i]!) ? authorWeight * weight : weight;
    }
    scaleTo(weights, Math.sqrt(wordShare));
    return { stems, weights };
  }

  private count(tokens: readonly Token[], weight: number, counts: Map<number, number>): void {
    const { phraseOf } = this.model.vocabulary;
    const add = (number: number) => counts.set(number, (counts.get(number) ?? 0) + weight);
    let before = -1;
    for (const token of tokens) {
      const number = token === null ? -1 : this.numberOf(token);
      const row = number < 0 ? -1 : this.rowOf(number);
      if (number >= 0) add(number);
      const phrase = before >= 0 && row >= 0 ? phraseOf.get(phraseKey(before, row)) : undefined;
      if (phrase !== undefined) add(this.numberOfRow(phrase));
      before = row;
    }
  }
}

/** Begins the names of authors among the words: no stem holds a colon. */
const authorPrefix = "author:";

function without(sentences: Token[][], vetoed: ReadonlySet<string>): Token[][] {
  if (vetoed.size === 0) return sentences;
  return sentences.map((tokens) =>
    tokens.map((token) => (token !== null && vetoed.has(token) ? null : token)),
  );
}

function scaleTo(weights: Float32Array, wanted: number): void {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i]! * wanted) / length;
}

/** Product of two texts' weights. */
export function sharedWords(
  a: Pick<Features, "stems" | "weights">,
  b: Pick<Features, "stems" | "weights">,
): number {
  const weightOf = new Map(Array.from(b.stems, (stem, k) => [stem, b.weights[k]!]));
  let sum = 0;
  for (let k = 0; k < a.stems.length; k++) sum += a.weights[k]! * (weightOf.get(a.stems[k]!) ?? 0);
  return sum;
}

export function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
