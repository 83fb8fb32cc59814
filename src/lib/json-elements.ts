// The elements of one large JSON array, one text at a time, so that an API answer of any size needs no more memory than
// its largest element.

export interface JsonElement {
  /** The element's bytes as they stand; not yet parsed. */
  bytes: Uint8Array;
  /** True when it was longer than the limit; `bytes` is then empty. */
  tooLong: boolean;
  /** True when the file ended inside it. */
  cut: boolean;
}

export interface ElementOptions {
  /** Longest element kept, in bytes. */
  limit?: number;
}

const defaultLimit = 64 * 1024 * 1024;
const [quote, backslash, comma, openBracket, closeBracket, openBrace, closeBrace] = [
  34, 92, 44, 91, 93, 123, 125,
];

/** Splits at the commas of the outermost array; what stands before it and after it is passed over. */
export async function* readJsonElements(
  source: AsyncIterable<Uint8Array>,
  { limit = defaultLimit }: ElementOptions = {},
): AsyncGenerator<JsonElement> {
  const state: Scan = { depth: 0, inText: false, escaped: false, parts: [], held: 0, ended: false };
  for await (const chunk of source) {
    yield* scan(state, chunk, limit);
    if (state.ended) return;
  }
  if (hasContent(state)) yield { ...take(state, limit), cut: true };
}

interface Scan {
  depth: number;
  inText: boolean;
  escaped: boolean;
  parts: Uint8Array[];
  held: number;
  ended: boolean;
}

function* scan(state: Scan, chunk: Uint8Array, limit: number): Generator<JsonElement> {
  let start = 0;
  for (let at = 0; at < chunk.length; at += 1) {
    const byte = chunk[at]!;
    if (state.inText) {
      if (state.escaped) state.escaped = false;
      else if (byte === backslash) state.escaped = true;
      else if (byte === quote) state.inText = false;
    } else if (byte === quote) state.inText = state.depth > 0;
    else if (byte === openBracket || byte === openBrace) {
      state.depth += 1;
      if (state.depth === 1) start = at + 1;
    } else if (byte === closeBracket || byte === closeBrace) {
      state.depth -= 1;
      if (state.depth === 0) {
        keep(state, chunk.subarray(start, at), limit);
        if (hasContent(state)) yield { ...take(state, limit), cut: false };
        state.ended = true;
        return;
      }
    } else if (byte === comma && state.depth === 1) {
      keep(state, chunk.subarray(start, at), limit);
      yield { ...take(state, limit), cut: false };
      start = at + 1;
    }
  }
  if (state.depth > 0) keep(state, chunk.subarray(start), limit);
}

function keep(state: Scan, bytes: Uint8Array, limit: number): void {
  state.held += bytes.length;
  if (state.held > limit) state.parts = [];
  else if (bytes.length > 0) state.parts.push(bytes);
}

/** White space alone ([] and a trailing comma) is no element; one that was too long to keep is. */
function hasContent(state: Scan): boolean {
  return (
    (state.held > 0 && state.parts.length === 0) || state.parts.some((part) => part.some((byte) => byte > 32))
  );
}

function take(state: Scan, limit: number): Omit<JsonElement, "cut"> {
  const tooLong = state.held > limit;
  const bytes = Buffer.concat(state.parts);
  state.parts = [];
  state.held = 0;
  return { bytes, tooLong };
}
