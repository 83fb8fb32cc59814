// The papers that hold a common term in their title as they lie in a segment's file (segment-format.ts): how many, the gaps between
// them, their packed frequencies, and the gaps between their indexes among all of the term's postings.
import { ByteReader, type ByteWriter, readRising } from "./bytes.ts";
import { type RisingPostings, writeLongRising } from "./rising-postings.ts";
import { listTitled, TitledPostings } from "./titled-postings.ts";

/** Writes them out of all postings of a term, in steps, between which `out` may be emptied. */
export function* writeTitled(postings: RisingPostings, out: ByteWriter): Generator<void> {
  const { docs, codes, at } = yield* listTitled(postings);
  out.varint(docs.length);
  yield* writeLongRising(docs, out);
  out.raw(codes);
  yield* writeLongRising(at, out);
}

/** Reads what `writeTitled` wrote; `lengths` are the packed lengths of all papers of the segment. */
export function readTitled(bytes: Uint8Array, lengths: Uint32Array): TitledPostings {
  const reader = new ByteReader(bytes);
  const count = reader.varint();
  const docs = new Int32Array(count);
  const codesAt = readRising(bytes, docs, reader.at);
  const codes = bytes.slice(codesAt, codesAt + count);
  const at = new Int32Array(count);
  readRising(bytes, at, codesAt + count);
  return new TitledPostings({ docs, codes }, lengths, at);
}
