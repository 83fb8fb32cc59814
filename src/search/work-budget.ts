// What one query may cost, counted in what is decoded and walked and never by a clock, so that the same query finds the same on
// every page and every machine. What is scarce is looked at first: it tells most. What is left out is noted.

export interface WorkLimits {
  /** Postings of the lists that conditions walk. */
  conditions: number;
  /** Papers whose places are read to see whether a phrase of up to three stems stands in them; longer ones count more. */
  places: number;
  /** Postings of the words that papers are ranked by, other spellings and unfinished words included; less what conditions took. */
  words: number;
  /** Postings of all stems that the unfinished words of a query stand for. */
  beginnings: number;
  /** Postings of stop words that are looked at beside their neighbours. */
  neighbours: number;
  /**
   * Papers that are looked at for words that stand together; one whose places are read counts as eight. Those that promise most
   * come first.
   */
  looks: number;
  /** Words looked up in the candidates of each side that are judged by words and meaning together. */
  judged: number;
}

/**
 * Above what any sentence, title or keyword asks of 1,000,000 papers (the dearest of 2,300: 7.5 million postings of words,
 * 10 million of stop words), and below what takes 250 ms.
 */
export const workLimits: Readonly<WorkLimits> = {
  conditions: 4_000_000,
  places: 50_000,
  words: 8_000_000,
  beginnings: 3_000_000,
  neighbours: 12_000_000,
  // Only queries of nothing but the commonest words come near it.
  looks: 65_536,
  // The first 1,000 results of any query, 5,000 of one of up to twelve words, all 10,000 of one of up to six.
  judged: 64_000,
};

/** What a query holds that was not looked at. */
export interface LeftOut {
  /** As typed. */
  words: Set<string>;
  /** Unfinished words that stand for their commonest continuations only. */
  beginnings: Set<string>;
  /** Some papers were not looked at for a condition, and are no answers. */
  conditions: boolean;
}

/** Of one query. */
export class WorkBudget {
  readonly limits: Readonly<WorkLimits>;
  readonly leftOut: LeftOut = { words: new Set(), beginnings: new Set(), conditions: false };
  private readonly spent: WorkLimits = {
    conditions: 0,
    places: 0,
    words: 0,
    beginnings: 0,
    neighbours: 0,
    looks: 0,
    judged: 0,
  };

  constructor(limits: Readonly<WorkLimits> = workLimits) {
    this.limits = limits;
  }

  /** Takes so much where it is left; the first of its kind is always granted, however large the collection. */
  take(kind: keyof WorkLimits, cost: number): boolean {
    const { limits, spent } = this;
    if (spent[kind] > 0 && this.spentFor(kind) + cost > limits[kind]) return false;
    spent[kind] += cost;
    return true;
  }

  /** The same, but the first of its kind too must be within what is granted. */
  takeWithin(kind: keyof WorkLimits, cost: number): boolean {
    return this.spentFor(kind) + cost <= this.limits[kind] && this.take(kind, cost);
  }

  private spentFor(kind: keyof WorkLimits): number {
    return this.spent[kind] + (kind === "words" ? this.spent.conditions : 0);
  }

  /** True: the answers that were found are all, as far as this tells. */
  get isComplete(): boolean {
    const { words, beginnings, conditions } = this.leftOut;
    return words.size === 0 && beginnings.size === 0 && !conditions;
  }
}

/** Words named when something is said of what was left out. */
const named = 5;

/** What was left out in a sentence or two; null: nothing. */
export function describeLeftOut({ words, beginnings, conditions }: LeftOut): string | null {
  const said = [
    words.size > 0 ? `Too many papers hold ${nameSome(words)}: not ranked by.` : "",
    beginnings.size > 0 ? `${nameSome(beginnings)} stands for the commonest words that begin so.` : "",
    conditions ? "Too many papers had to be looked at for what must be met; the rest were left out." : "",
  ].filter((part) => part !== "");
  return said.length > 0 ? said.join(" ") : null;
}

/** Where papers are judged by words and meaning, but no more than so many. */
export function describeUnjudged(judged: number): string {
  const said = judged.toLocaleString("en-US");
  return `The query has too many words, or too common ones: from result ${said} on, papers are ranked by words alone.`;
}

function nameSome(words: ReadonlySet<string>): string {
  const first = [...words].slice(0, named).map((word) => `“${word.slice(0, 40)}”`);
  const more = words.size - first.length;
  return `${first.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en-US")} more` : ""}`;
}
