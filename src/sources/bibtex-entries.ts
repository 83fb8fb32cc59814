// A BibTeX file cut into its entries as it comes in. An entry that is never closed ends where the next one begins a line,
// so that one lost brace does not swallow the rest of the file.

export interface BibtexChunk {
  /** "@article{key, …}" whole, or what there is of it. */
  text: string;
  /** Line of the file it begins on, from 1. */
  line: number;
  problem?: "unclosed" | "too-long" | "not-utf8";
}

const [at, newline, openBrace, closeBrace, openParenthesis, closeParenthesis] = [64, 10, 123, 125, 40, 41];
/** Longest entry kept, in bytes; an abstract and 5,000 authors take some 200 KB. */
const longestEntry = 4 * 1024 * 1024;
/** Longest "@inproceedings" with the space around it. */
const longestStart = 64;

interface Scan {
  line: number;
  /** Line the entry began on. */
  start: number;
  parts: Uint8Array[];
  held: number;
  /** Braces open within the entry; -1 outside any. */
  depth: number;
  closer: number;
  /** Bytes of a possible "@type{" that is not yet one; null when none has begun. */
  pending: number[] | null;
  pendingLine: number;
  lineIsBlank: boolean;
}

/** Streams the entries; text between them is nothing, as BibTeX has it. */
export async function* readBibtexEntries(input: AsyncIterable<Uint8Array>): AsyncGenerator<BibtexChunk> {
  const scan: Scan = {
    line: 1,
    start: 1,
    parts: [],
    held: 0,
    depth: -1,
    closer: closeBrace,
    pending: null,
    pendingLine: 1,
    lineIsBlank: true,
  };
  for await (const chunk of input) yield* scanChunk(scan, chunk);
  if (scan.depth >= 0) yield finish(scan, "unclosed");
}

function* scanChunk(scan: Scan, chunk: Uint8Array): Generator<BibtexChunk> {
  let from = 0;
  for (let index = 0; index < chunk.length; index += 1) {
    const byte = chunk[index]!;
    if (scan.pending !== null && continueStart(scan, byte)) {
      if (scan.depth >= 0) {
        keep(scan, chunk.subarray(from, index));
        yield finish(scan, "unclosed");
      }
      begin(scan, byte);
      from = index + 1;
    } else if (scan.pending === null && byte === at && (scan.depth < 0 || scan.lineIsBlank)) {
      scan.pending = [byte];
      scan.pendingLine = scan.line;
    } else if (scan.pending === null && scan.depth >= 0 && isEnd(scan, byte)) {
      keep(scan, chunk.subarray(from, index + 1));
      yield finish(scan);
      from = index + 1;
    }
    if (byte === newline) {
      scan.line += 1;
      scan.lineIsBlank = true;
    } else if (byte > 32) scan.lineIsBlank = false;
  }
  if (scan.depth >= 0) keep(scan, chunk.subarray(from));
}

/** True when the bytes since the @ have become the beginning of an entry: letters, then { or (. Else it may be none. */
function continueStart(scan: Scan, byte: number): boolean {
  const pending = scan.pending!;
  const hasLetters = pending.some(isLetter);
  if (hasLetters && (byte === openBrace || byte === openParenthesis)) return true;
  const mayGoOn = isLetter(byte) ? !hasLetters || isLetter(pending.at(-1)!) : byte <= 32;
  if (mayGoOn && pending.length < longestStart) pending.push(byte);
  else scan.pending = null;
  return false;
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

function begin(scan: Scan, byte: number): void {
  scan.parts = [Uint8Array.from([...scan.pending!, byte])];
  scan.held = 0;
  scan.depth = 0;
  scan.closer = byte === openBrace ? closeBrace : closeParenthesis;
  scan.start = scan.pendingLine;
  scan.pending = null;
}

/** BibTeX counts every brace, also one behind a backslash. */
function isEnd(scan: Scan, byte: number): boolean {
  if (byte === scan.closer && scan.depth === 0) return true;
  if (byte === openBrace) scan.depth += 1;
  else if (byte === closeBrace && scan.depth > 0) scan.depth -= 1;
  return false;
}

function keep(scan: Scan, bytes: Uint8Array): void {
  scan.held += bytes.length;
  if (scan.held <= longestEntry) scan.parts.push(bytes);
}

const strict = new TextDecoder("utf-8", { fatal: true });

function finish(scan: Scan, problem?: BibtexChunk["problem"]): BibtexChunk {
  const bytes = Buffer.concat(scan.parts);
  const tooLong = scan.held > longestEntry;
  const line = scan.start;
  scan.parts = [];
  scan.held = 0;
  scan.depth = -1;
  if (tooLong) return { text: "", line, problem: "too-long" };
  try {
    const text = strict.decode(bytes);
    return problem === undefined ? { text, line } : { text, line, problem };
  } catch {
    return { text: "", line, problem: "not-utf8" };
  }
}
