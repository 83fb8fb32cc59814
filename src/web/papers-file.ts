// A list of papers as a file: the address of its page with "?format=", in every form in which papers leave.
import type { Context } from "hono";
import type { Db } from "../database/dialect.ts";
import { keepStreaming } from "../http/finish-answer.ts";
import { AppError } from "../lib/errors.ts";
import { breathe } from "../lib/pace.ts";
import type { CitationWriter } from "../papers/citation-formats.ts";
import { citePapers } from "../papers/export-store.ts";
import { type FileFormatName, type PaperFileFormat, paperFileFormats } from "../papers/file-formats.ts";
import type { Paper } from "../papers/paper.ts";
import { findPapersByPk } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";

/** Papers in one file at most; whoever wants all takes the dump. */
export const papersInFile = 1_000;

/** Papers held in memory at a time where a file is streamed. */
const papersInPart = 200;

/** The form asked for; null for the page itself. Throws AppError "bad-input" for a form there is not. */
export function readFormat(c: Context): PaperFileFormat | null {
  const name = c.req.query("format");
  if (name === undefined) return null;
  if (Object.hasOwn(paperFileFormats, name)) return paperFileFormats[name as FileFormatName];
  throw new AppError("bad-input", `There is no format “${name.slice(0, 40)}”.`, {
    remedy: `These there are: ${Object.keys(paperFileFormats).join(", ")}.`,
  });
}

export interface PapersFile {
  format: PaperFileFormat;
  /** Of the file, without its extension; anything but letters and digits becomes "-". */
  name: string;
  papers: readonly Paper[];
}

/** Shown by a browser where it can show it; saved under a name that no system takes for a path. */
export async function answerPapersFile(c: Context, { db }: Pick<PageDeps, "db">, file: PapersFile) {
  const { format, name, papers } = file;
  const writer = format.openWriter();
  const entries = await writeEntries(db, papers, writer);
  return c.body(writer.begin + entries + writer.end, 200, headersOf(format, name));
}

/** The same of papers by their keys, however many: read while they are sent. */
export function streamPapersFile(
  c: Context,
  { db }: Pick<PageDeps, "db">,
  { format, name, pks }: Omit<PapersFile, "papers"> & { pks: readonly number[] },
) {
  keepStreaming(c);
  const parts = ReadableStream.from(writeParts(db, pks, format)).pipeThrough(new TextEncoderStream());
  return c.body(parts as ReadableStream, 200, headersOf(format, name));
}

async function* writeParts(db: Db, pks: readonly number[], format: PaperFileFormat): AsyncGenerator<string> {
  const writer = format.openWriter();
  yield writer.begin;
  for (let from = 0; from < pks.length; from += papersInPart) {
    const part = pks.slice(from, from + papersInPart);
    const held = await findPapersByPk(db, part);
    yield await writeEntries(
      db,
      part.flatMap((pk) => held.get(pk) ?? []),
      writer,
    );
    // Whoever asks for a page meanwhile is answered in between.
    await breathe();
  }
  yield writer.end;
}

async function writeEntries(db: Db, papers: readonly Paper[], writer: CitationWriter): Promise<string> {
  const cited = await citePapers(db, papers);
  return cited.map(({ paper, identifiers }) => writer.next(paper, identifiers)).join("");
}

function headersOf(format: PaperFileFormat, name: string) {
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80);
  return {
    "Content-Type": format.contentType,
    "X-Robots-Tag": "noindex",
    "Content-Disposition": `inline; filename="broadsheet-${plain || "papers"}.${format.extension}"`,
  };
}
