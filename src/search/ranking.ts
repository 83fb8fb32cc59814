// Which papers answer a query, how many, and the best of them; docs/search.md says what "answers" means and gives the formula.
import { AllWords } from "./all-words.ts";
import { listStems } from "./analyzer.ts";
import { visitAny } from "./any-words.ts";
import { countBits, forEachBit, hasBit } from "./bits.ts";
import { findAnswers } from "./find-answers.ts";
import type { Barred } from "./holders.ts";
import { postingsOf } from "./match.ts";
import { liveBits } from "./match-conditions.ts";
import { MostBeside } from "./most-beside.ts";
import type { Plan } from "./plan.ts";
import { indexIn } from "./postings.ts";
import { boundPairs, PairReader } from "./proximity.ts";
import type { RankPins } from "./rank-pins.ts";
import { impactOf } from "./scoring.ts";
import type { Segment } from "./segment.ts";
import { compareRanked, type RankedPaper, TopPapers } from "./top-papers.ts";
import type { Work } from "./work.ts";

/** Of the papers that hold only some of the words, so many of the best by words are looked at for pairs. */
export const reorderedPapers = 64;
/**
 * Papers whose places are read for words that stand together, at most; those that promise most come first. Only queries of
 * nothing but the commonest words come near it.
 */
const maxPairReads = 32_768;

export interface Ranking {
  /** Best first, at most `depth`. */
  papers: RankedPaper[];
  /** Exact number of answers. */
  total: number;
  /** Of these, papers that hold all words and phrases. */
  complete: number;
  /** See rank-pins.ts; null when no paper that holds some of the words only was asked for. */
  floor: RankPins["floor"];
}

/** Ranks the papers that answer the query by its words; without words, all alike. */
export function rankPapers(plan: Plan, depth: number, work: Work): Ranking {
  return new Ranker(plan, depth, work).rank();
}

class Ranker {
  private readonly plan: Plan;
  private readonly depth: number;
  private readonly work: Work;
  /** By segment; opened when first needed. */
  private readonly pairs: PairReader[] = [];
  /** By word: the packed frequencies in the paper looked at, and the indexes of its postings. */
  private readonly codes: Uint8Array;
  private readonly found: Int32Array;
  /** Papers with all words, by their whole score; papers with some, by words alone. */
  private readonly complete: TopPapers;
  private readonly partial: TopPapers;
  /** By segment: papers of the query's title hash, which are looked at by themselves. */
  private readonly titled: (readonly number[])[] = [];
  private completeCount = 0;
  private pairReads = 0;
  private floor: RankPins["floor"];

  constructor(plan: Plan, depth: number, work: Work) {
    this.plan = plan;
    this.depth = depth;
    this.work = work;
    this.floor = plan.pins.floor;
    this.codes = new Uint8Array(plan.words.length);
    this.found = new Int32Array(plan.words.length);
    this.complete = new TopPapers(depth);
    this.partial = new TopPapers(Math.max(depth, reorderedPapers));
  }

  rank(): Ranking {
    const { plan } = this;
    this.rankComplete();
    const filled = plan.completeFirst && this.completeCount >= this.depth;
    if (!filled) this.addPartial();
    if (!plan.query.needsWord && this.complete.threshold === Number.NEGATIVE_INFINITY) this.fillUp();
    const papers = [...this.complete.list(), ...this.reorder(this.partial.list())].sort(compareRanked);
    const total = this.countAnswers();
    const complete = plan.words.length === 0 ? total : this.completeCount;
    return { papers: papers.slice(0, this.depth), total, complete, floor: this.floor };
  }

  /** So few papers may answer that looking at each costs less than walking the words. */
  private isScarce(at: number): boolean {
    const accepted = this.plan.accepted[at]!;
    if (accepted === null) return false;
    const walked = this.plan.words.reduce((sum, word) => sum + word.postings[at]!.docs.length, 0);
    return countBits(accepted) * this.plan.words.length < walked;
  }

  private rankAccepted(at: number): void {
    forEachBit(this.plan.accepted[at]!, (doc) => {
      const codes = this.readCodes(at, doc);
      this.work.postings += codes.length;
      if (!codes.includes(0)) {
        this.completeCount++;
        this.addComplete(at, doc, codes);
      } else if (codes.some((code) => code !== 0)) this.addHolder(at, doc, codes);
    });
  }

  private addHolder(at: number, doc: number, codes: Uint8Array): void {
    const { words, segments } = this.plan;
    const lengths = segments[at]!.lengths[doc]!;
    const score = words.reduce((sum, word, i) => sum + word.weight * impactOf(codes[i]!, lengths), 0);
    this.work.scored++;
    this.partial.add({ score, segment: at, doc, key: segments[at]!.keyOf(doc) });
  }

  private rankComplete(): void {
    const { plan, work, depth } = this;
    const weights = plan.words.map((word) => word.weight);
    const bonus = plan.bonuses.complete;
    const most = (codes: Uint8Array) => bonus + boundPairs(plan.pairs, codes);
    const beside = new MostBeside(weights.length, most);
    const threshold = () => this.complete.threshold;
    const offer = (at: number, doc: number) => {
      if (!this.titled[at]?.includes(doc)) this.addComplete(at, doc, this.readCodes(at, doc));
    };
    const all = new AllWords({ weights, work, depth, threshold, beside, bonus, offer });
    for (const at of this.largestFirst()) {
      if (this.isScarce(at)) this.rankAccepted(at);
      else {
        this.rankTitled(at);
        const words = postingsOf(plan.words, at);
        this.completeCount += all.gather({ segment: at, words, barred: this.barred(at) });
      }
    }
    all.finish();
  }

