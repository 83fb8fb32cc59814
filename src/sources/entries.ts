// From lines and elements to entries: what is no UTF-8, no JSON or too long becomes a rejected entry, never an end.
import type { JsonElement } from "../lib/json-elements.ts";
import { readLines } from "../lib/text-lines.ts";
import type { PaperRecord, SourceItem } from "../papers/paper.ts";
import { type Fields, isFields, isRefusal, type Refusal } from "./fields.ts";
import type { Entry } from "./format.ts";

/** Reads one entry's fields; gives the item, why it is refused, or null when it is no entry at all (a header). */
export type ReadFields = (fields: Fields) => SourceItem | Refusal | null;

/** JSON lines: one object a line, blank lines passed over. */
export async function* readJsonLines(
  input: AsyncIterable<Uint8Array>,
  readFields: ReadFields,
): AsyncGenerator<Entry> {
  let entry = 0;
  for await (const line of readLines(input)) {
    if (!line.tooLong && line.text.trim() === "") continue;
    const outcome = line.tooLong
      ? { refused: "the line is longer than 64 MiB" }
      : line.validUtf8
        ? readJson(line.text, readFields)
        : { refused: "invalid UTF-8" };
    if (outcome === null) continue;
    entry += 1;
    yield toEntry(entry, outcome);
  }
}

const strict = new TextDecoder("utf-8", { fatal: true });

/** Elements of a JSON array. */
export async function* readElements(
  elements: AsyncIterable<JsonElement>,
  readFields: ReadFields,
): AsyncGenerator<Entry> {
  let entry = 0;
  for await (const element of elements) {
    const outcome = readElement(element, readFields);
    if (outcome === null) continue;
    entry += 1;
    yield toEntry(entry, outcome);
  }
}

function readElement(element: JsonElement, readFields: ReadFields): SourceItem | Refusal | null {
  if (element.tooLong) return { refused: "the entry is longer than 64 MiB" };
  if (element.cut) return { refused: "the file ends inside this entry" };
  let text: string;
  try {
    text = strict.decode(element.bytes);
  } catch {
    return { refused: "invalid UTF-8" };
  }
  return readJson(text, readFields);
}

function readJson(text: string, readFields: ReadFields): SourceItem | Refusal | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: "invalid JSON" };
  }
  return isFields(value) ? readFields(value) : { refused: "it is no JSON object" };
}

export function toEntry(entry: number, outcome: SourceItem | Refusal): Entry {
  return isRefusal(outcome)
    ? { ok: false, entry, reason: outcome.refused }
    : { ok: true, entry, item: outcome };
}

/** An item that brings one record and nothing else yet. */
export function itemOf(record: PaperRecord): SourceItem {
  return { records: [record], submissions: [], announcements: [], signals: [], places: [] };
}
