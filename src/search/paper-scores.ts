// What papers score for one query, exactly: the words' sum, what is gained by holding all of them, and by those that stand
// together.
import { listStems } from "./analyzer.ts";
import { postingsOf } from "./match.ts";
import { indexIn } from "./paper-list.ts";
import type { Plan } from "./plan.ts";
import type { Postings } from "./postings.ts";
import { boundPairs, type FoundWords, PairReader, pairSlack } from "./proximity.ts";
import { impactOf } from "./scoring.ts";
import type { Segment } from "./segment.ts";
import type { Work } from "./work.ts";

/** A paper whose places are read for words that stand together counts as so many looked at: what is known of titles tells most. */
const looksARead = 8;
/**
 * Queries of more pairs look at fewer papers: those of the 24 of a long one at a quarter. No sentence comes near it (of 400, the
 * most was 1,530 papers).
 */
const fewPairs = 6;

export interface CompleteScore {
  bonus: number;
  least: number;
  wait: boolean;
}

/** What is read of a segment again and again. */
interface Opened {
  segment: Segment;
  lengths: Uint32Array;
  words: readonly Postings[];
  /** Opened when first needed. */
  pairs: PairReader | null;
}

export class PaperScores {
  /** By word: the packed frequencies in the paper read last, 0 where it lacks one. */
  private readonly codes: Uint8Array;
  private readonly plan: Plan;
  private readonly work: Work;
  private readonly weights: readonly number[];
  /** Of the paper read last. */
  private readonly found: FoundWords;
  /** By segment; opened when first needed. */
  private readonly opened: Opened[] = [];
  private looks = 0;
  private readonly mostLooks: number;
  private mayWait = false;
  /** What was told of the paper scored last is only the most that it can be. */
  unsettled = false;
  /** What words that stand together are worth in the paper scored last, if it reached what it had to; undefined: not read. */
  pairsOfLast: number | undefined;

  /** Without pairs, words that stand together give nothing. */
  constructor(plan: Plan, work: Work, withPairs = true) {
    this.plan = plan;
    this.work = work;
    this.weights = plan.words.map((word) => word.weight);
    const pairs = Math.max(fewPairs, plan.pairs.weights.length);
    this.mostLooks = withPairs ? Math.floor((plan.terms.budget.limits.looks * fewPairs) / pairs) : 0;
    const { length } = plan.words;
    this.codes = new Uint8Array(length);
    this.found = { indexes: new Int32Array(length), titled: new Int32Array(length) };
  }

  private open(at: number): Opened {
    const segment = this.plan.segments[at]!;
    const opened = {
      segment,
      lengths: segment.lengths,
      words: postingsOf(this.plan.words, at),
      pairs: null,
    };
    this.opened[at] = opened;
    return opened;
  }

  /** Reads the packed frequencies of the words in a paper; returns how many it holds. */
  read(at: number, doc: number): number {
    const { codes } = this;
    const { indexes, titled } = this.found;
    const { words } = this.opened[at] ?? this.open(at);
    let held = 0;
    for (let i = 0; i < words.length; i++) {
      const own = words[i]!;
      const index = indexIn(own, doc);
      indexes[i] = index;
      titled[i] = -1;
      codes[i] = index < 0 ? 0 : own.codes[index]!;
      if (index >= 0) held++;
    }
    return held;
  }

  /** The same of a paper that holds all words in its title: what is known of those lies together. */
  readTitled(at: number, doc: number): void {
    const { codes } = this;
    const { indexes, titled } = this.found;
    const { words } = this.opened[at] ?? this.open(at);
    for (let i = 0; i < words.length; i++) {
      const own = words[i]!.titled;
      const index = indexIn(own, doc);
      titled[i] = index;
      indexes[i] = own.at ? own.at[index]! : -1;
      codes[i] = own.codes[index]!;
    }
  }

  /** Sum over the words of the paper read last. */
  byWords(at: number, doc: number): number {
    const { codes, weights } = this;
    const lengths = (this.opened[at] ?? this.open(at)).lengths[doc]!;
    let sum = 0;
    for (let i = 0; i < codes.length; i++) sum += weights[i]! * impactOf(codes[i]!, lengths);
    return sum;
  }

  /**
   * Score of the paper read last, which holds all words; without its pairs where even with them it is below `least`. `bonus`
   * is what it gains by holding them. Where places would have to be read and that is to `wait`, it is what the score is at most,
   * and `unsettled` says so.
   */
  complete(at: number, doc: number, { bonus, least, wait }: CompleteScore): number {
    this.unsettled = false;
    this.work.scored++;
    const score = bonus + this.byWords(at, doc);
    this.pairsOfLast = undefined;
    if (score + boundPairs(this.plan.pairs, this.codes) < least) return score;
    this.mayWait = wait;
    const pairs = this.pairs(at, doc, least - score);
    this.mayWait = false;
    return score + pairs;
  }

  /** As many papers as may be were looked at for words that stand together: the others have nothing of it. */
  get pairsSpent(): boolean {
    return this.looks >= this.mostLooks;
  }

  /** What the paper read last gains by holding all words; its title's stems have the hash of the query's. */
  titledBonus(at: number, doc: number): number {
    const { bonuses, title, segments } = this.plan;
    for (let i = 0; i < this.codes.length; i++) if (this.codes[i]! < 64) return bonuses.complete;
    const isTitle = listStems(segments[at]!.readPaper(doc).title).join(" ") === title.text;
    return isTitle ? bonuses.complete + bonuses.title : bonuses.complete;
  }

  /**
   * What words of the query that stand together are worth in the paper read last; where that is below `need`, something below
   * it.
   */
  pairs(at: number, doc: number, need = Number.NEGATIVE_INFINITY): number {
    const { pairs } = this.plan;
    this.pairsOfLast = undefined;
    if (pairs.weights.length === 0 || this.pairsSpent) return 0;
    const reader = this.readerOf(at);
    const most = reader.lookAt(doc, this.codes, this.found);
    this.unsettled = this.mayWait && most > 0 && most * pairSlack >= need && !reader.isSettled;
    if (this.unsettled) return most * pairSlack;
    this.pairsOfLast = most;
    const isTold = most * pairSlack < need || reader.isSettled;
    this.looks += isTold ? 1 : looksARead;
    if (isTold) return most;
    this.work.placed++;
    this.pairsOfLast = reader.readOn(doc, this.codes, this.found, need);
    return this.pairsOfLast;
  }

  private readerOf(at: number): PairReader {
    const { pairs, terms } = this.plan;
    const opened = this.opened[at] ?? this.open(at);
    opened.pairs ??= new PairReader(pairs, terms, at, opened.words);
    return opened.pairs;
  }
}
