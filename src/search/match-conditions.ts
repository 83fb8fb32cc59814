// Which papers of a segment meet the conditions of a query, as a set. Every look-up is confined to the papers that are still
// in question, the cheap ones come first, and the dear one, a phrase in the places of papers, has a budget.
import { expandPrefix } from "./begun-stems.ts";
import { addAll, addBit, allBits, type Bits, dropAll, keepCommon, noBits } from "./bits.ts";
import { matchColumn } from "./match-columns.ts";
import type { PaperTable } from "./paper-table.ts";
import { openPhrase } from "./phrase.ts";
import { findPhraseHolders } from "./phrase-holders.ts";
import type { Postings } from "./postings.ts";
import type { Condition, TextCondition } from "./query-conditions.ts";
import type { QueryTerms } from "./query-terms.ts";
import type { Segment } from "./segment.ts";
import type { Work } from "./work.ts";

export interface MatchContext {
  terms: QueryTerms;
  /** Keys of the reader's library. */
  mine: ReadonlySet<number>;
  work: Work;
}

/** The papers of a segment that are not removed. */
export function liveBits({ size, removed }: Segment): Bits {
  const live = allBits(size);
  removed.dropFrom(live);
  return live;
}

/** The papers of `within` that meet the condition. */
export function matchCondition(
  condition: Condition,
  at: number,
  context: MatchContext,
  within = liveBits(context.terms.segments[at]!),
): Bits {
  return new ConditionMatcher(at, context).match(condition, within, false);
}

class ConditionMatcher {
  private readonly read = new Set<string>();
  private readonly at: number;
  private readonly segment: Segment;
  private readonly context: MatchContext;

  constructor(at: number, context: MatchContext) {
    this.at = at;
    this.segment = context.terms.segments[at]!;
    this.context = context;
  }

  /** A new set; `excluding`: what it holds will be left out, so papers that were not looked at are in it. */
  match(condition: Condition, within: Bits, excluding: boolean): Bits {
    switch (condition.kind) {
      case "text":
        return this.matchText(condition, within, excluding);
      case "column":
        return matchColumn(condition.test, this.segment, { within, ...this.context });
      case "not": {
        const kept = within.slice();
        dropAll(kept, this.match(condition.part, within, !excluding));
        return kept;
      }
      case "all":
        return [...condition.parts]
          .sort((a, b) => costOf(a) - costOf(b))
          .reduce((kept, part) => (isEmpty(kept) ? kept : this.match(part, kept, excluding)), within);
      case "any": {
        const found = noBits(this.segment.size);
        for (const part of this.scarcestFirst(condition.parts))
          addAll(found, this.match(part, within, excluding));
        return found;
      }
    }
  }

  /** When the work for conditions ends, as many of them as can be were looked at. */
  private scarcestFirst(parts: readonly Condition[]): Condition[] {
    const { terms } = this.context;
    const counted = parts.map((part) => ({ part, held: countHeld(part, terms) }));
    return counted.sort((a, b) => a.held - b.held).map(({ part }) => part);
  }

  /** Whether a list of so many postings may be walked, and read before that where this is the first time. */
  private mayWalk(stem: string, walked: number): boolean {
    const { budget, segments } = this.context.terms;
    const number = this.context.terms.get(stem).numbers[this.at]!;
    const cost = walked + (this.read.has(stem) || number < 0 ? 0 : segments[this.at]!.countPostings(number));
    this.read.add(stem);
    if (budget.take("conditions", cost)) return true;
    budget.leftOut.conditions = true;
    return false;
  }

  private matchText({ spellings, field, prefix }: TextCondition, within: Bits, excluding: boolean): Bits {
    const { terms, work } = this.context;
    const found = noBits(this.segment.size);
    const words = spellings.flatMap((stems) => (stems.length === 1 ? stems : []));
    if (prefix !== undefined) words.push(...expandPrefix(prefix, terms));
    for (const stem of words) if (!this.addWord(stem, field, found) && excluding) addAll(found, within);
    keepCommon(found, within);
    work.postings += found.length;
    for (const stems of spellings) {
      if (stems.length > 1) this.addPhrase({ stems, field }, { within, found, excluding });
    }
    return found;
  }

