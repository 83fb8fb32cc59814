// Which papers of a segment pass a test on what is kept beside their text.
import { addBit, type Bits, forEachBit, hasBit, noBits } from "./bits.ts";
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

export function matchColumn(test: ColumnTest, segment: Segment, context: ColumnContext): Bits {
  if (test.kind === "library") return matchKeys(segment, context);
  const passes = openTest(test, segment);
  const found = noBits(segment.size);
  context.work.postings += segment.size;
  forEachBit(context.within, (doc) => {
    if (passes(doc)) addBit(found, doc);
  });
  return found;
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
  test: Exclude<ColumnTest, { kind: "library" }>,
  segment: Segment,
): (doc: number) => boolean {
  const { years, days, idHashes, labelNames } = segment.columns;
  switch (test.kind) {
    case "years":
      return (doc) => years[doc]! !== 0 && years[doc]! >= test.from && years[doc]! <= test.to;
    case "days":
      return (doc) => days[doc]! !== 0 && days[doc]! >= test.from && days[doc]! <= test.to;
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
