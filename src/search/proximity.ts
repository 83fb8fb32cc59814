// Words that stand together as in the query: the ordered pairs of the sequential dependence model (Metzler and Croft 2005),
// looked for in the places of a paper, stop words included.
import { findDear } from "./dear-neighbours.ts";
import { placedWords } from "./most-beside.ts";
import { codeIn, indexIn } from "./paper-list.ts";
import type { Postings } from "./postings.ts";
import type { QueryTerms } from "./query-terms.ts";
import { inverseDocumentFrequency } from "./scoring.ts";
import type { Positions } from "./segment.ts";
import {
  abstractShare,
  authorsShare,
  bestShare,
  bitsOfTitle,
  lastPlace,
  shares,
  titleShare,
} from "./side-by-side.ts";
import { mostPlaces } from "./titled-postings.ts";

/** Longer queries are prose; pairs beyond are not looked at. */
const maxPairs = 24;

export interface Pairs {
  stems: readonly string[];
  /** How many papers hold each, as they were weighed. */
  papers: readonly number[];
  /** weights[i] is that of stems[i] followed by stems[i + 1]. */
  weights: readonly number[];
  /** By stem: index of the word of the query that it is, -1 for a stop word. */
  words: readonly number[];
  /** By stem: that word stands for nothing else. */
  plain: readonly boolean[];
  /** What no paper's bonus exceeds. */
  most: number;
}

/** The adjacent pairs of a query's stems. A pair weighs what its words weigh on average. */
export function planPairs(
  stems: readonly string[],
  words: readonly { stem: string; plain: boolean }[],
  terms: QueryTerms,
  pinned?: { pairs: readonly number[]; documents: number },
): Pairs {
  const used = stems.slice(0, maxPairs + 1);
  const papers = used.map((stem, i) => pinned?.pairs[i] ?? terms.get(stem).papers);
  const idfs = papers.map((count) => inverseDocumentFrequency(count, pinned?.documents ?? terms.documents));
  const weights = used.slice(1).map((stem, i) => weighPair([used[i]!, stem], [idfs[i]!, idfs[i + 1]!]));
  const found = used.map((stem) => words.findIndex((word) => word.stem === stem));
  const isDear = findDear(
    used.filter((_, i) => found[i]! < 0),
    terms,
  );
  for (let i = 0; i < weights.length; i++) if (isDear(used[i]!) || isDear(used[i + 1]!)) weights[i] = 0;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    stems: used,
    papers,
    weights,
    words: found,
    plain: found.map((word) => words[word]?.plain === true),
    most: sum * Math.max(...shares),
  };
}

/** Nothing where something else of the query stands between (""). */
function weighPair(stems: [string, string], [left, right]: [number, number]): number {
  return stems.includes("") ? 0 : (left + right) / 2;
}

/** Any frequency in any field: what is assumed of words that are not looked at. */
const anywhere = 255;
const elsewhereThanTitle = 63;
/** Bounds that lost or won a little by being added up in another order are taken for equal. */
export const pairSlack = 1 + 1e-9;

/** What a paper's bonus can be at most, judged by the packed frequencies of the query's words alone. */
export function boundPairs({ weights, words }: Pairs, codes: Uint8Array): number {
  let bound = 0;
  for (let i = 0; i < weights.length; i++) {
    const left = words[i]! < 0 ? anywhere : codes[words[i]!]!;
    const right = words[i + 1]! < 0 ? anywhere : codes[words[i + 1]!]!;
    bound += weights[i]! * shareBound(left, right);
  }
  return bound;
}

/** Share of the best field that both words stand in. */
function shareBound(left: number, right: number): number {
  if (left >= 64 && right >= 64) return titleShare;
  if ((left & 3) !== 0 && (right & 3) !== 0) return authorsShare;
  return (left & 0x3c) !== 0 && (right & 0x3c) !== 0 ? abstractShare : 0;
}

/** Where the query's words were found in a paper; below 0 where that is not known. */
export interface FoundWords {
  /** By word: index among its postings. */
  indexes: Int32Array;
  /** By word: index among its postings in titles. */
  titled: Int32Array;
}

/** Says of a title's places that some are not told one by one. */
const elsewhere = 2 ** lastPlace;

