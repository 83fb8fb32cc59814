// A finished segment as a source of the one it is merged into.
import { ByteReader } from "./bytes.ts";
import type { FileSegment } from "./file-segment.ts";
import type { BuildSource, SourceTerm, TermCopy } from "./segment-build.ts";
import type { TermBuffer } from "./term-buffer.ts";
import { skipRecord } from "./term-buffer.ts";

/** Papers removed from the segment later are still seen by this source. */
export function fileSource(segment: FileSegment): BuildSource {
  const removed = new Set(segment.removed.docs());
  return {
    size: segment.size,
    termCount: segment.dictionary.count,
    listDocs: () => new Int32Array(segment.size).map((_, doc) => doc).filter((doc) => !removed.has(doc)),
    keyOf: (doc) => segment.keyOf(doc),
    lengthsOf: (doc) => segment.lengths[doc]!,
    titleHashOf: (doc) => segment.titleHashOf(doc),
    readStored: (doc) => segment.readStored(doc),
    readTerms: (doc) => segment.readTerms(doc),
    eachTerm: () => eachTerm(segment),
    openTerm: (term) => openTerm(segment, term),
  };
}

function* eachTerm(segment: FileSegment): Generator<SourceTerm> {
  let term = 0;
  for (const stem of segment.dictionary.each()) yield { stem, term: term++ };
}

function openTerm(segment: FileSegment, term: number): TermCopy {
  const { docs, codes, records } = segment.readEncoded(term);
  const reader = new ByteReader(records);
  let at = 0;
  return {
    copy(newDocs: Int32Array, into: TermBuffer, limit: number) {
      const end = Math.min(docs.length, at + limit);
      for (; at < end; at++) {
        const start = reader.at;
        skipRecord(reader, codes[at]!);
        const doc = newDocs[docs[at]!]!;
        if (doc >= 0) into.addEncoded(doc, codes[at]!, records, start, reader.at);
      }
      return at === docs.length;
    },
  };
}
