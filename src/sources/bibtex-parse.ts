// One BibTeX entry taken apart: type, key, and fields with their macros put in and their parts joined.
import type { Refusal } from "./fields.ts";

export interface BibtexEntry {
  /** In lower case: "inproceedings". */
  type: string;
  key: string;
  /** By name in lower case; of a field given twice the first counts, as in BibTeX. Values are TeX, without their quotes. */
  fields: Map<string, string>;
}

/** What @string defined so far, by name in lower case. */
export type BibtexMacros = Map<string, string>;

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const monthMacros: ReadonlyMap<string, string> = new Map(
  months.map((name) => [name, name[0]!.toUpperCase() + name.slice(1)]),
);
/** Enough for any bibliography; a hostile file cannot make memory grow. */
const mostMacros = 10_000;
const longestMacro = 10_000;

interface Reader {
  text: string;
  at: number;
  macros: BibtexMacros;
}

/** Reads "@type{…}". Null for @comment, @preamble and @string, the last of which adds to the macros. */
export function parseBibtexEntry(text: string, macros: BibtexMacros): BibtexEntry | null | Refusal {
  const start = /^@\s*([a-z]+)\s*[{(]/i.exec(text);
  if (start === null) return { refused: "it does not begin as an entry" };
  const type = start[1]!.toLowerCase();
  if (type === "comment" || type === "preamble") return null;
  // The closer is the last character.
  const reader: Reader = { text: text.slice(start[0].length, -1), at: 0, macros };
  if (type === "string") return readString(reader);
  const key = readKey(reader);
  const fields = readFields(reader);
  return fields instanceof Map ? { type, key, fields } : fields;
}

function readString(reader: Reader): null | Refusal {
  const fields = readFields(reader);
  if (!(fields instanceof Map)) return fields;
  for (const [name, value] of fields) {
    if (reader.macros.size < mostMacros && value.length <= longestMacro) reader.macros.set(name, value);
  }
  return null;
}

/** Up to the first comma; an entry without a key begins with its first field. */
function readKey(reader: Reader): string {
  const match = /^\s*([^\s,={}"]*)\s*(?:,|$)/.exec(reader.text);
  if (match === null) return "";
  reader.at = match[0].length;
  return match[1]!;
}

const fieldStart = /[\s,]*([^\s,={}"#]{1,100})\s*=\s*/y;

/** A comma that was left out between fields, or one too many, is forgiven. */
function readFields(reader: Reader): Map<string, string> | Refusal {
  const fields = new Map<string, string>();
  for (;;) {
    fieldStart.lastIndex = reader.at;
    const match = fieldStart.exec(reader.text);
    if (match === null) break;
    reader.at += match[0].length;
    const name = match[1]!.toLowerCase();
    const value = readValue(reader);
    if (value === null) return { refused: `its field ${name} has no value that ends` };
    if (!fields.has(name)) fields.set(name, value);
  }
  const rest = reader.text
    .slice(reader.at)
    .replace(/[\s,]+/g, " ")
    .trim();
  return rest === "" ? fields : { refused: `it cannot be read from "${rest.slice(0, 30)}" on` };
}

/** Parts joined by #: {braces}, "quotes", numbers, macros. */
function readValue(reader: Reader): string | null {
  let value = "";
  for (;;) {
    const part = readPart(reader);
    if (part === null) return null;
    value += part;
    const joiner = /\s*#\s*/y;
    joiner.lastIndex = reader.at;
    const match = joiner.exec(reader.text);
    if (match === null) return value;
    reader.at += match[0].length;
  }
}

function readPart(reader: Reader): string | null {
  const first = reader.text[reader.at];
  if (first === "{") return readDelimited(reader, "}");
  if (first === '"') return readDelimited(reader, '"');
  const bare = /[^\s,#{}"=]+/y;
  bare.lastIndex = reader.at;
  const word = bare.exec(reader.text)?.[0];
  if (word === undefined) return null;
  reader.at += word.length;
  if (/^\d+$/.test(word)) return word;
  const name = word.toLowerCase();
  // An unknown macro is empty in BibTeX; its name tells a reader more.
  return reader.macros.get(name) ?? monthMacros.get(name) ?? word;
}

/** Between the delimiters, where braces balance; a quotation mark within braces does not end the value. */
function readDelimited(reader: Reader, closer: string): string | null {
  const start = reader.at + 1;
  let depth = 0;
  for (let index = start; index < reader.text.length; index += 1) {
    const character = reader.text[index];
    if (character === closer && depth === 0) {
      reader.at = index + 1;
      return reader.text.slice(start, index);
    }
    if (character === "{") depth += 1;
    else if (character === "}") depth -= 1;
    if (depth < 0) return null;
  }
  return null;
}
