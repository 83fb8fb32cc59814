// What was learned, as text that is kept, and back. Words are kept by their rows in the meaning model, which is what `learned_with`
// names; those it does not know are written out.
import { quantiseInto } from "../../search/meaning/meaning-model.ts";
import type { FeatureReader } from "./features.ts";
import type { ExampleName, LearnedTaste } from "./learn.ts";
import type { Words } from "./word-sums.ts";

/** Examples kept to say "because you saved …"; those that say most. The model itself is kept whole. */
const mostExamples = 100;

/** Numbers are in base64, in the order of this machine's bytes (little-endian everywhere Node runs). */
interface KeptTaste {
  /** 32-bit floats. */
  vector: string;
  /** 32-bit rows, -1 for the next of `others`. */
  rows: string;
  others: string[];
  /** 32-bit floats, beside `rows`. */
  weights: string;
  examples: [kind: ExampleName["kind"], pk: number | null, title: string][];
  /** 32-bit floats, beside `examples`. */
  says: string;
  /** Their vectors one after the other, in steps of the largest component: enough to compare with. */
  meanings: string;
}

/** What was learned as it is once it was kept: what has just been learned and what is read later then choose alike. */
export function asKept(learned: LearnedTaste): LearnedTaste {
  const heaviest = [...learned.examples].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    ...learned,
    examples: heaviest
      .slice(0, mostExamples)
      .map((example) => ({ ...example, vector: steppedOf(example.vector).vector })),
  };
}

/** Null is kept too: nothing was to be learned. */
export function formatKept(learned: LearnedTaste | null, reader: FeatureReader): string {
  if (!learned) return "null";
  const { examples } = learned;
  const rows = learned.words.stems.map((number) => reader.rowOf(number));
  const kept: KeptTaste = {
    vector: toText(learned.vector),
    rows: toText(rows),
    others: [...learned.words.stems].filter((_, i) => rows[i] === -1).map((number) => reader.stems[number]!),
    weights: toText(learned.words.weights),
    examples: examples.map(({ kind, pk, title }) => [kind, pk, title]),
    says: toText(Float32Array.from(examples, ({ weight }) => weight)),
    meanings: toText(Buffer.concat(examples.map(({ vector }) => steppedOf(vector).steps))),
  };
  return JSON.stringify(kept);
}

function toText({ buffer, byteOffset, byteLength }: Float32Array | Int32Array | Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

interface Stepped {
  steps: Uint8Array;
  /** The vector that the steps are read as. */
  vector: Float32Array;
}

/** Many readers keep the same papers: their vectors are made steps of once. */
const stepped = new WeakMap<Float32Array, Stepped>();

function steppedOf(vector: Float32Array): Stepped {
  const known = stepped.get(vector);
  if (known) return known;
  const steps = new Int8Array(vector.length);
  quantiseInto(vector, steps);
  const made = { steps: new Uint8Array(steps.buffer), vector: ofLengthOne(Float32Array.from(steps)) };
  stepped.set(vector, made);
  stepped.set(made.vector, made);
  return made;
}

/** What tells the numbers of words. */
export interface WordNumbers {
  readonly model: { readonly dimension: number };
  numberOf(stem: string): number;
  /** Throws RangeError for a row that the model has not. */
  numberOfRow(row: number): number;
}

/** Null when it was learned with something else, or is damaged: it is then learned anew. */
export function parseKept(text: string, reader: WordNumbers): { learned: LearnedTaste | null } | null {
  try {
    const kept = JSON.parse(text) as KeptTaste | null;
    return kept === null ? { learned: null } : readKept(kept, reader);
  } catch {
    return null;
  }
}

function readKept(kept: KeptTaste, reader: WordNumbers): { learned: LearnedTaste } | null {
  const { dimension } = reader.model;
  const vector = new Float32Array(toBytes(kept.vector).buffer);
  const words = readWords(kept, reader);
  const says = new Float32Array(toBytes(kept.says).buffer);
  const meanings = readMeanings(toBytes(kept.meanings), dimension);
  const { length } = kept.examples;
  if (vector.length !== dimension || !words || says.length !== length || meanings.length !== length)
    return null;
  const examples = kept.examples.map(([kind, pk, title], i) => {
    return { kind, pk, title, weight: says[i]!, vector: meanings[i]! };
  });
  return { learned: { vector, words, examples } };
}

function readWords(kept: KeptTaste, reader: WordNumbers): Words | null {
  const rows = new Int32Array(toBytes(kept.rows).buffer);
  const weights = new Float32Array(toBytes(kept.weights).buffer);
  let others = 0;
  const stems = rows.map((row) =>
    row === -1 ? reader.numberOf(kept.others[others++]!) : reader.numberOfRow(row),
  );
  return others === kept.others.length && rows.length === weights.length ? { stems, weights } : null;
}

/** A copy of its own, so that it may be read as longer numbers. */
function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, "base64"));
}

function readMeanings(bytes: Uint8Array<ArrayBuffer>, dimension: number): Float32Array[] {
  const all = new Float32Array(new Int8Array(bytes.buffer));
  return Array.from({ length: all.length / dimension }, (_, i) =>
    ofLengthOne(all.subarray(i * dimension, (i + 1) * dimension)),
  );
}

/** In place. */
function ofLengthOne(vector: Float32Array): Float32Array {
  let squares = 0;
  for (let k = 0; k < vector.length; k++) squares += vector[k]! * vector[k]!;
  const length = Math.sqrt(squares) || 1;
  for (let k = 0; k < vector.length; k++) vector[k] = vector[k]! / length;
  return vector;
}