  /** Papers whose title may be the query gain more than bounds tell of: they are looked at before the others. */
  private rankTitled(at: number): void {
    const { segments, title, words } = this.plan;
    const titled = words.length > 0 ? segments[at]!.findTitles(title.hash) : [];
    if (titled.length === 0) return;
    this.titled[at] = titled;
    const barred = this.barred(at);
    for (const doc of titled) {
      const codes = this.readCodes(at, doc);
      if (!codes.includes(0) && !barred.has(doc)) this.addComplete(at, doc, codes);
    }
  }

  /** Where most papers are, what a score must reach is soon known. */
  private largestFirst(): number[] {
    const { segments } = this.plan;
    const filled = segments.map((_, at) => at).filter((at) => segments[at]!.size > 0);
    return filled.sort((a, b) => segments[b]!.size - segments[a]!.size);
  }

  /** The papers that cannot answer. */
  private barred(at: number): Barred {
    const accepted = this.plan.accepted[at]!;
    const { removed, size } = this.plan.segments[at]!;
    return accepted === null ? removed : { count: size, has: (doc) => !hasBit(accepted, doc) };
  }

  private addComplete(at: number, doc: number, codes: Uint8Array): void {
    const { words, segments } = this.plan;
    const lengths = segments[at]!.lengths[doc]!;
    this.work.scored++;
    let score = this.completeBonus(at, doc, codes);
    for (let i = 0; i < codes.length; i++) score += words[i]!.weight * impactOf(codes[i]!, lengths);
    if (score + boundPairs(this.plan.pairs, codes) < this.complete.threshold) return;
    const bonus = this.readPairs(at, doc, codes);
    this.complete.add({ score: score + bonus, segment: at, doc, key: segments[at]!.keyOf(doc) });
  }

  /** What words of the query that stand together are worth in the paper. */
  private readPairs(at: number, doc: number, codes: Uint8Array): number {
    if (this.pairReads === maxPairReads) return 0;
    this.pairReads++;
    this.work.placed++;
    this.pairs[at] ??= this.openPairs(at);
    return this.pairs[at].bonusOf(doc, codes, this.found);
  }

  private openPairs(at: number): PairReader {
    const { pairs, terms, words } = this.plan;
    return new PairReader(pairs, terms, at, postingsOf(words, at));
  }

  /** What a paper gains that holds all words, and more when they are its very title. */
  private completeBonus(at: number, doc: number, codes: Uint8Array): number {
    const segment = this.plan.segments[at]!;
    const { bonuses, title } = this.plan;
    // Most papers lack one of the words in the title, which spares reading their hash.
    for (let i = 0; i < codes.length; i++) if (codes[i]! < 64) return bonuses.complete;
    if (segment.titleHashOf(doc) !== title.hash) return bonuses.complete;
    const isTitle = listStems(segment.readPaper(doc).title).join(" ") === title.text;
    return isTitle ? bonuses.complete + bonuses.title : bonuses.complete;
  }

  private addPartial(): void {
    const { plan, work, partial } = this;
    if (plan.words.length < 2) return;
    const weights = plan.words.map((word) => word.weight);
    for (const at of this.largestFirst()) {
      if (this.isScarce(at)) continue;
      const segment = plan.segments[at]!;
      const barred = this.barred(at);
      visitAny({
        words: postingsOf(plan.words, at),
        weights,
        lengths: segment.lengths,
        work,
        threshold: () => partial.threshold,
        offer(doc, score, held) {
          // Papers with all words are in already.
          if (held === weights.length || barred.has(doc)) return;
          partial.add({ score, segment: at, doc, key: segment.keyOf(doc) });
        },
      });
    }
  }

  /** Papers that meet the conditions without holding any word come last. */
  private fillUp(): void {
    this.plan.segments.forEach((segment, at) => {
      if (this.partial.threshold > 0) return;
      forEachBit(this.plan.accepted[at] ?? liveBits(segment), (doc) => {
        this.work.postings++;
        if (this.partial.threshold > 0 || this.readCodes(at, doc).some((code) => code !== 0)) return;
        this.partial.add({ score: 0, segment: at, doc, key: segment.keyOf(doc) });
      });
    });
  }

  private countAnswers(): number {
    const { query, words, segments } = this.plan;
    const [first, second] = words;
    if (!query.needsWord)
      return segments.reduce((sum, segment, at) => sum + this.countAccepted(segment, at), 0);
    if (!query.condition && words.length === 1) return first!.papers;
    if (!query.condition && words.length === 2) return first!.papers + second!.papers - this.completeCount;
    return segments.reduce((sum, _, at) => sum + countBits(findAnswers(this.plan, at, this.work)), 0);
  }

  private countAccepted({ size, removed }: Segment, at: number): number {
    const accepted = this.plan.accepted[at]!;
    return accepted === null ? size - removed.count : countBits(accepted);
  }

  /** The packed frequencies of the words in a paper, 0 where it lacks one; valid until the next paper. */
  private readCodes(at: number, doc: number): Uint8Array {
    const { codes, found } = this;
    const { words } = this.plan;
    for (let i = 0; i < words.length; i++) {
      const own = words[i]!.postings[at]!;
      const index = indexIn(own, doc);
      found[i] = index;
      codes[i] = index < 0 ? 0 : own.codes[index]!;
    }
    return codes;
  }

  /** Gives the best by words what their word order earns; those beyond keep their score. */
  private reorder(papers: RankedPaper[]): RankedPaper[] {
    if (papers.length > 0) this.floor ??= papers[reorderedPapers - 1] ?? { score: 0, key: Infinity };
    return papers.map((paper) => {
      if (compareRanked(paper, this.floor!) > 0) return paper;
      const { segment, doc } = paper;
      const bonus = this.readPairs(segment, doc, this.readCodes(segment, doc));
      return { ...paper, score: paper.score + bonus };
    });
  }
}
