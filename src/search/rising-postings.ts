// Postings of a term by rising papers, and how they are written to a segment's file.
import { addDocs, noBits } from "./bits.ts";
import { type ByteWriter, writeRising } from "./bytes.ts";
import { isKeptAsBits } from "./segment-format.ts";

/** Rising papers, and their packed frequencies beside them. */
export interface RisingPostings {
  docs: Int32Array;
  codes: Uint8Array;
}

/** Postings looked at between two yields: less than a millisecond. */
export const postingsPerStep = 1 << 14;

/** Writes postings: which of so many papers, as bits or as gaps between them, then the packed frequencies. */
export function writePostings({ docs, codes }: RisingPostings, papers: number, out: ByteWriter): void {
  if (isKeptAsBits(docs.length, papers)) writeBits(docs, papers, out);
  else writeRising(docs, out);
  out.raw(codes);
}

/** The same in steps, between which `out` may be emptied. */
export function* writeLongPostings(
  { docs, codes }: RisingPostings,
  papers: number,
  out: ByteWriter,
): Generator<void> {
  if (isKeptAsBits(docs.length, papers)) writeBits(docs, papers, out);
  else yield* writeLongRising(docs, out);
  yield;
  out.raw(codes);
  yield;
}

/** Writes rising numbers in steps, between which `out` may be emptied. */
export function* writeLongRising(numbers: Int32Array, out: ByteWriter): Generator<void> {
  for (let from = 0; from < numbers.length; from += postingsPerStep) {
    writeRising(numbers.subarray(from, from + postingsPerStep), out, from > 0 ? numbers[from - 1] : -1);
    yield;
  }
}

function writeBits(docs: Int32Array, papers: number, out: ByteWriter): void {
  const bits = noBits(papers);
  addDocs(bits, docs);
  out.raw(new Uint8Array(bits.buffer));
}
