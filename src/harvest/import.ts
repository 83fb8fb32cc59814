// Brings files in: streaming, in batches that commit with their checkpoint, so that it can end at any moment and go on later.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Db } from "../database/dialect.ts";
import { type ByteStream, openByteStream } from "../lib/byte-stream.ts";
import type { Clock, Instant } from "../lib/clock.ts";
import { AppError, formatError } from "../lib/errors.ts";
import type { Progress } from "../lib/progress.ts";
import type { Origin } from "../papers/facts-store.ts";
import { buildLateIndexes, dropLateIndexes } from "../papers/late-indexes-store.ts";
import { removeOtherPlaces } from "../papers/lists-store.ts";
import { saveItems } from "../papers/save-store.ts";
import { detectFormat, findFormat, formats } from "../sources/detect.ts";
import type { Entry, FileFormat, FormatName, ReadContext } from "../sources/format.ts";
import { findCheckpoint, removeCheckpoint, saveCheckpoint } from "./checkpoints-store.ts";
import { fingerprintFile } from "./file-fingerprint.ts";
import {
  addFile,
  addRejection,
  countEntry,
  emptyFileReport,
  emptyReport,
  type FileReport,
  type ImportReport,
  rateOf,
} from "./import-report.ts";

export interface ImportOptions {
  /** Files; "-" is standard input. */
  paths: readonly string[];
  /** Absent: found out from each file. */
  format?: FormatName;
  /** When the signals in the files were observed. */
  observedAt?: Instant;
  origin: Origin;
  clock: Clock;
  progress?: Progress;
  /** Aborted: ends after the batch at hand by throwing AppError "interrupted". */
  signal?: AbortSignal;
  /** Entries in one transaction. */
  batchSize?: number;
  /** True: nobody else is at this database, so that a first load may leave an index for its end. */
  isAlone?: boolean;
  /** Called after each batch is committed. */
  onBatch?: () => Promise<void>;
}

const defaultBatchSize = 500;
/** Bytes on disk of a file that is worth building an index anew. */
const largeFile = 16 * 1024 * 1024;

/**
 * Imports the files in order. A rejected entry is counted and never stops the rest; a file damaged half-way gives what
 * came before. Throws AppError "bad-input", before anything is imported, for a file that is missing or of no known format.
 */
export async function importFiles(db: Db, options: ImportOptions): Promise<ImportReport> {
  for (const path of options.paths) if (path !== "-") await checkFile(path, options.format);
  const report = emptyReport();
  for (const path of options.paths) addFile(report, await importFile(db, path, options, report));
  if (options.isAlone) await buildLateIndexes(db);
  options.progress?.end();
  return report;
}

async function checkFile(path: string, format: FormatName | undefined): Promise<void> {
  const stream = await openByteStream(path);
  try {
    await chooseFormat(stream, path, format);
  } finally {
    await stream.close();
  }
}

async function chooseFormat(stream: ByteStream, path: string, name?: FormatName): Promise<FileFormat> {
  const head = new TextDecoder().decode(await stream.peek());
  const format = name ? findFormat(name) : detectFormat(head, basename(path));
  if (format) return format;
  const names = formats.map((f) => f.name).join(", ");
  throw new AppError("bad-input", `${path === "-" ? "Standard input" : path} is in no format we know.`, {
    remedy: `Name it with --format, one of: ${names}.`,
  });
}

/** One file on its way in. */
interface FileRun {
  db: Db;
  options: ImportOptions;
  stream: ByteStream;
  /** Null: cannot be resumed. */
  fingerprint: string | null;
  report: ImportReport;
  file: FileReport;
  startedMs: number;
  /** Entries met so far, taken or not. */
  seen: number;
  batch: Taken[];
  /** By list: the places that a file names which is the whole of its list. */
  places: Map<string, number[]>;
  format: FileFormat;
}

type Taken = Entry & { ok: true };

