// Takes everything out again, as lines of our own format; imported into an empty folder they give the same bibliography.
import type { Db } from "../database/dialect.ts";
import { listCitedPapers, listItems } from "../papers/export-store.ts";
import type { PaperFileFormat } from "../papers/file-formats.ts";
import { formatHeader, formatPaperLine } from "../sources/broadsheet.ts";

const pageSize = 200;

/** Lines, each with its newline: the header, then every paper in the order of its pk. Memory stays the same throughout. */
export async function* exportAll(db: Db): AsyncGenerator<string> {
  yield withNewline(formatHeader());
  for (let after = 0; ; ) {
    const { items, lastPk } = await listItems(db, after, pageSize);
    if (lastPk === null) return;
    for (const item of items) yield withNewline(formatPaperLine(item));
    after = lastPk;
  }
}

function withNewline(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n`;
}

/** The text of a file of citations, paper by paper in the order of their pk. Memory stays the same throughout, keys aside. */
export async function* exportCitations(
  db: Db,
  { openWriter }: Pick<PaperFileFormat, "openWriter">,
): AsyncGenerator<string> {
  const writer = openWriter();
  if (writer.begin !== "") yield writer.begin;
  for (let after = 0; ; ) {
    const { cited, lastPk } = await listCitedPapers(db, after, pageSize);
    if (lastPk === null) break;
    for (const { paper, identifiers } of cited) yield writer.next(paper, identifiers);
    after = lastPk;
  }
  if (writer.end !== "") yield writer.end;
}
