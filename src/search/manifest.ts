// The one small file that says which files make up the index; it is replaced at once, so that every reader sees a whole.

import { readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { analysisVersion } from "./analyzer.ts";
import { IndexDamage } from "./damage.ts";
import { formatVersion } from "./segment-format.ts";

export interface Manifest {
  /** Everything up to here is in the files. */
  changeNumber: number;
  segments: ManifestSegment[];
}

export interface ManifestSegment {
  file: string;
  bytes: number;
  /** The file of its removed papers, when it has some. */
  removed: { file: string; bytes: number; checksum: number } | null;
}

export const manifestName = "manifest.json";

interface StoredManifest extends Manifest {
  /** Versions of the files and of the analysis behind them. */
  format: number;
  analysis: number;
}

/** Null when the folder has none. Throws IndexDamage when it cannot be used. */
export function readManifest(folder: string): Manifest | null {
  const text = readIfThere(join(folder, manifestName));
  if (text === null) return null;
  const stored = parseManifest(text);
  if (stored.format !== formatVersion || stored.analysis !== analysisVersion) {
    throw new IndexDamage(manifestName, "was written by another version of Broadsheet");
  }
  return { changeNumber: stored.changeNumber, segments: stored.segments };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function parseManifest(text: string): StoredManifest {
  try {
    const { checksum, manifest } = JSON.parse(text) as { checksum: number; manifest: StoredManifest };
    if (crc32(JSON.stringify(manifest)) === checksum) return manifest;
  } catch (error) {
    throw new IndexDamage(manifestName, "is not readable", error);
  }
  throw new IndexDamage(manifestName, "does not match its checksum");
}

/** Replaces the manifest: written aside, forced to disk, renamed. */
export async function writeManifest(folder: string, { changeNumber, segments }: Manifest): Promise<void> {
  const manifest = {
    format: formatVersion,
    analysis: analysisVersion,
    changeNumber,
    segments,
  } satisfies StoredManifest;
  const aside = join(folder, `${manifestName}.new`);
  await writeDurably(aside, JSON.stringify({ checksum: crc32(JSON.stringify(manifest)), manifest }));
  await rename(aside, join(folder, manifestName));
  await syncPath(folder);
}

/** Writes a file and forces it to disk. */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  await using file = await open(path, "w");
  await file.writeFile(content);
  await file.sync();
}

/** Forces a file's content, or a folder's entries, to disk; systems that cannot sync folders are let be. */
export async function syncPath(path: string): Promise<void> {
  try {
    await using file = await open(path, "r");
    await file.sync();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EISDIR" && code !== "EPERM" && code !== "EINVAL") throw error;
  }
}