/** Tells the bonus of one paper of a segment after another. */
export class PairReader {
  private readonly pairs: Pairs;
  private readonly terms: QueryTerms;
  private readonly segment: number;
  /** By stem: index of the same stem's first place in the query, which stands for all of them below. */
  private readonly first: readonly number[];
  /** By stem; opened when first needed, null where the segment lacks it. */
  private readonly readers: (Positions | null | undefined)[];
  /** By stem, of stop words only; read when first needed. */
  private readonly stopWords: (Postings | null | undefined)[] = [];
  /** By stem, of stop words only: index of the paper looked at among those with it in the title. */
  private readonly stopTitled: Int32Array;
  /** By pair, of the paper looked at: the share it has or can have at most, and 1 where it has that. */
  private readonly shares: Float64Array;
  private readonly settled: Uint8Array;
  /** Pairs in the order they are read: what weighs most tells soonest that a paper cannot gain enough. */
  private readonly heaviestFirst: readonly number[];
  /** What the bonus of the paper looked at is at most. */
  private open = 0;
  /** By stem: the paper its reader stands in, or, below 0, does not. */
  private readonly standing: Int32Array;
  /** By word of the query: its postings. */
  private readonly postings: readonly Postings[];
  /** By stem, once opened: its word has no other spellings here, so that places belong to the word's own postings. */
  private readonly plain: Uint8Array;

  constructor(pairs: Pairs, terms: QueryTerms, segment: number, postings: readonly Postings[] = []) {
    this.pairs = pairs;
    this.terms = terms;
    this.segment = segment;
    this.first = pairs.stems.map((stem) => pairs.stems.indexOf(stem));
    this.readers = new Array(pairs.stems.length).fill(undefined);
    this.standing = new Int32Array(pairs.stems.length).fill(-1);
    this.postings = postings;
    this.plain = new Uint8Array(pairs.stems.length);
    this.stopTitled = new Int32Array(pairs.stems.length);
    this.shares = new Float64Array(pairs.weights.length);
    this.settled = new Uint8Array(pairs.weights.length);
    this.heaviestFirst = pairs.weights.map((_, i) => i).sort((a, b) => pairs.weights[b]! - pairs.weights[a]!);
  }

  /**
   * The bonus of a paper; `codes` are the packed frequencies of the query's words in it. Where it cannot be as much as `need`,
   * something below that is returned, without reading more than it takes to know.
   */
  bonusOf(doc: number, codes: Uint8Array, found?: FoundWords, need = Number.NEGATIVE_INFINITY): number {
    // First what is known of titles, then places are read: most papers are out before that.
    const open = this.lookAt(doc, codes, found);
    return open * pairSlack < need ? open : this.readOn(doc, codes, found, need);
  }

  /** What a paper's bonus is at most, by what is known of titles. */
  lookAt(doc: number, codes: Uint8Array, found?: FoundWords): number {
    const { weights } = this.pairs;
    // Queries of many words look at few papers for pairs: finding all titles with a stop word would cost more.
    const titles = this.postings.length > placedWords ? undefined : found;
    let open = 0;
    for (let i = 0; i < weights.length; i++) open += weights[i]! * this.boundPair(i, doc, codes, titles);
    this.open = open;
    return open;
  }

  /** Whether titles told all of the paper looked at. */
  get isSettled(): boolean {
    for (let i = 0; i < this.settled.length; i++) if (this.settled[i] === 0) return false;
    return true;
  }

  /** The bonus of the paper looked at; as much of `need` as with `bonusOf`. */
  readOn(doc: number, codes: Uint8Array, found?: FoundWords, need = Number.NEGATIVE_INFINITY): number {
    const { weights } = this.pairs;
    const indexes = found?.indexes;
    let { open } = this;
    for (const i of this.heaviestFirst) {
      if (this.settled[i] === 1) continue;
      const most = this.shares[i]!;
      this.shares[i] = this.readPair(i, doc, { codes, most, indexes });
      open -= weights[i]! * (most - this.shares[i]!);
      if (open * pairSlack < need) return open;
    }
    // Always summed in this order, so that a paper's score is the same to the last bit.
    let bonus = 0;
    for (let i = 0; i < weights.length; i++) bonus += weights[i]! * this.shares[i]!;
    return bonus;
  }

  /** The largest share a pair can have, and whether that is what it has. */
  private boundPair(i: number, doc: number, codes: Uint8Array, found?: FoundWords): number {
    const { first, pairs, shares, settled } = this;
    const [before, after] = [first[i]!, first[i + 1]!];
    const left = this.boundOf(before, doc, codes, found);
    const right = this.boundOf(after, doc, codes, found);
    let most = pairs.weights[i] === 0 ? 0 : shareBound(left, right);
    settled[i] = most === 0 ? 1 : 0;
    if (found && most === titleShare && left >= 64 && right >= 64) {
      const own = this.titlePlaces(before, doc, found);
      const next = own === 0 ? 0 : this.titlePlaces(after, doc, found);
      // Places that are all known tell whether the words stand together, without reading anything.
      if (own !== 0 && next !== 0 && ((own | next) & elsewhere) === 0) {
        const together = ((own << 1) & next) !== 0;
        if (!together) most = shareBound(left & 63, right & 63);
        settled[i] = Number(together || most === 0);
      }
    }
    shares[i] = most;
    return most;
  }

