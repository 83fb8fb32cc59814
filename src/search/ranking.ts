// Which papers answer a query, how many, and the best of them; docs/search.md says what "answers" means and gives the formula.
import { visitAny } from "./any-words.ts";
import { countBits, forEachBit, hasBit } from "./bits.ts";
import { type CompleteInput, type CompleteWords, visitComplete } from "./complete-papers.ts";
import { findAnswers } from "./find-answers.ts";
import type { Barred } from "./holders.ts";
import { postingsOf } from "./match.ts";
import { liveBits } from "./match-conditions.ts";
import { type CompleteScore, PaperScores } from "./paper-scores.ts";
import type { Plan } from "./plan.ts";
import type { RankPins } from "./rank-pins.ts";
import type { Segment } from "./segment.ts";
import { compareRanked, type RankedPaper, TopPapers } from "./top-papers.ts";
import type { Work } from "./work.ts";

/** Of the papers that hold only some of the words, so many of the best by words are looked at for pairs. */
export const reorderedPapers = 64;

/** Looking a paper up in a word's list costs as much as walking so many postings. */
const lookUpCost = 8;

export interface Ranking {
  /** Best first, at most `depth`. */
  papers: RankedPaper[];
  /** Number of answers. */
  total: number;
  /** Of these, papers that hold all words and phrases. */
  complete: number;
  /** Whether both numbers are exact; else there may be more. */
  exact: boolean;
  /** See rank-pins.ts; null when no paper that holds some of the words only was asked for. */
  floor: RankPins["floor"];
  /** Not all papers that might have gained by words which stand together were read for it: another depth reads others. */
  bounded: boolean;
}

/** Ranks the papers that answer the query by its words; without words, all alike. `withPairs`: see paper-scores.ts. */
export function rankPapers(plan: Plan, depth: number, work: Work, withPairs = true): Ranking {
  return new Ranker(plan, new PaperScores(plan, work, withPairs), { depth, work }).rank();
}

class Ranker {
  private readonly plan: Plan;
  private readonly depth: number;
  private readonly work: Work;
  private readonly scores: PaperScores;
  /** Papers with all words, by their whole score; papers with some, by words alone. */
  private readonly complete: TopPapers;
  private readonly partial: TopPapers;
  /** By segment: papers of the query's title hash, which are looked at by themselves. */
  private readonly titled: (readonly number[])[] = [];
  private completeCount = 0;
  /** No more papers than those counted hold all the words. */
  private exact = true;
  private floor: RankPins["floor"];
  /** What is asked of the next paper: one object for all of them. */
  private readonly asked: CompleteScore = { bonus: 0, least: 0, wait: false };

  constructor(plan: Plan, scores: PaperScores, { depth, work }: { depth: number; work: Work }) {
    this.plan = plan;
    this.depth = depth;
    this.work = work;
    this.floor = plan.pins.floor;
    this.scores = scores;
    this.complete = new TopPapers(depth);
    this.partial = new TopPapers(Math.max(depth, reorderedPapers));
  }

  rank(): Ranking {
    const { plan } = this;
    this.rankComplete();
    const filled = plan.completeFirst && this.completeCount >= this.depth;
    if (!filled) this.addPartial();
    if (!plan.query.needsWord && this.complete.threshold === Number.NEGATIVE_INFINITY) this.fillUp();
    const best = this.complete.list();
    const others = this.partial.list();
    const papers = others.length === 0 ? best : this.reorder(best, others);
    const { total, exact } = this.countAnswers(best.length + others.length);
    // Papers that hold the only word hold all.
    const alike = plan.words.length === 0 || (plan.words.length === 1 && plan.query.needsWord);
    const complete = alike ? total : this.completeCount;
    return {
      papers: papers.slice(0, this.depth),
      total,
      complete,
      exact,
      floor: this.floor,
      bounded: this.scores.pairsSpent,
    };
  }

  /** So few papers may answer that looking at each costs less than walking the words. */
  private isScarce(at: number): boolean {
    const accepted = this.plan.accepted[at]!;
    if (accepted === null) return false;
    const walked = this.plan.words.reduce((sum, word) => sum + word.postings[at]!.count, 0);
    return lookUpCost * countBits(accepted) * this.plan.words.length < walked;
  }

  private rankAccepted(at: number): void {
    const { scores, work, plan } = this;
    const count = plan.words.length;
    forEachBit(plan.accepted[at]!, (doc) => {
      const held = scores.read(at, doc);
      work.postings += count;
      if (held === count) {
        this.completeCount++;
        this.addComplete(at, doc, this.bonusOf(at, doc));
      } else if (held > 0) {
        work.scored++;
        this.addPartialPaper(at, doc, scores.byWords(at, doc));
      }
    });
  }

