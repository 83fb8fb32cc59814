// Lines of a stream of bytes. Splits on \n alone, because real rows hold U+2028 and U+0085 inside their texts.
import { Buffer } from "node:buffer";

export interface TextLine {
  /** Without the newline, a carriage return before it, or a byte order mark at the start of the stream. */
  text: string;
  /** False when the bytes were no UTF-8; `text` then holds U+FFFD in their place. */
  validUtf8: boolean;
  /** True when the line was longer than the limit; `text` is then empty. */
  tooLong: boolean;
}

export interface LineOptions {
  /** Longest line kept, in bytes; a longer one is passed over, so memory stays bounded. */
  limit?: number;
}

const defaultLimit = 64 * 1024 * 1024;
const newline = 10;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Streams the lines; the last one counts when it is not empty. */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  { limit = defaultLimit }: LineOptions = {},
): AsyncGenerator<TextLine> {
  let first = true;
  for await (const raw of readRawLines(bytes, limit)) {
    yield decodeLine(raw, first);
    first = false;
  }
}

/** Bytes of each line; null for one beyond the limit. */
async function* readRawLines(
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array | null> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      held += end - start;
      yield held > limit ? null : joinParts(parts, chunk.subarray(start, end));
      parts = [];
      held = 0;
      start = end + 1;
    }
    held += chunk.length - start;
    if (held > limit) parts = [];
    else if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (held > 0) yield held > limit ? null : joinParts(parts, new Uint8Array(0));
}

function joinParts(parts: Uint8Array[], last: Uint8Array): Uint8Array {
  return parts.length === 0 ? last : Buffer.concat([...parts, last]);
}

function decodeLine(raw: Uint8Array | null, first: boolean): TextLine {
  if (raw === null) return { text: "", validUtf8: true, tooLong: true };
  let bytes = raw;
  if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
  if (bytes.at(-1) === 13) bytes = bytes.subarray(0, -1);
  try {
    return { text: strict.decode(bytes), validUtf8: true, tooLong: false };
  } catch {
    return { text: lenient.decode(bytes), validUtf8: false, tooLong: false };
  }
}
