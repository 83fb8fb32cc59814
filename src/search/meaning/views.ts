// The two views of a training item: two parts of one paper that should find each other, or two papers of one author.
// The mixture was chosen by measurement: see docs/model-data-sheet.md.
import type { Random } from "../../lib/random.ts";
import type { TrainingCorpus } from "./training-corpus.ts";

/** Takes the rows of one view. */
export interface ViewSink {
  add(row: number): void;
}

export interface ViewOptions {
  /** Share of items made of two papers with a common author. */
  authorShare: number;
  /** Share of rows left out of long views. */
  dropout: number;
  /** Shares of the kinds of pairs of parts: title and abstract, halves, sentence, span, title and half. Sum 1. */
  kinds: readonly number[];
  /** Share of spans whose words are taken out of the rest, so that a query also finds what lacks its words. */
  spanMask: number;
  /** Stems of a span: least and most. */
  span: readonly [number, number];
}

const kinds = [titleAndAbstract, halves, sentenceAndRest, spanAndRest, titleAndHalf];
/** Views of more rows lose some of them. */
const longView = 10;

interface Draw {
  corpus: TrainingCorpus;
  random: Random;
  options: ViewOptions;
  sinks: readonly [ViewSink, ViewSink];
}

/** Draws the views of `paper` into the two sinks. Neither is left empty. */
export function drawViews(
  corpus: TrainingCorpus,
  paper: number,
  { options, random, sinks }: Omit<Draw, "corpus">,
): void {
  const draw: Draw = { corpus, random, options, sinks };
  const partner = random.unit() < options.authorShare ? drawPartner(corpus, paper, random) : null;
  if (partner !== null) {
    addSentences(draw, 0, sentencesOf(corpus, paper));
    addSentences(draw, 1, sentencesOf(corpus, partner));
    return;
  }
  const drawn = kinds[drawKind(options.kinds, random.unit())]!(draw, paper);
  if (!drawn) titleAndAbstract(draw, paper);
}

function drawKind(shares: readonly number[], point: number): number {
  let left = point;
  for (let kind = 0; kind < shares.length; kind++) {
    left -= shares[kind]!;
    if (left < 0) return kind;
  }
  return 0;
}

function drawPartner(corpus: TrainingCorpus, paper: number, random: Random): number | null {
  const from = corpus.partnerStarts[paper]!;
  const to = corpus.partnerStarts[paper + 1]!;
  if (from === to) return null;
  const point = random.unit();
  let at = from;
  while (at < to - 1 && corpus.partnerShares[at]! < point) at++;
  return corpus.partners[at]!;
}

function titleAndAbstract(draw: Draw, paper: number): boolean {
  const [title, ...abstract] = sentencesOf(draw.corpus, paper);
  addSentences(draw, 0, [title!]);
  addSentences(draw, 1, abstract);
  return true;
}

/** Every sentence goes to one side or the other. */
function halves(draw: Draw, paper: number): boolean {
  const sentences = shuffled(sentencesOf(draw.corpus, paper), draw.random);
  const middle = sentences.length >> 1;
  addSentences(draw, 0, sentences.slice(0, middle));
  addSentences(draw, 1, sentences.slice(middle));
  return true;
}

function sentenceAndRest(draw: Draw, paper: number): boolean {
  const sentences = sentencesOf(draw.corpus, paper);
  const chosen = draw.random.below(sentences.length);
  addSentences(draw, 0, [sentences[chosen]!]);
  addSentences(draw, 1, sentences.toSpliced(chosen, 1));
  return true;
}

/** Like a short query: some adjacent words, and the paper without the sentence they stand in. */
function spanAndRest(draw: Draw, paper: number): boolean {
  const { corpus, random, sinks, options } = draw;
  const sentences = sentencesOf(corpus, paper);
  const chosen = random.below(sentences.length);
  const span = drawSpan(draw, sentences[chosen]!);
  if (span.length === 0) return false;
  for (const row of span) sinks[0].add(row);
  const masked = random.unit() < options.spanMask ? new Set(span) : null;
  addSentences(draw, 1, sentences.toSpliced(chosen, 1), masked);
  return true;
}

/** Some adjacent stems of a sentence with the phrases that lie wholly among them. */
function drawSpan({ corpus, random, options }: Draw, sentence: number): number[] {
  const rows = corpus.rows.subarray(corpus.sentenceStarts[sentence]!, corpus.sentenceStarts[sentence + 1]!);
  const stemPlaces: number[] = [];
  for (const [place, row] of rows.entries()) if (row < corpus.stems) stemPlaces.push(place);
  const [least, most] = options.span;
  const length = least + random.below(most - least + 1);
  if (stemPlaces.length < least) return [];
  const first = random.below(Math.max(1, stemPlaces.length - length + 1));
  const from = stemPlaces[first]!;
  const to = stemPlaces[first + length] ?? rows.length;
  // A phrase right after the first stem began before it.
  return [...rows.subarray(from, to)].filter((row, i) => i !== 1 || row < corpus.stems);
}

function titleAndHalf(draw: Draw, paper: number): boolean {
  const [title, ...abstract] = sentencesOf(draw.corpus, paper);
  addSentences(draw, 0, [title!]);
  addSentences(draw, 1, shuffled(abstract, draw.random).slice(0, (abstract.length + 1) >> 1));
  return true;
}

function sentencesOf(corpus: TrainingCorpus, paper: number): number[] {
  const from = corpus.paperStarts[paper]!;
  return Array.from({ length: corpus.paperStarts[paper + 1]! - from }, (_, i) => from + i);
}

function shuffled(items: number[], random: Random): number[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}

/** Long views lose a share of their rows, but never all; `masked` stems (and phrases of them) are left out if others remain. */
function addSentences(draw: Draw, side: 0 | 1, sentences: number[], masked: Set<number> | null = null): void {
  const { corpus, random, options, sinks } = draw;
  const all = sentences.flatMap((sentence) => [
    ...corpus.rows.subarray(corpus.sentenceStarts[sentence]!, corpus.sentenceStarts[sentence + 1]!),
  ]);
  const left = masked ? all.filter((row) => !isMasked(corpus, row, masked)) : all;
  const rows = left.length > 0 ? left : all;
  const share = rows.length > longView ? options.dropout : 0;
  const kept = random.below(rows.length);
  rows.forEach((row, i) => {
    if (share === 0 || i === kept || random.unit() >= share) sinks[side].add(row);
  });
}

function isMasked({ stems, phraseStems }: TrainingCorpus, row: number, masked: Set<number>): boolean {
  if (row < stems) return masked.has(row);
  const phrase = (row - stems) * 2;
  return masked.has(phraseStems[phrase]!) || masked.has(phraseStems[phrase + 1]!);
}
