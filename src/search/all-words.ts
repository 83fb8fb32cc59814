// The best papers that hold all words, found without scoring them all. Segment by segment the holders are found: as bits where
// every word is common, else by walking the scarcest word. From one byte a posting it is told how much each can score at most
// and at least: what so many of them reach at least, the others must be able to reach. What is left of all segments is then
// scored, most promising first.
import {
  type Barred,
  docs,
  dropBarred,
  findHolders,
  type HolderScan,
  indexes,
  pieceSize,
  slots,
} from "./holders.ts";
import { LeastReached } from "./least-reached.ts";
import { fieldsOf, type MostBeside, placedWords } from "./most-beside.ts";
import { boundOf, mostOf, type PaperList } from "./paper-list.ts";
import { rankIn } from "./paper-table.ts";
import { PromisingPapers } from "./promising-papers.ts";
import type { Work } from "./work.ts";

export interface AllWordsInput {
  weights: readonly number[];
  work: Work;
  /** How many papers are wanted. */
  depth: number;
  /** What a score must reach to matter, asked again and again. */
  threshold(): number;
  /** What a score can be at most beside the sum over the words, by the fields these stand in. */
  beside: MostBeside;
  /** What every score is at least beside that sum. */
  bonus: number;
  /** True once no score is more than that any more: no places are read for words that stand together. */
  pairsSpent(): boolean;
  /**
   * Takes a paper that may enter. Where what it scores would have to be read and that is to `wait`, it may say what the paper
   * scores at most instead: it is then offered again, behind those that promise more.
   */
  offer(segment: number, doc: number, wait: boolean): number | undefined;
}

export interface SegmentWords {
  /** Index of the segment. */
  segment: number;
  /** Beside weights. */
  words: readonly PaperList[];
  barred: Barred;
  /** Papers with every word in the title have been gathered before. */
  titledGathered?: boolean;
}

/** Papers that promise enough wait until there are so many times as many as are wanted; then the best of them are scored. */
const mostWaiting = 6;
/** Bounds are added in single precision; they are widened by more than that can lose. */
const slack = 1 + 1e-5;
/** The first piece is small, so that most of the others are soon out. */
const firstPiece = 1_024;
/** Of the candidates of a piece: what they can score at most, where the words stand (most-beside.ts). */
const bounds = new Float32Array(pieceSize);
const places = new Int32Array(pieceSize);

/** Those that wait to be scored; of one query at a time. */
const promising = new PromisingPapers();

interface Scan extends HolderScan {
  segment: number;
  titledGathered: boolean;
  barred: Barred;
  /** Words by what they can add, dearest first, and what all behind each can add at most, with what comes beside. */
  dearest: readonly number[];
  rest: readonly number[];
}

/** The papers of one query; the next query begins with another. */
export class AllWords {
  private readonly input: AllWordsInput;
  private readonly scales: readonly number[];
  /** By how much a bound may exceed the sum over the words. */
  private readonly blur: number;
  private readonly reached: LeastReached;
  /** A number that is often read, in an array: there it needs no object of its own. */
  private readonly bar = new Float64Array(1);
  /** So many may wait to be scored. */
  private waiting: number;
  /** What waits has bounds without what words that stand together can give. */
  private pairsDropped = false;

  constructor(input: AllWordsInput) {
    this.input = input;
    this.scales = input.weights.map((weight) => weight / 255);
    this.blur = this.scales.reduce((sum, scale) => sum + scale, 0);
    this.reached = new LeastReached(input.depth);
    this.waiting = mostWaiting * input.depth;
    promising.clear();
  }

  /** Sets the bar to what a score must reach, as far as is known. */
  private raiseBar(): number {
    const least = Math.max(this.input.threshold(), this.reached.least) / slack;
    this.bar[0] = least;
    return least;
  }

  /** Looks for the papers of a segment that hold all words; returns their number. They are offered now or by `finish`. */
  gather(own: SegmentWords): number {
    const scan = this.open(own);
    if (!scan) return 0;
    const length = scan.tables ? scan.tables[0]!.bits.length << 5 : own.words[scan.order[0]!]!.count;
    let total = 0;
    for (; scan.start < length; scan.start = scan.end) {
      scan.end = Math.min(length, scan.start + (scan.start === 0 ? firstPiece : pieceSize));
      if (scan.words.length === 1 && scan.barred.count === 0) {
        total += scan.end - scan.start;
        this.keepPromising(scan, this.takeWord(scan));
        continue;
      }
      let count = dropBarred(scan.barred, findHolders(scan, this.input.work));
      total += count;
      this.raiseBar();
      for (let k = 0; k < scan.dearest.length && count > 0; k++) count = this.addWord(scan, k, count);
      this.keepPromising(scan, count);
    }
    return total;
  }

  /** Null: some word is in no paper. */
  private open(own: SegmentWords): Scan | null {
    const { words } = own;
    if (words.length === 0 || words.some((word) => word.count === 0)) return null;
    const most = words.map((word, i) => this.scales[i]! * word.maxBound);
    const dearest = words.map((_, i) => i).sort((a, b) => most[b]! - most[a]!);
    const rest: number[] = [];
    let sum = this.input.beside.largest;
    for (let k = words.length - 1; k >= 0; k--) {
      rest[k] = sum;
      sum += most[dearest[k]!]!;
    }
    const tables = words.map(({ table }) => table);
    return {
      segment: own.segment,
      words,
      barred: own.barred,
      titledGathered: own.titledGathered === true,
      order: words.map((_, i) => i).sort((a, b) => words[a]!.count - words[b]!.count),
      dearest,
      rest,
      tables: words.length > 1 && tables.every((table) => table !== null) ? tables : null,
      start: 0,
      end: 0,
      from: new Int32Array(words.length),
    };
  }

