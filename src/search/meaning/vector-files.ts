// The vectors of a collection on disk: one file a chunk, and a manifest that says which belong together. Chunks that did
// not change are not written again; a crash at any point leaves the older state whole.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type StoredChunk, VectorShelf } from "./vector-shelf.ts";

/** What the vectors were made with, and up to where they follow the papers. */
export interface ShelfState {
  modelId: string;
  dimension: number;
  changeNumber: number;
}

export interface OpenedShelf extends ShelfState {
  shelf: VectorShelf;
}

export type ShelfOutcome = { opened: OpenedShelf } | { damage: string } | { missing: true };

interface Manifest extends ShelfState {
  format: number;
  /** By chunk number. */
  chunks: { file: string; bytes: number; checksum: number }[];
}

const format = 1;
const manifestName = "vectors.json";
const chunkName = /^vectors-\d+-\d+\.bin$/;

/** Reads what the folder holds. Files that cannot be used are named, never thrown: the vectors can be made again. */
export function openShelf(folder: string): ShelfOutcome {
  const manifest = readManifest(folder);
  if (manifest === null) return { missing: true };
  if (typeof manifest === "string") return { damage: manifest };
  const shelf = new VectorShelf(manifest.dimension);
  for (const { file, bytes, checksum } of manifest.chunks) {
    const chunk = readChunk(join(folder, file), { bytes, checksum, dimension: manifest.dimension });
    if (!chunk) return { damage: `${file} is missing or damaged` };
    shelf.addStored(chunk);
  }
  const { modelId, dimension, changeNumber } = manifest;
  return { opened: { shelf, modelId, dimension, changeNumber } };
}

/** Writes the changed chunks, then the manifest, then takes away what it no longer names. */
export function saveShelf(folder: string, shelf: VectorShelf, state: ShelfState): void {
  mkdirSync(folder, { recursive: true });
  const before = readManifest(folder);
  const older = before && typeof before !== "string" && before.modelId === state.modelId ? before : null;
  const chunks = older ? [...older.chunks] : [];
  for (const { number, chunk } of shelf.storedChunks(older === null)) {
    const file = `vectors-${number}-${state.changeNumber}.bin`;
    const bytes = formatChunk(chunk);
    writeWhole(join(folder, file), bytes);
    chunks[number] = { file, bytes: bytes.length, checksum: crc32(bytes) };
  }
  const manifest: Manifest = { format, ...state, chunks };
  writeWhole(join(folder, manifestName), Buffer.from(JSON.stringify(manifest)));
  shelf.markWritten();
  const kept = new Set(chunks.map(({ file }) => file));
  for (const name of readdirSync(folder)) {
    if (chunkName.test(name) && !kept.has(name)) rmSync(join(folder, name), { force: true });
  }
}

/** Null: there is none. A sentence: it cannot be used. */
function readManifest(folder: string): Manifest | string | null {
  let text: string;
  try {
    text = readFileSync(join(folder, manifestName), "utf8");
  } catch {
    return null;
  }
  try {
    const manifest = JSON.parse(text) as Manifest;
    const usable =
      manifest.format === format &&
      Array.isArray(manifest.chunks) &&
      manifest.dimension > 0 &&
      manifest.dimension % 32 === 0;
    return usable ? manifest : `${manifestName} is of another version`;
  } catch {
    return `${manifestName} is damaged`;
  }
}

/** Count (u32) and dimension (u32), keys (f64), factors and lengths of stem weights (f32), rows (bytes). */
function formatChunk({ keys, factors, stemLengths, rows }: StoredChunk): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(keys.length, 0);
  head.writeUInt32LE(keys.length === 0 ? 0 : rows.length / keys.length, 4);
  return Buffer.concat([head, ...[keys, factors, stemLengths, rows].map(bytesOf)]);
}

function bytesOf(array: NodeJS.ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

interface Expected {
  bytes: number;
  checksum: number;
  dimension: number;
}

function readChunk(path: string, { bytes, checksum, dimension }: Expected): StoredChunk | null {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch {
    return null;
  }
  if (file.length !== bytes || crc32(file) !== checksum) return null;
  const count = file.readUInt32LE(0);
  if (file.length !== 8 + count * (16 + dimension)) return null;
  // Copies, because a Buffer may begin anywhere and floats may not.
  const part = (from: number, length: number) => Uint8Array.from(file.subarray(from, from + length));
  return {
    keys: new Float64Array(part(8, count * 8).buffer),
    factors: new Float32Array(part(8 + count * 8, count * 4).buffer),
    stemLengths: new Float32Array(part(8 + count * 12, count * 4).buffer),
    rows: new Int8Array(part(8 + count * 16, count * dimension).buffer),
  };
}

function writeWhole(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.part`, bytes, { flush: true });
  renameSync(`${path}.part`, path);
}
