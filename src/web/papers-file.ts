// A list of papers as a file: the address of its page with "?format=", in every form in which papers leave.
import type { Context } from "hono";
import { AppError } from "../lib/errors.ts";
import { citePapers } from "../papers/export-store.ts";
import { type FileFormatName, type PaperFileFormat, paperFileFormats } from "../papers/file-formats.ts";
import type { Paper } from "../papers/paper.ts";
import type { PageDeps } from "./deps.ts";

/** Papers in one file at most; whoever wants all takes the dump. */
export const papersInFile = 1_000;

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
  const entries = (await citePapers(db, papers)).map(({ paper, identifiers }) =>
    writer.next(paper, identifiers),
  );
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80);
  return c.body(writer.begin + entries.join("") + writer.end, 200, {
    "Content-Type": format.contentType,
    "X-Robots-Tag": "noindex",
    "Content-Disposition": `inline; filename="broadsheet-${plain || "papers"}.${format.extension}"`,
  });
}
