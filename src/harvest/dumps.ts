// The public bibliography as files, for whoever wants all of it: made at night, named by their day, with checksums. What is
// half done is written beside and renamed when whole, so every name there is leads to a whole file.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { z } from "zod";
import type { Db } from "../database/dialect.ts";
import { dayOf, type Instant } from "../lib/clock.ts";
import { paperFileFormats } from "../papers/file-formats.ts";
import { countPapers, latestChangeNumber } from "../papers/papers-store.ts";
import { exportAll, exportCitations } from "./export.ts";

/** Nights that are kept. */
export const keptDumps = 3;

const dumpSchema = z.object({
  day: z.iso.date(),
  madeAt: z.string(),
  /** Of the database when it was made: the same number, the same dump. */
  changeNumber: z.number(),
  papers: z.number(),
  files: z.array(
    z.object({
      name: z.string().regex(/^broadsheet-\d{4}-\d\d-\d\d\.[a-z]+\.gz$/),
      bytes: z.number(),
      /** SHA-256 in hexadecimal. */
      sha256: z.string(),
    }),
  ),
});

export type Dump = z.infer<typeof dumpSchema>;
export type DumpFile = Dump["files"][number];

export interface DumpOptions {
  folder: string;
  now: Date;
  signal?: AbortSignal;
}

/** Where they lie in a data folder. */
export function dumpsFolderOf(dataFolder: string): string {
  return join(dataFolder, "dumps");
}

/** What goes out: everything said of each paper, to be read by "broadsheet import"; and a table. */
const contents: Readonly<Record<string, (db: Db) => AsyncIterable<string>>> = {
  jsonl: exportAll,
  csv: (db) => exportCitations(db, paperFileFormats.csv),
};

/** The dumps there are, the newest first. */
export async function listDumps(folder: string): Promise<Dump[]> {
  const text = await readFile(join(folder, "index.json"), "utf8").catch(() => "[]");
  const parsed = z.array(dumpSchema).safeParse(parseJson(text));
  return parsed.success ? parsed.data : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Makes the dump of the day from one state of the database, unless nothing has changed since the last; returns it, or null.
 * A second one on the same day takes the place of the first. `db` must show one unchanging state (see readSnapshot).
 */
export async function makeDump(db: Db, { folder, now, signal }: DumpOptions): Promise<Dump | null> {
  await mkdir(folder, { recursive: true });
  const before = await listDumps(folder);
  const changeNumber = await latestChangeNumber(db);
  if (before[0]?.changeNumber === changeNumber) return null;
  const day = dayOf(now);
  const files: DumpFile[] = [];
  for (const [extension, write] of Object.entries(contents)) {
    const name = `broadsheet-${day}.${extension}.gz`;
    files.push({ name, ...(await writeFileOf(write(db), join(folder, name), signal)) });
  }
  const dump: Dump = {
    day,
    madeAt: now.toISOString() as Instant,
    changeNumber,
    papers: await countPapers(db),
    files,
  };
  await enterDumps(folder, [dump, ...before.filter((other) => other.day !== day)].slice(0, keptDumps));
  return dump;
}

async function writeFileOf(text: AsyncIterable<string>, file: string, signal?: AbortSignal) {
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const partial = `${file}.partial`;
  try {
    await pipeline(Readable.from(text), createGzip(), measure, createWriteStream(partial), { signal });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** The index last: it names whole files only. What no entry names is removed after that. */
async function enterDumps(folder: string, dumps: readonly Dump[]): Promise<void> {
  const files = dumps.flatMap((dump) => dump.files);
  const sums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("");
  await replaceFile(join(folder, "SHA256SUMS"), sums);
  await replaceFile(join(folder, "index.json"), `${JSON.stringify(dumps, null, 2)}\n`);
  const named = new Set([...files.map(({ name }) => name), "SHA256SUMS", "index.json"]);
  for (const name of await readdir(folder))
    if (!named.has(name)) await rm(join(folder, name), { force: true });
}

async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
}