  /** Packed frequencies of a stem in the paper, or larger ones: of a stop word only the titles are looked at. */
  private boundOf(i: number, doc: number, codes: Uint8Array, found?: FoundWords): number {
    const word = this.pairs.words[i]!;
    if (word >= 0) return codes[word]!;
    const postings = this.stopWord(i);
    if (!postings) return 0;
    if (!found) return codeIn(postings, doc);
    this.stopTitled[i] = indexIn(postings.titled, doc);
    return this.stopTitled[i]! < 0 ? elsewhereThanTitle : anywhere;
  }

  /** The share of a pair in the paper, at most `most`. */
  private readPair(
    i: number,
    doc: number,
    { codes, most, indexes }: { codes: Uint8Array; most: number; indexes: Int32Array | undefined },
  ): number {
    const { first, readers } = this;
    const [before, after] = [first[i]!, first[i + 1]!];
    const least = Math.min(most, shareBound(this.codeOf(before, doc, codes), this.codeOf(after, doc, codes)));
    if (least === 0 || !this.stand(before, doc, indexes) || !this.stand(after, doc, indexes)) return 0;
    return bestShare(readers[before]!, readers[after]!, least);
  }

  /** The places of a stem in the paper's title as bits, see TitledPostings; 0 where they cannot be told. */
  private titlePlaces(i: number, doc: number, { indexes, titled }: FoundWords): number {
    const word = this.pairs.words[i]!;
    if (word >= 0 && !this.pairs.plain[i]) return 0;
    const at = word < 0 ? this.stopTitled[i]! : titled[word]!;
    if (at < 0) return 0;
    const own = word < 0 ? this.stopWord(i)!.titled : this.postings[word]!.titled;
    if (!own.at) return 0;
    const { places } = own;
    const remembered = places.get(at);
    if (remembered !== undefined) return remembered;
    if (!this.standAt(i, doc, word < 0 ? own.at[at]! : indexes[word]!)) return 0;
    if (places.size === mostPlaces) places.clear();
    const bits = bitsOfTitle(this.readers[i]!);
    places.set(at, bits);
    return bits;
  }

  private stopWord(i: number): Postings | null {
    this.stopWords[i] ??= this.terms.postings(this.pairs.stems[i]!, this.segment);
    return this.stopWords[i] ?? null;
  }

  /** Packed frequencies of a stem in the paper. Those of stop words are looked up: it spares reading many places. */
  private codeOf(i: number, doc: number, codes: Uint8Array): number {
    const word = this.pairs.words[i]!;
    if (word >= 0) return codes[word]!;
    const postings = this.stopWord(i);
    return postings ? codeIn(postings, doc) : 0;
  }

  /** Moves a stem's reader to the paper; false when the stem is not in it. */
  private stand(i: number, doc: number, indexes?: Int32Array): boolean {
    if (this.standing[i] === doc) return true;
    if (this.standing[i] === -2 - doc) return false;
    if (this.readers[i] === undefined) this.readers[i] = this.openReader(i);
    return this.standAt(i, doc, indexes && this.plain[i] === 1 ? indexes[this.pairs.words[i]!]! : -1);
  }

  /** The same where the index of the paper's posting is known, or below 0. */
  private standAt(i: number, doc: number, index: number): boolean {
    if (this.standing[i] === doc) return true;
    if (this.readers[i] === undefined) this.readers[i] = this.openReader(i);
    const found = this.readers[i]?.moveTo(doc, index) ?? false;
    this.standing[i] = found ? doc : -2 - doc;
    return found;
  }

  private openReader(i: number): Positions | null {
    const stem = this.pairs.stems[i]!;
    const number = this.terms.get(stem).numbers[this.segment]!;
    if (number < 0) return null;
    const segment = this.terms.segments[this.segment]!;
    const word = this.postings[this.pairs.words[i]!];
    this.plain[i] = Number(
      this.pairs.plain[i] || (word !== undefined && word === this.terms.postings(stem, this.segment)),
    );
    return segment.openPositions(number);
  }
}
