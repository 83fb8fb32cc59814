// Postings of a term by rising papers, and how they are written to a segment's file.
import { addDocs, noBits } from "./bits.ts";
import { type ByteWriter, writeRising } from "./bytes.ts";
import { isKeptAsBits } from "./segment-format.ts";

/** Rising papers, and their packed frequencies beside them. */
export interface RisingPostings {
  docs: Int32Array;
  codes: Uint8Array;
}

/** Those at these indexes, in their order. */
export function pickPostings({ docs, codes }: RisingPostings, indexes: Int32Array): RisingPostings {
  const picked = { docs: new Int32Array(indexes.length), codes: new Uint8Array(indexes.length) };
  for (let i = 0; i < indexes.length; i++) {
    picked.docs[i] = docs[indexes[i]!]!;
    picked.codes[i] = codes[indexes[i]!]!;
  }
  return picked;
}

/** Writes postings: which of so many papers, as bits or as gaps between them, then the packed frequencies. */
export function writePostings({ docs, codes }: RisingPostings, papers: number, out: ByteWriter): void {
  if (isKeptAsBits(docs.length, papers)) writeBits(docs, papers, out);
  else writeRising(docs, out);
  out.raw(codes);
}

function writeBits(docs: Int32Array, papers: number, out: ByteWriter): void {
  const bits = noBits(papers);
  addDocs(bits, docs);
  out.raw(new Uint8Array(bits.buffer));
}