  private addPartialPaper(segment: number, doc: number, score: number): void {
    if (score < this.partial.threshold) return;
    this.partial.add({ score, segment, doc, key: this.plan.segments[segment]!.keyOf(doc) });
  }

  private rankComplete(): void {
    const { plan, work, depth } = this;
    const walked: CompleteWords[] = [];
    for (const at of this.largestFirst()) {
      if (this.isScarce(at)) this.rankAccepted(at);
      else {
        this.rankTitled(at);
        walked.push({ segment: at, words: postingsOf(plan.words, at), barred: this.barred(at) });
      }
    }
    const threshold = () => this.complete.threshold;
    const offer: CompleteInput["offer"] = (at, doc, { titled, wait }) => {
      if (this.titled[at]?.includes(doc)) return undefined;
      if (titled) this.scores.readTitled(at, doc);
      else this.scores.read(at, doc);
      this.asked.wait = wait;
      return this.addComplete(at, doc, plan.bonuses.complete);
    };
    const pairsSpent = () => this.scores.pairsSpent;
    const { papers, exact } = visitComplete({ plan, work, depth, threshold, offer, pairsSpent }, walked);
    this.completeCount += papers;
    this.exact &&= exact;
  }

  /** Papers whose title may be the query gain more than bounds tell of: they are looked at before the others. */
  private rankTitled(at: number): void {
    const { segments, title, words } = this.plan;
    const titled = words.length > 0 ? segments[at]!.findTitles(title.hash) : [];
    if (titled.length === 0) return;
    this.titled[at] = titled;
    const barred = this.barred(at);
    for (const doc of titled) {
      if (this.scores.read(at, doc) === words.length && !barred.has(doc))
        this.addComplete(at, doc, this.scores.titledBonus(at, doc));
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

  private bonusOf(at: number, doc: number): number {
    const { segments, title, bonuses } = this.plan;
    const mayBeTitle = segments[at]!.titleHashOf(doc) === title.hash;
    return mayBeTitle ? this.scores.titledBonus(at, doc) : bonuses.complete;
  }

  /** Scores the paper read last, or says what it scores at most where that is to wait. */
  private addComplete(segment: number, doc: number, bonus: number): number | undefined {
    const { complete, scores, asked } = this;
    asked.bonus = bonus;
    asked.least = complete.threshold;
    const score = scores.complete(segment, doc, asked);
    if (scores.unsettled) return score;
    if (score < asked.least) return undefined;
    const key = this.plan.segments[segment]!.keyOf(doc);
    complete.add({ score, segment, doc, key, pairs: scores.pairsOfLast });
    return undefined;
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
          if (score >= partial.threshold) partial.add({ score, segment: at, doc, key: segment.keyOf(doc) });
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
        if (this.partial.threshold > 0 || this.scores.read(at, doc) > 0) return;
        this.partial.add({ score: 0, segment: at, doc, key: segment.keyOf(doc) });
      });
    });
  }

  private countAnswers(found: number): { total: number; exact: boolean } {
    const { query, words, segments, counts } = this.plan;
    const papers = words.map((word) => word.papers);
    if (!query.needsWord)
      return { total: segments.reduce((sum, own, at) => sum + this.countAccepted(own, at), 0), exact: true };
    if (!query.condition && papers.length === 1) return { total: papers[0]!, exact: true };
    if (!query.condition && papers.length === 2 && this.exact)
      return { total: papers[0]! + papers[1]! - this.completeCount, exact: true };
    if (!counts)
      return { total: Math.max(found, this.completeCount, ...(query.condition ? [] : papers)), exact: false };
    const total = segments.reduce((sum, _, at) => sum + countBits(findAnswers(this.plan, at, this.work)), 0);
    return { total, exact: true };
  }

  private countAccepted({ size, removed }: Segment, at: number): number {
    const accepted = this.plan.accepted[at]!;
    return accepted === null ? size - removed.count : countBits(accepted);
  }

  /**
   * The papers that hold all words and the others in one order: of these the best by words are given what their word order
   * earns, those beyond keep their score. What cannot be among the wanted is left out without reading on.
   */
  private reorder(best: readonly RankedPaper[], others: readonly RankedPaper[]): RankedPaper[] {
    this.floor ??= others[reorderedPapers - 1] ?? { score: 0, key: Infinity };
    const top = new TopPapers(this.depth);
    for (const paper of best) top.add(paper);
    for (const paper of others) {
      if (compareRanked(paper, this.floor) > 0) top.add(paper);
      else {
        const { segment, doc } = paper;
        this.scores.read(segment, doc);
        const score = paper.score + this.scores.pairs(segment, doc, top.threshold - paper.score);
        if (score >= top.threshold) top.add({ ...paper, score, pairs: this.scores.pairsOfLast });
      }
    }
    return top.list();
  }
}
