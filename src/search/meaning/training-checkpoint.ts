// A training's state after a finished epoch, in one file, so that an interrupted training goes on instead of beginning again.
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { sha256Hex, stableJson } from "../../lib/hash.ts";
import type { TrainingSettings } from "./train.ts";
import type { TrainingCorpus } from "./training-corpus.ts";
import type { TrainingShape } from "./training-memory.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Checkpoint {
  file: string;
  /** Hex, 64 digits: of everything that decides the training's course. */
  fingerprint: string;
  /** Table and both moments: read from and written to here. */
  weights: Float32Array;
}

/** "BSCP", fingerprint (32 bytes), epochs done (u32), sha-256 of the weights (32 bytes), weights. */
const magic = "BSCP";
const headerBytes = 4 + 32 + 4 + 32;

interface Fingerprinted {
  corpus: TrainingCorpus;
  vocabulary: Vocabulary;
  shape: TrainingShape;
  settings: TrainingSettings;
}

/** Papers, order, vocabulary and settings; not the number of threads, which changes nothing. */
export function fingerprintTraining({ corpus, vocabulary, shape, settings }: Fingerprinted): string {
  const hash = createHash("sha256");
  const arrays = [
    corpus.rows,
    corpus.sentenceStarts,
    corpus.paperStarts,
    corpus.partners,
    corpus.partnerShares,
  ];
  for (const array of arrays) hash.update(new Uint8Array(array.buffer));
  hash.update(sha256Hex(vocabulary.names.join("\n")));
  hash.update(stableJson({ ...settings, ...shape, threads: 0 }));
  return hash.digest("hex");
}

/** Fills the weights and returns the epochs done; 0 and nothing filled when there is no usable checkpoint of this training. */
export async function readCheckpoint({ file, fingerprint, weights }: Checkpoint): Promise<number> {
  const bytes = await readFile(file).catch(() => null);
  const target = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  if (!bytes || bytes.length !== headerBytes + target.length) return 0;
  const body = bytes.subarray(headerBytes);
  const intact =
    bytes.toString("latin1", 0, 4) === magic &&
    bytes.toString("hex", 4, 36) === fingerprint &&
    createHash("sha256").update(body).digest().equals(bytes.subarray(40, 72));
  if (!intact) return 0;
  target.set(body);
  return bytes.readUInt32LE(36);
}

/** Written beside, then renamed: a crash leaves the older checkpoint. */
export async function writeCheckpoint(
  { file, fingerprint, weights }: Checkpoint,
  epochsDone: number,
): Promise<void> {
  // A copy, because file writing does not take shared memory.
  const body = Buffer.from(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));
  const header = Buffer.alloc(headerBytes);
  header.write(magic, 0, "latin1");
  header.write(fingerprint, 4, "hex");
  header.writeUInt32LE(epochsDone, 36);
  createHash("sha256").update(body).digest().copy(header, 40);
  await writeFile(`${file}.part`, Buffer.concat([header, body]));
  await rename(`${file}.part`, file);
}