  /** False: it was not looked at. */
  private addWord(stem: string, field: number | null, found: Bits): boolean {
    const postings = this.context.terms.postings(stem, this.at);
    if (!postings) return true;
    const { work } = this.context;
    if (!this.mayWalk(stem, field === null ? found.length : postings.count)) return false;
    if (field === null && postings.table) {
      work.postings += found.length;
      addAll(found, postings.table.bits);
      return true;
    }
    const { codes, docs, table, count } = field === titleField ? postings.titled : listsOf(postings);
    work.postings += count;
    if (table) addMasked(found, { table, codes, mask: field === null ? anyField : fieldMasks[field]! });
    else {
      const mask = field === null ? anyField : fieldMasks[field]!;
      for (let i = 0; i < docs.length; i++) if ((codes[i]! & mask) !== 0) addBit(found, docs[i]!);
    }
    return true;
  }

  private addPhrase(
    { stems, field }: { stems: string[]; field: number | null },
    { within, found, excluding }: { within: Bits; found: Bits; excluding: boolean },
  ): void {
    const { context, at } = this;
    const { terms, work } = context;
    const mayWalk = (stem: string, walked: number) => this.mayWalk(stem, walked);
    const holders = findPhraseHolders({ stems, field }, { at, terms, within, found, work, mayWalk });
    if (holders === null) {
      if (excluding) addAll(found, within);
      return;
    }
    if (holders.length === 0) return;
    const test = openPhrase(stems, terms, { segment: at, field });
    const cost = Math.ceil(new Set(stems).size / stemsATest);
    for (const doc of holders) {
      if (!terms.budget.take("places", cost)) {
        terms.budget.leftOut.conditions = true;
        if (excluding) addBit(found, doc);
        continue;
      }
      work.placed++;
      if (test(doc)) addBit(found, doc);
    }
  }
}

const noDocs = new Int32Array(0);

function listsOf(postings: Postings): Pick<Postings, "codes" | "docs" | "table" | "count"> {
  const { codes, table, count } = postings;
  return { codes, table, count, docs: table ? noDocs : postings.docs };
}

/** Adds the papers of a table whose packed frequencies say a field of the mask. */
function addMasked(
  found: Bits,
  { table, codes, mask }: { table: PaperTable; codes: Uint8Array; mask: number },
): void {
  const { bits } = table;
  let at = 0;
  for (let i = 0; i < bits.length; i++) {
    let kept = 0;
    for (let left = bits[i]!; left !== 0; left &= left - 1)
      if ((codes[at++]! & mask) !== 0) kept |= left & -left;
    found[i]! |= kept;
  }
}

const titleField = 0;
const anyField = 255;
/** Bits of a packed frequency that belong to the fields (scoring.ts). */
const fieldMasks = [0xc0, 0x3c, 0x03];

/** Of a longer phrase, looking at a paper counts twice or more. */
const stemsATest = 3;

function isEmpty(bits: Bits): boolean {
  return bits.every((word) => word === 0);
}

/** Postings that are walked at least to look a condition up. */
function countHeld(condition: Condition, terms: QueryTerms): number {
  switch (condition.kind) {
    case "column":
      return 0;
    case "text":
      return condition.spellings.reduce(
        (sum, stems) => sum + Math.min(...stems.map((stem) => terms.get(stem).held)),
        0,
      );
    case "not":
      return countHeld(condition.part, terms);
    default:
      return condition.parts.reduce((sum, part) => sum + countHeld(part, terms), 0);
  }
}

/** Columns, then words, then phrases. */
function costOf(condition: Condition): number {
  switch (condition.kind) {
    case "column":
      return 1;
    case "text":
      return Math.max(...condition.spellings.map((stems) => stems.length)) > 1 ? 10 : 2;
    case "not":
      return costOf(condition.part);
    default:
      return condition.parts.reduce((sum, part) => sum + costOf(part), 0);
  }
}