async function importFile(
  db: Db,
  path: string,
  options: ImportOptions,
  report: ImportReport,
): Promise<FileReport> {
  const stream = await openByteStream(path);
  try {
    const format = await chooseFormat(stream, path, options.format);
    const context = await readContext(path, options);
    const reading = [context.fileName, format.name, options.observedAt ?? ""];
    const fingerprint = await fingerprintFile(path, reading);
    if (options.isAlone && stream.size >= largeFile) await dropLateIndexes(db);
    const file = emptyFileReport(path, format.name);
    const startedMs = options.clock().getTime();
    const begun = { seen: 0, batch: [], places: new Map<string, number[]>() };
    const run = { db, options, stream, fingerprint, report, file, startedMs, format, ...begun };
    await importEntries(run, format.read(stream, context));
    return file;
  } finally {
    await stream.close();
  }
}

async function readContext(path: string, { observedAt }: ImportOptions): Promise<ReadContext> {
  const context: ReadContext = { fileName: basename(path) };
  if (observedAt !== undefined) context.observedAt = observedAt;
  if (path !== "-") context.modifiedAt = (await stat(path)).mtime.toISOString();
  return context;
}

async function importEntries(run: FileRun, entries: AsyncIterable<Entry>): Promise<void> {
  const { db, fingerprint, file, options } = run;
  const done = fingerprint ? await findCheckpoint(db, fingerprint) : 0;
  if (done > 0) file.resumedAt = done;
  try {
    for await (const entry of entries) {
      run.seen += 1;
      if (run.format.isWholeList) notePlaces(run, entry);
      if (!entry.ok) reject(run, entry.entry, entry.reason);
      else if (run.seen <= done) countEntry(file, "unchanged");
      else run.batch.push(entry);
      if (run.batch.length >= (options.batchSize ?? defaultBatchSize)) await saveBatch(run);
    }
  } catch (error) {
    if (!(error instanceof AppError && error.code === "bad-input")) throw error;
    file.error = formatError(error);
  }
  await saveBatch(run);
  // A file that could not be read to its end says nothing about the end of its list.
  if (!file.error) for (const [list, positions] of run.places) await removeOtherPlaces(db, list, positions);
  if (fingerprint) await removeCheckpoint(db, fingerprint);
}

function notePlaces({ places }: FileRun, entry: Entry): void {
  for (const { listId, position } of entry.ok ? entry.item.places : []) {
    const known = places.get(listId);
    if (known) known.push(position);
    else places.set(listId, [position]);
  }
}

function reject(run: FileRun, entry: number, reason: string): void {
  countEntry(run.file, "rejected");
  addRejection(run.report, { file: run.file.file, entry, reason });
}

/** The papers of the batch and how far the file is: both or neither. */
async function saveBatch(run: FileRun): Promise<void> {
  const { db, options, batch, fingerprint, seen } = run;
  run.batch = [];
  const now = options.clock().toISOString();
  const startedAt = new Date(run.startedMs).toISOString();
  const outcomes = await db.transaction().execute(async (trx) => {
    if (fingerprint) await saveCheckpoint(trx, { fingerprint, entriesDone: seen, now });
    return saveItems(
      trx,
      batch.map((entry) => entry.item),
      { now, startedAt, origin: options.origin },
    );
  });
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome.kind === "rejected") reject(run, batch[i]!.entry, outcome.reason);
    else countEntry(run.file, outcome.kind);
  }
  await options.onBatch?.();
  showProgress(run);
  if (options.signal?.aborted) {
    throw new AppError("interrupted", `The import was stopped after ${seen} entries of ${run.file.file}.`, {
      remedy: "What was read is kept; the same command goes on where it stopped.",
    });
  }
}

function showProgress({ options, stream, file, startedMs }: FileRun): void {
  file.seconds = (options.clock().getTime() - startedMs) / 1000;
  file.recordsPerSecond = rateOf(file.read, file.seconds);
  const read = stream.bytesRead();
  // Entries are known when all are read; until then the bytes say about how many there are.
  const total = stream.size > 0 && read > 0 ? Math.round((file.read * stream.size) / read) : 0;
  options.progress?.update(`import ${basename(file.file)}`, file.read, total);
}
