// broadsheet export: everything known of all papers as JSON lines, to a file or to standard output.
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, createZstdCompress } from "node:zlib";
import { openApp } from "../app.ts";
import { exportAll } from "../harvest/export.ts";
import { AppError } from "../lib/errors.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

export const exportCommand: Command = {
  name: "export",
  summary: "Write all papers, lists and signals as JSON lines",
  usage: "export [--output FILE]",
  help: `
Writes every paper with all that was ever said of it, its lists, submissions, announcements, signals and
merges, one JSON object a line, as they stand at one moment. "broadsheet import" of it into an empty
folder gives the same bibliography. Readers and letters are not in it: see "broadsheet backup".

  --output FILE   write there (compressed when the name ends in .gz or .zst); default standard output

Example:
  broadsheet export --output papers.jsonl.zst`,
  options: { output: { type: "string" } },
  async run(input) {
    if (input.positionals.length > 0)
      throw new AppError("bad-usage", "export takes no file: use --output FILE.");
    const output = input.values.output;
    if (typeof output === "string") return exportToFile(output, input);
    if (input.values.json) throw new AppError("bad-usage", "export --json needs --output FILE.");
    await writeLines(input, process.stdout);
    return null;
  },
};

async function exportToFile(file: string, input: CommandInput): Promise<CommandOutcome> {
  const unfinished = `${file}.partial`;
  try {
    const papers = await writeLines(input, createWriteStream(unfinished), compressorFor(file));
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

/** Returns how many papers were written. A reader that closes early (head) ends it quietly. */
async function writeLines(
  input: CommandInput,
  target: Writable,
  compressor: ReturnType<typeof compressorFor> = null,
): Promise<number> {
  await using app = await openApp(input.config);
  let lines = -1; // the first is the header
  const counted = async function* (all: AsyncIterable<string>) {
    for await (const line of all) {
      yield line;
      lines += 1;
      input.progress.update("export", lines, 0);
    }
  };
  await app.readSnapshot(async (db) => {
    const source = Readable.from(counted(exportAll(db)));
    const streams = compressor ? [source, compressor, target] : [source, target];
    await pipeline(streams, { signal: input.signal, end: target !== process.stdout }).catch(rethrow);
  });
  return Math.max(0, lines);
}

function rethrow(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  if (error.name === "AbortError") throw new AppError("interrupted", "The export was stopped.");
  throw error;
}
