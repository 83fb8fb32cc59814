// The meaning model as one file: "BSMM", version, a JSON header, names, frequencies, scales, rows, SHA-256 of all before.
// Little-endian; every section begins at a multiple of 8, so that a file read whole is used as it lies, without a copy.
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { AppError } from "../../lib/errors.ts";
import type { MeaningModel, ModelFacts } from "./meaning-model.ts";
import { tokenVersion } from "./tokens.ts";
import { openVocabulary } from "./vocabulary.ts";

const magic = "BSMM";
const formatVersion = 1;
/** Magic, version, length of the header. */
const prefixBytes = 12;
const checksumBytes = 32;

interface Header {
  tokenVersion: number;
  dimension: number;
  rows: number;
  stems: number;
  /** Papers counted for the frequencies. */
  papers: number;
  nameBytes: number;
  facts: ModelFacts;
}

/** Bytes of the file. The same model gives the same bytes. */
export function formatModel(model: MeaningModel): Buffer {
  const { vocabulary, dimension, rows, scales, facts } = model;
  const names = Buffer.from(vocabulary.names.join("\n"), "utf8");
  const header: Header = {
    tokenVersion,
    dimension,
    rows: vocabulary.names.length,
    stems: vocabulary.stems,
    papers: vocabulary.papers,
    nameBytes: names.length,
    facts,
  };
  const headerBytes = Buffer.from(JSON.stringify(header), "utf8");
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(magic, 0, "latin1");
  prefix.writeUInt32LE(formatVersion, 4);
  prefix.writeUInt32LE(headerBytes.length, 8);
  const sections = [Buffer.concat([prefix, headerBytes]), names, vocabulary.frequencies, scales, rows].map(
    padded,
  );
  const body = Buffer.concat(sections);
  return Buffer.concat([body, createHash("sha256").update(body).digest()]);
}

/** Reads a model from the bytes of its file; typed arrays are views of them. Throws AppError "bad-input" naming `source`. */
export function parseModel(bytes: Uint8Array, source: string): MeaningModel {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : Uint8Array.from(bytes);
  const file = Buffer.from(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  const header = readHeader(file, source);
  const take = sectionReader(file, prefixBytes + file.readUInt32LE(8));
  const names = take(header.nameBytes).toString("utf8").split("\n");
  const frequencies = take(header.rows * 4);
  const scales = take(header.rows * 4);
  const rows = take(header.rows * header.dimension);
  if (names.length !== header.rows) throw unusable(source, "its names do not fit its rows");
  return {
    vocabulary: openVocabulary({
      names,
      stems: header.stems,
      papers: header.papers,
      frequencies: new Uint32Array(frequencies.buffer, frequencies.byteOffset, header.rows),
    }),
    dimension: header.dimension,
    scales: new Float32Array(scales.buffer, scales.byteOffset, header.rows),
    rows: new Int8Array(rows.buffer, rows.byteOffset, rows.length),
    facts: header.facts,
  };
}

/** Reads a model file. Throws AppError "bad-input" when it is damaged or of another version, the system's error when absent. */
export async function readModel(file: string): Promise<MeaningModel> {
  return parseModel(await readFile(file), file);
}

/** Written beside, then renamed: readers see the old model or the new one. */
export async function writeModel(file: string, model: MeaningModel): Promise<void> {
  await writeFile(`${file}.part`, formatModel(model), { flush: true });
  await rename(`${file}.part`, file);
}

function readHeader(file: Buffer, source: string): Header {
  const bodyEnd = file.length - checksumBytes;
  if (bodyEnd < prefixBytes || file.toString("latin1", 0, 4) !== magic) {
    throw unusable(source, "it is no meaning model");
  }
  if (file.readUInt32LE(4) !== formatVersion)
    throw unusable(source, "it is of another version of the format");
  const sum = createHash("sha256").update(file.subarray(0, bodyEnd)).digest();
  if (!sum.equals(file.subarray(bodyEnd))) throw unusable(source, "it does not match its checksum");
  const header = JSON.parse(file.toString("utf8", prefixBytes, prefixBytes + file.readUInt32LE(8))) as Header;
  if (header.tokenVersion !== tokenVersion)
    throw unusable(source, "it was trained with other rules for words");
  return header;
}

/** Gives the sections after the header one by one. */
function sectionReader(file: Buffer, headerEnd: number): (length: number) => Buffer {
  let at = roundUp(headerEnd);
  return (length) => {
    const section = file.subarray(at, at + length);
    at = roundUp(at + length);
    return section;
  };
}

function roundUp(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

function padded(part: NodeJS.ArrayBufferView): Buffer {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  return Buffer.concat([bytes, Buffer.alloc(roundUp(bytes.length) - bytes.length)]);
}

function unusable(source: string, reason: string): AppError {
  return new AppError("bad-input", `The meaning model ${source} cannot be used: ${reason}.`, {
    remedy: 'Run "broadsheet train" to make a new one.',
  });
}
