// The collection of the page's benchmark as a list of conference papers, which the program imports like any other.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { openPapers, readRealPapers } from "./papers.ts";

const pieceChars = 1 << 20;

/** Writes so many papers of bench/search/papers.ts, a JSON object a line, gzipped; the same bytes for the same number. */
export async function writePageList(path: string, papers: number): Promise<void> {
  const makePaper = openPapers(readRealPapers());
  const gzip = createGzip({ level: 1 });
  const written = finished(gzip.pipe(createWriteStream(path)));
  let piece = "";
  for (let key = 1; key <= papers; key++) {
    const { key: _, ...paper } = makePaper(key);
    piece += `${JSON.stringify(paper)}\n`;
    if (piece.length < pieceChars && key < papers) continue;
    if (!gzip.write(piece)) await once(gzip, "drain");
    piece = "";
  }
  gzip.end();
  await written;
}
