// What was learned, as text that is kept, and back. Stems are written out, because their numbers are one process's own.
import { quantiseInto } from "../../search/meaning/meaning-model.ts";
import type { FeatureReader } from "./features.ts";
import type { ExampleName, LearnedTaste } from "./learn.ts";

/** Examples kept to say "because you saved …"; those that say most. The model itself is kept whole. */
const mostExamples = 100;

interface KeptTaste {
  vector: string;
  words: [stem: string, weight: number][];
  examples: (ExampleName & { weight: number; vector: string })[];
}

export function formatKept(learned: LearnedTaste, { stems }: FeatureReader): string {
  const heaviest = [...learned.examples].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const kept: KeptTaste = {
    vector: Buffer.from(Float32Array.from(learned.vector).buffer).toString("base64"),
    words: [...learned.words].map(([number, weight]) => [stems[number]!, rounded(weight)]),
    examples: heaviest.slice(0, mostExamples).map((example) => ({
      ...example,
      weight: rounded(example.weight),
      vector: formatVector(example.vector),
    })),
  };
  return JSON.stringify(kept);
}

/** Six digits say all that matters, and the same on every machine. */
function rounded(weight: number): number {
  return Number(weight.toPrecision(6));
}

/** Many readers keep the same papers: their vectors are written and read once. */
const written = new WeakMap<Float32Array, string>();
const read = new Map<string, Float32Array>();
const mostRead = 5_000;

function formatVector(vector: Float32Array): string {
  const text = written.get(vector) ?? writeVector(vector);
  written.set(vector, text);
  return text;
}

/** Bytes in steps of the largest component: enough to compare with. */
function writeVector(vector: Float32Array): string {
  const bytes = new Int8Array(vector.length);
  quantiseInto(vector, bytes);
  return Buffer.from(bytes.buffer).toString("base64");
}

/** Null when it was learned with something else, or is damaged: it is then learned anew. */
export function parseKept(text: string, reader: FeatureReader): LearnedTaste | null {
  try {
    const kept = JSON.parse(text) as KeptTaste;
    const bytes = Uint8Array.from(Buffer.from(kept.vector, "base64"));
    const vector = new Float32Array(bytes.buffer);
    if (vector.length !== reader.model.dimension) return null;
    return {
      vector,
      words: new Map(kept.words.map(([stem, weight]) => [reader.numberOf(stem), weight])),
      examples: kept.examples.map((example) => ({ ...example, vector: parseVector(example.vector) })),
    };
  } catch {
    return null;
  }
}

function parseVector(text: string): Float32Array {
  const vector = read.get(text) ?? readVector(text);
  if (read.size >= mostRead) read.clear();
  read.set(text, vector);
  return vector;
}

function readVector(text: string): Float32Array {
  const vector = Float32Array.from(new Int8Array(Buffer.from(text, "base64")));
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
