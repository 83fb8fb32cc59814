// What a segment stores of a paper besides its terms: the id and the title, for results.
import { ByteReader, type ByteWriter } from "./bytes.ts";

export interface StoredPaper {
  id: string;
  title: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Characters that are given to one call; more could be too many arguments. */
const longest = 1_000;

/** Bytes of UTF-8 that a character of a string takes at most. */
const mostBytes = 3;

export function writeStored({ id, title }: StoredPaper, out: ByteWriter): void {
  out.reserve(lengthBytes + mostBytes * (id.length + title.length));
  out.reservedVarint(Buffer.byteLength(id));
  out.length += encoder.encodeInto(id, out.data.subarray(out.length)).written;
  out.length += encoder.encodeInto(title, out.data.subarray(out.length)).written;
}

/** Of a varint. */
const lengthBytes = 5;

export function decodeStored(bytes: Uint8Array): StoredPaper {
  const reader = new ByteReader(bytes);
  const length = reader.varint();
  const titleAt = reader.at + length;
  return { id: decodeText(bytes, reader.at, titleAt), title: decodeText(bytes, titleAt, bytes.length) };
}

/** The id alone; `bytes` may hold more, the paper stands in them from `at` on. */
export function decodeStoredId(bytes: Uint8Array, at = 0): string {
  const first = bytes[at]!;
  if (first < 128) return decodeText(bytes, at + 1, at + 1 + first);
  const reader = new ByteReader(bytes, at);
  const length = reader.varint();
  return decodeText(bytes, reader.at, reader.at + length);
}

/** Short plain text is put together more quickly than a decoder is called. */
function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > longest) return decoder.decode(bytes.subarray(start, end));
  codes.length = end - start;
  for (let i = start; i < end; i++) {
    const code = bytes[i]!;
    if (code > 127) return decoder.decode(bytes.subarray(start, end));
    codes[i - start] = code;
  }
  return String.fromCharCode.apply(null, codes);
}

const codes: number[] = [];
