// What the shelf keeps of a paper, made for millions of papers: what a written unit says to the model is noted once, by the
// unit's number, so that a text costs no look-up of strings. Gives exactly what encodePaper and weighStems give.
import { IntList } from "../int-list.ts";
import { type PaperUnits, readUnits } from "../paper-units.ts";
import type { PaperText } from "../search.ts";
import { isStopStem } from "../stop-words.ts";
import { knownUnits } from "../unit-scanner.ts";
import { poolCounted } from "./encode.ts";
import type { MeaningModel } from "./meaning-model.ts";
import { weightOfCount } from "./row-pool.ts";
import { endsSentence } from "./sentence-end.ts";
import type { ShelfEntry } from "./shelf-chunk.ts";
import { idfTable, titleWeight } from "./similar.ts";
import { mostStems } from "./tokens.ts";
import { phraseKey } from "./vocabulary.ts";

/** Stems beyond the model's that are remembered before they are forgotten: most are names and misprints. */
const mostUnknown = 1 << 15;
/** Stands for a stop word, across which no phrase goes. */
const stop = -1;
/** Of the notes: a unit of several stems, or of none; one that is not noted yet. One stem is noted as its number and 2 more. */
const several = -1;
const notNoted = 0;

const encoders = new WeakMap<MeaningModel, EntryEncoder>();

/** The vector of a paper (clean text) and the length of its stems' weights; `units` where they have been found already. */
export function encodeEntry(
  model: MeaningModel,
  paper: PaperText,
  units: PaperUnits | null = null,
): ShelfEntry {
  let encoder = encoders.get(model);
  if (!encoder) {
    encoder = new EntryEncoder(model);
    encoders.set(model, encoder);
  }
  const found = units?.epoch === knownUnits.epoch ? units : readUnits({ ...paper, authors: [] });
  return encoder.encode(paper.abstract, found);
}

class EntryEncoder {
  private readonly model: MeaningModel;
  private readonly rows: number;
  private readonly phrases: MeaningModel["vocabulary"]["phraseOf"];
  /** Numbers of stems that are no row of the model: from `rows` on. */
  private readonly unknown = new Map<string, number>();
  /** By number of a unit. */
  private readonly notes = new IntList();
  private readonly manyStems = new Map<number, number[]>();
  private epoch = knownUnits.epoch;
  /** By row, or number of an unknown stem: how often it is in the paper, a word of the title counting more often. */
  private readonly counts = new IntList();
  /** Those that are in the paper, in the order of their first occurrence. */
  private readonly met = new IntList();
  /** Of these the model's rows, and their counts. */
  private readonly pooled = new IntList();
  private readonly pooledCounts = new IntList();
  /** The stem before; `stop` at the beginning and behind what the model does not know. */
  private before = stop;
  private weight = 1;
  private seen = 0;

  constructor(model: MeaningModel) {
    this.model = model;
    this.rows = model.vocabulary.names.length;
    this.phrases = model.vocabulary.phraseOf;
    this.counts.extend(this.rows);
  }

  encode(abstract: string, units: PaperUnits): ShelfEntry {
    if (this.unknown.size > mostUnknown) this.forget();
    if (this.epoch !== knownUnits.epoch) this.forgetUnits();
    this.readTitle(units);
    this.readAbstract(abstract, units);
    const entry = { vector: this.pool(), stemLength: this.measure() };
    const { data, length } = this.met;
    for (let i = 0; i < length; i++) this.counts.data[data[i]!] = 0;
    this.met.length = 0;
    return entry;
  }

  private readTitle({ list, titleEnd }: PaperUnits): void {
    this.begin(titleWeight);
    for (let i = 0; i < titleEnd && this.seen < mostStems; i++) this.visit(list.numbers[i]!);
  }

  /** Sentence by sentence: no phrase goes from one into the next. */
  private readAbstract(abstract: string, { list, titleEnd, abstractEnd }: PaperUnits): void {
    const { numbers, starts, ends } = list;
    this.begin(1);
    for (let i = titleEnd; i < abstractEnd && this.seen < mostStems; i++) {
      if (i > titleEnd && endsSentence(abstract, ends[i - 1]!, starts[i]!)) this.before = stop;
      this.visit(numbers[i]!);
    }
  }

  private begin(weight: number): void {
    this.before = stop;
    this.weight = weight;
    this.seen = 0;
  }

  private visit(unit: number): void {
    const { notes } = this;
    const noted = unit < notes.length ? notes.data[unit]! : notNoted;
    if (noted > notNoted) this.add(noted - 2);
    else if (noted === several) for (const stem of this.manyStems.get(unit)!) this.add(stem);
    else {
      while (notes.length <= unit) notes.push(notNoted);
      notes.data[unit] = this.note(unit);
      this.visit(unit);
    }
  }

  private add(stem: number): void {
    this.seen++;
    const { before, rows } = this;
    this.before = stop;
    if (stem === stop) return;
    this.count(stem);
    if (stem >= rows) return;
    this.before = stem;
    if (before === stop) return;
    const phrase = this.phrases.get(phraseKey(before, stem));
    if (phrase !== undefined) this.count(phrase);
  }

  private count(number: number): void {
    const { data } = this.counts;
    const before = data[number]!;
    if (before === 0) this.met.push(number);
    data[number] = before + this.weight;
  }

  private note(unit: number): number {
    const stems = knownUnits.stemsOf(unit).map((stem) => this.numberOf(stem));
    if (stems.length === 1) return stems[0]! + 2;
    this.manyStems.set(unit, stems);
    return several;
  }

  private numberOf(stem: string): number {
    if (isStopStem(stem)) return stop;
    const known = this.model.vocabulary.rowOf.get(stem) ?? this.unknown.get(stem);
    if (known !== undefined) return known;
    const number = this.rows + this.unknown.size;
    this.unknown.set(stem, number);
    while (this.counts.length <= number) this.counts.push(0);
    return number;
  }

  private forget(): void {
    this.unknown.clear();
    this.forgetUnits();
  }

  private forgetUnits(): void {
    this.epoch = knownUnits.epoch;
    this.notes.length = 0;
    this.manyStems.clear();
  }

  private pool(): Float32Array | null {
    const { rows, met, pooled, pooledCounts } = this;
    const { data: counts } = this.counts;
    pooled.length = 0;
    pooledCounts.length = 0;
    for (let i = 0; i < met.length; i++) {
      const row = met.data[i]!;
      if (row >= rows) continue;
      pooled.push(row);
      pooledCounts.push(counts[row]!);
    }
    return poolCounted(this.model, { rows: pooled.data, counts: pooledCounts.data, length: pooled.length });
  }

  /** Euclidean length of the stems' weights (similar.ts). */
  private measure(): number {
    const { byRow, unknown } = idfTable(this.model);
    const { stems } = this.model.vocabulary;
    const { data, length } = this.met;
    let squares = 0;
    for (let i = 0; i < length; i++) {
      const number = data[i]!;
      if (number >= stems && number < this.rows) continue; // a phrase
      const weight = weightOfCount(this.counts.data[number]!) * (number < stems ? byRow[number]! : unknown);
      squares += weight * weight;
    }
    return Math.sqrt(squares);
  }
}
