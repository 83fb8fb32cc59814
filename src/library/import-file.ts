// A file that a reader sends: a library's document, or references as BibTeX, RIS, CSL-JSON or Zotero RDF write them.
import type { Db } from "../database/dialect.ts";
import type { Instant } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import type { PaperRecord } from "../papers/paper.ts";
import { detectFormat } from "../sources/detect.ts";
import type { FileFormat, FormatName } from "../sources/format.ts";
import { importLibrary, parseLibrary } from "./document.ts";
import { addReferences } from "./references.ts";

export interface SentFile {
  name: string;
  bytes: Uint8Array;
}

/** What came of it; `kept` are references that are no papers here. */
export interface FileReport {
  marks: number;
  follows: number;
  kept: number;
}

const referenceFormats: readonly FormatName[] = ["bibtex", "ris", "csl-json", "zotero-rdf"];
const headLength = 65_536;

/** Takes it in; throws AppError "bad-input" for what is neither. `replace` empties the library first, for a document only. */
export async function importFile(
  db: Db,
  keeper: string,
  { name, bytes }: SentFile,
  { now, replace = false }: { now: Instant; replace?: boolean },
): Promise<FileReport> {
  const head = new TextDecoder().decode(bytes.subarray(0, headLength));
  if (/^\s*\{/.test(head) && head.includes('"broadsheetLibrary"')) {
    const document = parseLibrary(new TextDecoder().decode(bytes));
    const { marks, follows, references } = await importLibrary(db, keeper, document, { now, replace });
    return { marks, follows, kept: references };
  }
  const format = detectFormat(head, name);
  if (!format || !referenceFormats.includes(format.name)) throw unknownFile();
  const { saved, kept } = await addReferences(db, keeper, recordsOf(format, { name, bytes }), { now });
  if (saved + kept === 0) throw unknownFile();
  return { marks: saved, follows: 0, kept };
}

function unknownFile(): AppError {
  return new AppError("bad-input", "This file holds no references and is no library.", {
    remedy: "Send BibTeX, RIS, CSL-JSON or Zotero RDF, not packed, or a file that this page wrote.",
  });
}

async function* recordsOf(format: FileFormat, { name, bytes }: SentFile): AsyncGenerator<PaperRecord> {
  for await (const entry of format.read(once(bytes), { fileName: name }))
    if (entry.ok) yield* entry.item.records.slice(0, 1);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
