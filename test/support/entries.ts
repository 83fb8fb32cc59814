// Reading a text (or bytes) with a file format, for tests.
import type { PaperRecord, SourceItem } from "../../src/papers/paper.ts";
import type { Entry, FileFormat, ReadContext } from "../../src/sources/format.ts";

/** The bytes in small pieces, so that every text is cut somewhere. */
export async function* inPieces(content: string | Uint8Array, length = 1_000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

export async function entriesOf(
  format: FileFormat,
  content: string | Uint8Array,
  context: Partial<ReadContext> = {},
): Promise<Entry[]> {
  return Array.fromAsync(format.read(inPieces(content), { fileName: "file.txt", ...context }));
}

/** JSON lines of the values; a string stands as it is. */
export function jsonLines(...values: unknown[]): string {
  return values.map((value) => `${typeof value === "string" ? value : JSON.stringify(value)}\n`).join("");
}

/** The item of an entry that must have been taken. */
export function itemAt(entries: readonly Entry[], index = 0): SourceItem {
  const entry = entries[index];
  if (entry === undefined || !entry.ok)
    throw new Error(`entry ${index} was not taken: ${JSON.stringify(entry)}`);
  return entry.item;
}

export function recordAt(entries: readonly Entry[], index = 0): PaperRecord {
  const [record] = itemAt(entries, index).records;
  if (record === undefined) throw new Error(`entry ${index} has no record`);
  return record;
}

/** Why each entry was refused; null for those that were taken. */
export function reasonsOf(entries: readonly Entry[]): (string | null)[] {
  return entries.map((entry) => (entry.ok ? null : entry.reason));
}

/** What arXiv says of a short paper, but for what is given. */
export function recordOf(given: Partial<PaperRecord> = {}): PaperRecord {
  return {
    source: "arxiv",
    sourceId: "2605.00001",
    identifiers: [{ scheme: "arxiv", value: "2605.00001" }],
    title: "On Counting",
    abstract: "We count.",
    authors: [{ name: "Ada Lovelace" }],
    categories: ["cs.CL"],
    versions: [],
    links: [],
    ...given,
  };
}
