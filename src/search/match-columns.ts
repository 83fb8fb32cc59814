// Which papers of a segment pass a test on what is kept beside their text.
import { addBit, type Bits, forEachBit, hasBit, keepCommon, noBits } from "./bits.ts";
import { findLabels, hashId, makeLabel } from "./columns.ts";
import type { ColumnTest } from "./query-syntax.ts";
import type { Segment } from "./segment.ts";
import type { Work } from "./work.ts";

export interface ColumnContext {
  /** Only these are looked at. */
  within: Bits;
  /** Keys of the reader's library. */
  mine: ReadonlySet<number>;
  work: Work;
}

type IdTest = Extract<ColumnTest, { kind: "id" }>;
/** Whether a paper passes depends on what the segment says of it alone, and finding who does is worth keeping. */
type KeptTest = Exclude<ColumnTest, { kind: "library" | "id" }>;

export function matchColumn(test: ColumnTest, segment: Segment, context: ColumnContext): Bits {
  if (test.kind === "library") return matchKeys(segment, context);
  const found = test.kind === "id" ? matchId(test, segment, context) : matchKept(test, segment, context);
  keepCommon(found, context.within);
  return found;
}

function matchId(test: IdTest, segment: Segment, { within, work }: ColumnContext): Bits {
  const found = noBits(segment.size);
  const passes = openTest(test, segment);
  work.postings += segment.size;
  forEachBit(within, (doc) => {
    if (passes(doc)) addBit(found, doc);
  });
  return found;
}

/** What depends on the segment alone; readers narrow by the same few years and venues. */
function matchKept(test: KeptTest, segment: Segment, { work }: ColumnContext): Bits {
  const kept = segment.keepSet(JSON.stringify(test), () => {
    work.postings += segment.size;
    return findPassing(test, segment);
  });
  return kept.slice();
}

function findPassing(test: KeptTest, segment: Segment): Bits {
  const found = noBits(segment.size);
  const { years, days } = segment.columns;
  if (test.kind === "years") addWithin(found, years.subarray(0, segment.size), test);
  else if (test.kind === "days") addWithin(found, days.subarray(0, segment.size), test);
  else if (segment.columns.groups) addGroups(found, segment, openTest(test, segment));
  else {
    const passes = openTest(test, segment);
    for (let doc = 0; doc < segment.size; doc++) if (passes(doc)) addBit(found, doc);
  }
  return found;
}

/** The papers whose value is known and within the range; every paper is looked at, so without a call for each. */
function addWithin(found: Bits, values: Int32Array, { from, to }: { from: number; to: number }): void {
  const least = Math.max(1, from);
  for (let i = 0, doc = 0; i < found.length; i++) {
    const end = Math.min(values.length, doc + 32);
    let word = 0;
    // No branch: which papers pass follows no rule.
    for (let bit = 0; doc < end; doc++, bit++)
      word |= (Number(values[doc]! >= least) & Number(values[doc]! <= to)) << bit;
    found[i] = word;
  }
}

/** Of papers whose labels are the same one is asked. */
function addGroups(found: Bits, { columns, size }: Segment, passes: (doc: number) => boolean): void {
  const { counter, examples } = columns.groups!();
  const { groupOf } = counter;
  const wanted = Uint8Array.from(examples, (doc) => Number(passes(doc)));
  for (let i = 0, doc = 0; i < found.length; i++) {
    const end = Math.min(size, doc + 32);
    let word = 0;
    for (let bit = 0; doc < end; doc++, bit++) word |= wanted[groupOf[doc]!]! << bit;
    found[i] = word;
  }
}

function matchKeys(segment: Segment, { within, mine, work }: ColumnContext): Bits {
  const found = noBits(segment.size);
  work.postings += mine.size;
  for (const key of mine) {
    const doc = segment.findKey(key);
    if (doc >= 0 && hasBit(within, doc)) addBit(found, doc);
  }
  return found;
}

function openTest(
  test: Exclude<ColumnTest, { kind: "library" | "years" | "days" }>,
  segment: Segment,
): (doc: number) => boolean {
  const { idHashes, labelNames } = segment.columns;
  switch (test.kind) {
    case "id": {
      const hash = hashId(test.id);
      const id = test.id.toLowerCase();
      return (doc) => idHashes[doc] === hash && segment.readPaper(doc).id.toLowerCase() === id;
    }
    case "code": {
      const code = makeLabel("code", "yes");
      return openLabelTest(
        segment,
        Uint8Array.from(labelNames, (name) => Number(name === code)),
      );
    }
    case "label":
      return openLabelTest(segment, findLabels(labelNames, test.field, test.value));
  }
}

function openLabelTest({ columns }: Segment, wanted: Uint8Array): (doc: number) => boolean {
  if (!wanted.includes(1)) return () => false;
  const { labelStarts, labelNumbers } = columns;
  return (doc) => {
    const end = labelStarts[doc + 1]!;
    for (let i = labelStarts[doc]!; i < end; i++) if (wanted[labelNumbers[i]!] === 1) return true;
    return false;
  };
}

/** Key of the paper of this id; null when the index has none. */
export function findKeyById(id: string, segments: readonly Segment[]): number | null {
  for (const segment of segments) {
    const test = openTest({ kind: "id", id }, segment);
    for (let doc = 0; doc < segment.size; doc++) {
      if (!segment.removed.has(doc) && test(doc)) return segment.keyOf(doc);
    }
  }
  return null;
}