  /** Takes the postings of the only word that can still matter as candidates; returns their number. */
  private takeWord({ words, start, end, rest }: Scan): number {
    const { docs: all, bounds: own, codes, lengths } = words[0]!;
    const scale = this.scales[0]!;
    const least = Math.ceil((this.raiseBar() - rest[0]!) / scale);
    this.input.work.postings += end - start;
    let count = 0;
    for (let i = start; i < end; i++) {
      const code = codes[i]!;
      const bound = own ? own[i]! : mostOf[code]! < least ? 0 : boundOf(code, lengths[all[i]!]!);
      if (bound < least) continue;
      docs[count] = all[i]!;
      bounds[count] = scale * bound;
      places[count++] = fieldsOf[code]!;
    }
    return count;
  }

  /** Adds what a word brings to the candidates, and keeps those that can still matter; returns their number. */
  private addWord(scan: Scan, k: number, count: number): number {
    const word = scan.dearest[k]!;
    const { bounds: own, codes, table, lengths } = scan.words[word]!;
    const index = indexes[word];
    const isLead = word === scan.order[0] && scan.tables === null;
    const { start } = scan;
    const scale = this.scales[word]!;
    const shift = shiftOf(word);
    const least = this.bar[0]! - scan.rest[k]!;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const doc = docs[i]!;
      const slot = slots[i]!;
      let at = slot;
      if (!isLead) at = table ? rankIn(table, doc) : index![slot - start]!;
      const code = codes[at]!;
      const bound = (k === 0 ? 0 : bounds[i]!) + scale * (own ? own[at]! : boundOf(code, lengths[doc]!));
      if (bound < least) continue;
      places[kept] = (k === 0 ? 0 : places[i]!) | (fieldsOf[code]! << shift);
      docs[kept] = doc;
      slots[kept] = slot;
      bounds[kept++] = bound;
    }
    return kept;
  }

  /** Notes what each candidate reaches at least, then keeps those that can reach as much as enough others do. */
  private keepPromising({ segment, titledGathered }: Scan, gathered: number): void {
    const { beside, bonus } = this.input;
    const { reached } = this;
    const count = titledGathered ? dropTitled(beside.inTitle, gathered) : gathered;
    const sure = bonus - this.blur;
    reached.noteAll(bounds, count, { factor: 1 / slack, more: sure });
    const least = this.raiseBar();
    for (let i = 0; i < count; i++) {
      const pairs = this.pairsDropped ? 0 : beside.of(places[i]!) - bonus;
      const bound = bounds[i]! + bonus + pairs;
      if (bound >= least) promising.add(segment, docs[i]!, bound, pairs);
    }
    if (promising.count > this.waiting) this.scoreBest();
  }

  /** Scores the best of those that wait, so that what must be reached is known; those that cannot reach it leave. */
  private scoreBest(): void {
    promising.sort(this.input.depth, this.raiseBar());
    this.offerFirst(Math.min(promising.sorted, 2 * this.input.depth), false);
    promising.keep(this.bar[0]!);
    // Where hardly any leave, going through all of them ever again would cost their square.
    this.waiting = Math.max(promising.count + mostWaiting * this.input.depth, 2 * promising.count);
  }

  /** Offers the first of those in order that still can enter. */
  private offerFirst(count: number, wait: boolean): void {
    const { order, bounds: most, pairs, docs: papers, segments } = promising;
    const { bar, input } = this;
    for (let i = 0; i < count; i++) {
      const at = order[i]!;
      if (most[at]! < bar[0]!) continue;
      most[at] = input.offer(segments[at]!, papers[at]!, wait) ?? Number.NEGATIVE_INFINITY;
      // How much of that pairs can give is not told.
      pairs[at] = 0;
      this.raiseBar();
      if (!this.pairsDropped && input.pairsSpent()) this.dropPairs();
    }
  }

  private dropPairs(): void {
    this.pairsDropped = true;
    promising.dropPairs();
  }

  /** Offers what is left of the gathered papers that can enter, those that promise most first. */
  finish(): void {
    for (const wait of [true, false]) {
      promising.sort(2 * this.input.depth, this.raiseBar());
      this.offerFirst(promising.count, wait);
    }
    promising.clear();
    this.waiting = mostWaiting * this.input.depth;
  }
}

/** Keeps the candidates of which some word stands elsewhere than in the title; returns their number. */
function dropTitled(inTitle: number, count: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if ((places[i]! & inTitle) === inTitle) continue;
    docs[kept] = docs[i]!;
    places[kept] = places[i]!;
    bounds[kept++] = bounds[i]!;
  }
  return kept;
}

/** Of words beyond the first the fields are not kept: their bits fall where nobody looks. */
function shiftOf(word: number): number {
  return word < placedWords ? 3 * word : 30;
}
