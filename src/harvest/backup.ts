// Backup and restore as files: gzipped lines of database/dump.ts, written beside the target and renamed when whole.
import { createReadStream, createWriteStream } from "node:fs";
import { access, rename, rm, stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { type DatabaseOptions, readSnapshot } from "../database/database.ts";
import type { Db } from "../database/dialect.ts";
import { dumpTables, restoreTables } from "../database/dump.ts";
import { AppError, formatError } from "../lib/errors.ts";

export interface BackupOptions {
  createdAt: string;
  signal?: AbortSignal;
  onLine?: (lines: number) => void;
}

/** Writes one consistent state of the database to `file` (gzip); never leaves half a file there. Returns its size in bytes. */
export async function backUp(
  database: DatabaseOptions,
  file: string,
  options: BackupOptions,
): Promise<number> {
  await refuseExisting(file);
  const unfinished = `${file}.partial`;
  try {
    await readSnapshot(database, (db) =>
      pipeline(
        Readable.from(withNewlines(dumpTables(db, options.createdAt), options.onLine)),
        createGzip(),
        createWriteStream(unfinished, { mode: 0o600 }),
        { signal: options.signal },
      ),
    );
    await rename(unfinished, file);
    return (await stat(file)).size;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw backupError(error, file);
  }
}

async function* withNewlines(
  lines: AsyncIterable<string>,
  onLine?: (lines: number) => void,
): AsyncGenerator<string> {
  let count = 0;
  for await (const line of lines) {
    count += 1;
    onLine?.(count);
    yield `${line}\n`;
  }
}

async function refuseExisting(file: string): Promise<void> {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists)
    throw new AppError("bad-usage", `${file} exists already.`, {
      remedy: "Name another file; backups are never overwritten.",
    });
}

function backupError(error: unknown, file: string): unknown {
  if ((error as Error).name === "AbortError")
    return new AppError("interrupted", "The backup was interrupted; nothing was kept.");
  const code = (error as NodeJS.ErrnoException).code;
  if (!code || error instanceof AppError) return error;
  return new AppError("bad-usage", `${file} cannot be written (${code}).`, { cause: error });
}

/** Fills an empty database from a backup file. Returns the number of rows. Throws AppError "bad-input" when it is not whole. */
export async function restoreBackup(db: Db, file: string): Promise<number> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  const reading = pipeline(source, unzipped);
  reading.catch(() => {}); // reported below, where the lines are read
  try {
    const rows = await restoreTables(
      db,
      createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY }),
    );
    await reading;
    return rows;
  } catch (error) {
    const cause = await reading.then(
      () => error,
      (streamError) => streamError,
    );
    if (cause instanceof AppError) throw cause;
    throw new AppError("bad-input", `${file} cannot be restored: ${formatError(cause)}.`, {
      remedy: "Nothing was restored; use another backup.",
      cause,
    });
  }
}
