// broadsheet export: all papers, lossless as JSON lines or to cite, to a file or to standard output.
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, createZstdCompress } from "node:zlib";
import { openApp } from "../app.ts";
import type { Db } from "../database/dialect.ts";
import { exportAll, exportCitations } from "../harvest/export.ts";
import { AppError } from "../lib/errors.ts";
import { type FileFormatName, paperFileFormats } from "../papers/file-formats.ts";
import { countPapers } from "../papers/papers-store.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

export const exportCommand: Command = {
  name: "export",
  summary: "Write all papers: everything of them as JSON lines, or as BibTeX, RIS, CSL-JSON, CSV, Markdown",
  usage: "export [--format F] [--output FILE]",
  help: `
Writes every paper with all that was ever said of it, its lists, submissions, announcements, signals and
merges, one JSON object a line, as they stand at one moment. "broadsheet import" of it into an empty
folder gives the same bibliography. Readers and letters are not in it: see "broadsheet backup".
The other formats hold what a citation needs (title, authors, year, venue, identifiers; RIS and CSL-JSON
the abstract too); imported again they are the same citations.

  --format F      jsonl (default), bibtex, ris, csl-json, csv or markdown
  --output FILE   write there (compressed when the name ends in .gz or .zst); default standard output

Examples:
  broadsheet export --output papers.jsonl.zst
  broadsheet export --format bibtex --output papers.bib`,
  options: { output: { type: "string" }, format: { type: "string" } },
  async run(input) {
    if (input.positionals.length > 0)
      throw new AppError("bad-usage", "export takes no file: use --output FILE.");
    const output = input.values.output;
    if (typeof output === "string") return exportToFile(output, input);
    if (input.values.json) throw new AppError("bad-usage", "export --json needs --output FILE.");
    await writeAll(input, process.stdout);
    return null;
  },
};

async function exportToFile(file: string, input: CommandInput): Promise<CommandOutcome> {
  const unfinished = `${file}.partial`;
  try {
    const papers = await writeAll(input, createWriteStream(unfinished), compressorFor(file));
    await rename(unfinished, file);
    return { document: { file, papers }, text: `Wrote ${papers.toLocaleString("en-US")} papers to ${file}.` };
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof AppError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new AppError("bad-input", `Cannot write ${file}: ${(error as Error).message}.`, {
      remedy: "Check that the folder is there, writable and not full.",
      cause: error,
    });
  }
}

function compressorFor(file: string) {
  if (file.endsWith(".gz")) return createGzip();
  return file.endsWith(".zst") ? createZstdCompress() : null;
}

/** What is written in that format; null for a format that there is not. */
function pickExport(format: unknown): ((db: Db) => AsyncIterable<string>) | null {
  if (format === undefined || format === "jsonl") return exportAll;
  if (typeof format !== "string" || !Object.hasOwn(paperFileFormats, format)) return null;
  return (db) => exportCitations(db, paperFileFormats[format as FileFormatName]);
}

/** Returns how many papers were written. A reader that closes early (head) ends it quietly. */
async function writeAll(
  input: CommandInput,
  target: Writable,
  compressor: ReturnType<typeof compressorFor> = null,
): Promise<number> {
  const exporter = pickExport(input.values.format);
  if (!exporter) {
    const known = Object.keys(paperFileFormats).join(", ");
    throw new AppError("bad-usage", `export --format takes one of: ${known}.`);
  }
  await using app = await openApp(input.config);
  let papers = 0;
  const counted = async function* (db: Db) {
    const total = await countPapers(db);
    for await (const text of exporter(db)) {
      yield text;
      // Header and end are no papers.
      papers = Math.min(papers + 1, total);
      input.progress.update("export", papers, 0);
    }
  };
  await app.readSnapshot(async (db) => {
    const source = Readable.from(counted(db));
    const streams = compressor ? [source, compressor, target] : [source, target];
    await pipeline(streams, { signal: input.signal, end: target !== process.stdout }).catch(rethrow);
  });
  return papers;
}

function rethrow(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  if (error.name === "AbortError") throw new AppError("interrupted", "The export was stopped.");
  throw error;
}
