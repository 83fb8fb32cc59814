// An RIS file as entries: lines of two-letter tags from TY to ER, values that go on over lines without a tag.
import { readLines } from "../lib/text-lines.ts";

export interface RisField {
  tag: string;
  value: string;
}

export interface RisEntry {
  /** Line of the file its TY is on, from 1. */
  line: number;
  fields: RisField[];
  problem?: "unclosed" | "too-long" | "not-utf8";
}

/** Two blanks as the format has it, one or more as programs write it. */
const tagged = /^\s?([A-Z][A-Z0-9])\s{1,3}-(?:\s+(.*)|)$/;
/** Characters of one entry; an abstract and 5,000 authors take some 200 KB. */
const longestEntry = 4 * 1024 * 1024;

/** Streams the entries; what stands before TY and after ER ("Record #1 of 2") is nothing. */
export async function* readRisEntries(input: AsyncIterable<Uint8Array>): AsyncGenerator<RisEntry> {
  let entry: RisEntry | null = null;
  let held = 0;
  let number = 0;
  for await (const line of readLines(input, { limit: longestEntry })) {
    number += 1;
    const match = tagged.exec(line.text);
    const tag = match?.[1];
    if (tag === "TY") {
      // An entry whose ER was left out ends where the next begins.
      if (entry !== null) yield entry;
      entry = { line: number, fields: [] };
      held = 0;
    }
    if (entry === null) continue;
    held += line.text.length;
    if (line.tooLong || held > longestEntry) entry = { ...entry, fields: [], problem: "too-long" };
    else if (!line.validUtf8) entry.problem ??= "not-utf8";
    if (tag === "ER") {
      yield entry;
      entry = null;
    } else if (entry.problem !== "too-long") addLine(entry, line.text, match);
  }
  if (entry !== null) yield { ...entry, problem: entry.problem ?? "unclosed" };
}

function addLine(entry: RisEntry, text: string, match: RegExpExecArray | null): void {
  if (match !== null) {
    entry.fields.push({ tag: match[1]!, value: (match[2] ?? "").trim() });
    return;
  }
  const last = entry.fields.at(-1);
  const more = text.trim();
  if (last !== undefined && more !== "") last.value = last.value === "" ? more : `${last.value}\n${more}`;
}
