// What a segment stores of a paper besides its terms: the id and the title, for results.
import { ByteReader, ByteWriter } from "./bytes.ts";

export interface StoredPaper {
  id: string;
  title: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Characters that are given to one call; more could be too many arguments. */
const longest = 1_000;

export function encodeStored({ id, title }: StoredPaper): Uint8Array {
  const out = new ByteWriter(256);
  const idBytes = encoder.encode(id);
  out.varint(idBytes.length);
  out.raw(idBytes);
  out.raw(encoder.encode(title));
  return out.view();
}

export function decodeStored(bytes: Uint8Array): StoredPaper {
  const reader = new ByteReader(bytes);
  const length = reader.varint();
  const titleAt = reader.at + length;
  return { id: decodeText(bytes, reader.at, titleAt), title: decodeText(bytes, titleAt, bytes.length) };
}

/** The id alone. */
export function decodeStoredId(bytes: Uint8Array): string {
  const reader = new ByteReader(bytes);
  const length = reader.varint();
  return decodeText(bytes, reader.at, reader.at + length);
}

/** Short plain text is put together more quickly than a decoder is called. */
function decodeText(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end);
  for (let i = 0; i < part.length; i++) if (part[i]! > 127) return decoder.decode(part);
  return part.length > longest ? decoder.decode(part) : String.fromCharCode.apply(null, part as never);
}
