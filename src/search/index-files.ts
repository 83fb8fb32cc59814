// Reads and writes the whole index: segments and lists of removed papers first, then the manifest that names them.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { crc32 } from "node:zlib";
import { openFileSource } from "./byte-source.ts";
import { IndexDamage } from "./damage.ts";
import { FileSegment } from "./file-segment.ts";
import { type IndexFolder, unwritable } from "./index-folder.ts";
import { type ManifestSegment, readManifest, syncPath, writeDurably, writeManifest } from "./manifest.ts";
import { RemovedPapers } from "./removed-papers.ts";
import type { SegmentStore } from "./segment-store.ts";

/** A writer may replace the files between a reader's look at the manifest and its opening them; then it looks again. */
const attempts = 3;

/** Opens the files into the store; returns the change number up to which they hold everything. Throws IndexDamage. */
export function readIndex(folder: IndexFolder, store: SegmentStore): number {
  for (let attempt = 1; ; attempt++) {
    const manifest = readManifest(folder.path);
    if (!manifest) return 0;
    const opened: FileSegment[] = [];
    try {
      for (const entry of manifest.segments) opened.push(openSegment(folder, store, entry));
      store.finished = opened;
      return manifest.changeNumber;
    } catch (error) {
      for (const segment of opened) segment.source.close();
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      if (attempt === attempts)
        throw new IndexDamage(basename((error as NodeJS.ErrnoException).path ?? ""), "is missing");
    }
  }
}

function openSegment(folder: IndexFolder, { caches }: SegmentStore, entry: ManifestSegment): FileSegment {
  const removed = readRemoved(folder, entry);
  const source = openFileSource(folder.file(entry.file));
  try {
    if (source.size !== entry.bytes) {
      throw new IndexDamage(entry.file, `is ${source.size} bytes long, not ${entry.bytes}`);
    }
    const segment = new FileSegment({ source, caches, removed });
    segment.saved = { entry, removedPapers: removed.count };
    return segment;
  } catch (error) {
    source.close();
    throw error;
  }
}

function readRemoved(folder: IndexFolder, { removed }: ManifestSegment): RemovedPapers {
  if (!removed) return new RemovedPapers();
  const bytes = readFileSync(folder.file(removed.file));
  if (crc32(bytes) !== removed.checksum) throw new IndexDamage(removed.file, "does not match its checksum");
  return RemovedPapers.decode(bytes);
}

/**
 * Writes what is new and switches to it; everything up to the change number must be in finished segments. Changes that
 * come meanwhile do not disturb it.
 */
export async function writeIndex(
  folder: IndexFolder,
  store: SegmentStore,
  changeNumber: number,
): Promise<void> {
  folder.create();
  const firstNew = folder.nextNumber;
  // Everything is looked at now, before the first wait: what changes later belongs to a later flush.
  const work = store.finished.map((segment) => planEntry(folder, segment));
  try {
    for (const { entry, isNew, removed } of work) {
      if (isNew) await syncPath(folder.file(entry.file));
      if (removed && entry.removed) await writeDurably(folder.file(entry.removed.file), removed);
    }
    await writeManifest(folder.path, { changeNumber, segments: work.map(({ entry }) => entry) });
  } catch (error) {
    throw unwritable(folder.path, error);
  }
  for (const { segment, entry, removedPapers } of work) segment.saved = { entry, removedPapers };
  const named = work.flatMap(({ entry }) => [entry.file, ...(entry.removed ? [entry.removed.file] : [])]);
  folder.keepOnly(new Set(named), firstNew);
}

/** What the manifest will say of a segment, and the list of its removed papers when that must be written anew. */
function planEntry(folder: IndexFolder, segment: FileSegment) {
  const { saved, source } = segment;
  const removedPapers = segment.removed.count;
  const base = { segment, removedPapers, isNew: saved === null };
  if (saved?.removedPapers === removedPapers) return { ...base, entry: saved.entry, removed: null };
  if (removedPapers === 0) {
    return { ...base, entry: { file: source.name, bytes: source.size, removed: null }, removed: null };
  }
  const removed = segment.removed.encode();
  const listed = { file: folder.newRemovedName(), bytes: removed.length, checksum: crc32(removed) };
  return { ...base, entry: { file: source.name, bytes: source.size, removed: listed }, removed };
}
