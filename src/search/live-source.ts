// A live segment as the source of a finished one.
import { compareBytes } from "./dictionary.ts";
import type { LiveSegment } from "./live-segment.ts";
import type { BuildSource, SourceTerm, TermCopy } from "./segment-build.ts";
import { encodeStored } from "./stored-paper.ts";
import type { TermBuffer } from "./term-buffer.ts";

const encoder = new TextEncoder();

/** Reads a live segment that takes no more papers. */
export function liveSource(segment: LiveSegment): BuildSource {
  const { postings, papers, lengths, size } = segment;
  const removed = new Set(segment.removed.docs());
  return {
    size,
    termCount: postings.stems.length,
    listDocs: () =>
      new Int32Array(size)
        .map((_, doc) => doc)
        .filter((doc) => !removed.has(doc))
        .sort((a, b) => papers[a]!.key - papers[b]!.key),
    keyOf: (doc) => papers[doc]!.key,
    lengthsOf: (doc) => lengths[doc]!,
    titleHashOf: (doc) => papers[doc]!.titleHash,
    readStored: (doc) => encodeStored(papers[doc]!),
    readTerms: (doc) => postings.termsOf(doc),
    eachTerm: () => eachTerm(segment),
    openTerm: (term) => openTerm(segment, term),
  };
}

function openTerm({ postings }: LiveSegment, term: number): TermCopy {
  const list = postings.list(term);
  let at = 0;
  return {
    copy(newDocs: Int32Array, into: TermBuffer, limit: number) {
      const end = Math.min(list.length, at + limit);
      for (; at < end; at++) {
        const posting = list[at]!;
        const doc = newDocs[postings.doc.data[posting]!]!;
        if (doc < 0) continue;
        const code = postings.code.data[posting]!;
        into.addPlaces(doc, code, postings.places.data, postings.start.data[posting]!, postings.end(posting));
      }
      return at === list.length;
    },
  };
}

/** Stems sorted at once between two steps. */
const sortedAtOnce = 4096;

/** The terms by the bytes of their stems: sorted piecewise, then merged. */
function* eachTerm({ postings }: LiveSegment): Generator<SourceTerm | null> {
  let runs: string[][] = [];
  for (let start = 0; start < postings.stems.length; start += sortedAtOnce) {
    runs.push(postings.stems.slice(start, start + sortedAtOnce).sort(compareStems));
    yield null;
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(yield* mergeRuns(runs[i]!, runs[i + 1] ?? []));
    runs = merged;
  }
  for (const stem of runs[0] ?? []) yield { stem: encoder.encode(stem), term: postings.terms.get(stem)! };
}

function* mergeRuns(a: string[], b: string[]): Generator<null, string[]> {
  const merged: string[] = [];
  let i = 0;
  let k = 0;
  while (i < a.length || k < b.length) {
    const takeFirst = k === b.length || (i < a.length && compareStems(a[i]!, b[k]!) < 0);
    merged.push(takeFirst ? a[i++]! : b[k++]!);
    if (merged.length % sortedAtOnce === 0) yield null;
  }
  return merged;
}

const surrogate = /[\ud800-\udfff]/;

/** Order of UTF-8 bytes, which is that of UTF-16 units except where surrogates are involved. */
function compareStems(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return compareBytes(encoder.encode(a), encoder.encode(b));
  return a < b ? -1 : a > b ? 1 : 0;
}
