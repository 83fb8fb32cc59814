// The vectors of a collection on disk: one file a part, and a manifest that says which belong together. Parts that did not
// change are not written again; a crash at any point leaves the older state whole.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { syncPath, writeDurably } from "../manifest.ts";
import type { OpenRows, StoredPart } from "./shelf-chunk.ts";
import { VectorShelf } from "./vector-shelf.ts";

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

interface ListedPart {
  number: number;
  file: string;
  bytes: number;
  checksum: number;
}

interface Manifest extends ShelfState {
  format: number;
  parts: ListedPart[];
}

const format = 2;
const manifestName = "vectors.json";
const partName = /^vectors-\d+-\d+(?:-\w+)?\.bin(?:\.part)?$/;

/** Reads what the folder holds. Files that cannot be used are named, never thrown: the vectors can be made again. */
export function openShelf(folder: string, openRows: OpenRows | null = null): ShelfOutcome {
  const reading = readShelf(folder, openRows);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

/** The same part by part (some milliseconds each), so that others can have turns between them. */
export function* readShelf(folder: string, openRows: OpenRows | null): Generator<void, ShelfOutcome> {
  const manifest = readManifest(folder);
  if (manifest === null) return { missing: true };
  if (typeof manifest === "string") return { damage: manifest };
  const papers = manifest.parts.reduce((sum, { bytes }) => sum + countOf(bytes, manifest.dimension), 0);
  const shelf = new VectorShelf(manifest.dimension, papers, openRows);
  for (const listed of manifest.parts) {
    const part = readPart(join(folder, listed.file), listed, manifest.dimension);
    if (!part || !tryAdd(shelf, listed.number, part))
      return { damage: `${listed.file} is missing or damaged` };
    yield;
  }
  const { modelId, dimension, changeNumber } = manifest;
  return { opened: { shelf, modelId, dimension, changeNumber } };
}

function tryAdd(shelf: VectorShelf, number: number, part: StoredPart): boolean {
  try {
    shelf.addStored(number, part);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Writes the changed parts, then the manifest, then takes away what it no longer names. Papers may change meanwhile: the
 * state is that of the beginning, and what was written too early is harmless when the changes after it are applied again.
 */
export async function saveShelf(folder: string, shelf: VectorShelf, state: ShelfState): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // Closing gaps moves papers between parts: what was written before and after does not belong together.
  for (let rebuilds = -1; rebuilds !== shelf.rebuilds; ) {
    rebuilds = shelf.rebuilds;
    await saveParts(folder, shelf, { state, isWhole: () => rebuilds === shelf.rebuilds });
  }
}

async function saveParts(
  folder: string,
  shelf: VectorShelf,
  { state, isWhole }: { state: ShelfState; isWhole: () => boolean },
): Promise<void> {
  const before = readManifest(folder);
  const older = before && typeof before !== "string" && before.modelId === state.modelId ? before.parts : [];
  const held = new Set(shelf.listParts());
  const listed = new Map(older.filter(({ number }) => held.has(number)).map((part) => [part.number, part]));
  const changed = new Set(shelf.listChangedParts());
  const saved: number[] = [];
  try {
    for (const number of held) {
      if (listed.has(number) && !changed.has(number)) continue;
      saved.push(number);
      listed.set(number, await savePart(folder, shelf, { number, state }));
      if (!isWhole()) return;
    }
    const parts = [...listed.values()].sort((a, b) => a.number - b.number);
    const manifest: Manifest = { format, ...state, parts };
    await writeWhole(join(folder, manifestName), JSON.stringify(manifest));
    saved.length = 0;
    await syncPath(folder);
    keepOnly(folder, new Set(parts.map(({ file }) => file)));
  } finally {
    // What no manifest names is as good as not written: the next one would name the older file.
    for (const number of saved) shelf.markChanged(number);
  }
}

async function savePart(
  folder: string,
  shelf: VectorShelf,
  { number, state }: { number: number; state: ShelfState },
): Promise<ListedPart> {
  const file = `vectors-${number}-${state.changeNumber}-${state.modelId.slice(0, 8)}.bin`;
  const bytes = formatPart(shelf.readPart(number));
  shelf.markWritten(number);
  await writeWhole(join(folder, file), bytes);
  return { number, file, bytes: bytes.length, checksum: crc32(bytes) };
}

function keepOnly(folder: string, kept: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    if (partName.test(name) && !kept.has(name)) rmSync(join(folder, name), { force: true });
  }
}

/** Takes everything of ours away, the manifest first. */
export function clearShelf(folder: string): void {
  rmSync(join(folder, manifestName), { force: true });
  try {
    keepOnly(folder, new Set());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
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
      Array.isArray(manifest.parts) &&
      manifest.parts.every(({ bytes }) => Number.isSafeInteger(bytes)) &&
      manifest.dimension > 0 &&
      manifest.dimension % 32 === 0;
    return usable ? manifest : `${manifestName} is of another version`;
  } catch {
    return `${manifestName} is damaged`;
  }
}

/** Count (u32) and dimension (u32), keys (f64), factors and lengths of stem weights (f32), rows (bytes). */
function formatPart({ keys, factors, stemLengths, rows }: StoredPart): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(keys.length, 0);
  head.writeUInt32LE(keys.length === 0 ? 0 : rows.length / keys.length, 4);
  return Buffer.concat([head, ...[keys, factors, stemLengths, rows].map(bytesOf)]);
}

function bytesOf(array: NodeJS.ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

const headBytes = 8;
/** Key, factor and length of stem weights. */
const columnBytes = 16;

/** Papers in a part of so many bytes. */
function countOf(bytes: number, dimension: number): number {
  return (bytes - headBytes) / (columnBytes + dimension);
}

function readPart(
  path: string,
  { bytes, checksum }: Pick<ListedPart, "bytes" | "checksum">,
  dimension: number,
): StoredPart | null {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch {
    return null;
  }
  if (file.length !== bytes || crc32(file) !== checksum) return null;
  const count = file.readUInt32LE(0);
  if (count !== countOf(bytes, dimension)) return null;
  // Columns are copied where a view of numbers would not begin at a multiple of their size; the head is as long as a number.
  const { buffer, byteOffset } = file.byteOffset % headBytes === 0 ? file : Buffer.from(file);
  const at = byteOffset + headBytes;
  return {
    keys: new Float64Array(buffer, at, count),
    factors: new Float32Array(buffer, at + count * 8, count),
    stemLengths: new Float32Array(buffer, at + count * 12, count),
    rows: new Int8Array(buffer, at + count * columnBytes, count * dimension),
  };
}

/** Written beside and forced to disk, then renamed. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeDurably(`${path}.part`, content);
  await rename(`${path}.part`, path);
}
