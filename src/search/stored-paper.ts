// What a segment stores of a paper besides its terms: the id and the title, for results.
import { ByteReader, ByteWriter } from "./bytes.ts";

export interface StoredPaper {
  id: string;
  title: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

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
  return {
    id: decoder.decode(bytes.subarray(reader.at, titleAt)),
    title: decoder.decode(bytes.subarray(titleAt)),
  };
}
