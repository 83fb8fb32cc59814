// Sums of a model's rows, by WebAssembly SIMD: what encoding a text spends its time on.
import { createWasmMemory, openWasm, wasmPageBytes } from "../../lib/wasm.ts";
import type { MeaningModel } from "./meaning-model.ts";
import { openVocabulary } from "./vocabulary.ts";

const widen = (part: "low" | "high", bytes: string) => `(i16x8.extend_${part}_i8x16_s ${bytes})`;
const floats = (part: "low" | "high", words: string) =>
  `(f32x4.convert_i32x4_s (i32x4.extend_${part}_i16x8_s ${words}))`;
const four = [
  floats("low", "(local.get $low)"),
  floats("high", "(local.get $low)"),
  floats("low", "(local.get $high)"),
  floats("high", "(local.get $high)"),
];

const source = `
;; sum[0..d) += w * row[0..d); row is signed bytes, d a multiple of 16
(func $addRow (param $sum i32) (param $row i32) (param $w f32) (param $d i32)
  (local $x v128) (local $low v128) (local $high v128) (local $ws v128)
  (local.set $ws (f32x4.splat (local.get $w)))
  (loop $next
    (local.set $x (v128.load (local.get $row)))
    (local.set $low ${widen("low", "(local.get $x)")})
    (local.set $high ${widen("high", "(local.get $x)")})
    ${four
      .map(
        (part, i) => `(v128.store offset=${16 * i} (local.get $sum)
      (f32x4.add (v128.load offset=${16 * i} (local.get $sum)) (f32x4.mul (local.get $ws) ${part})))`,
      )
      .join("\n    ")}
    (local.set $sum (i32.add (local.get $sum) (i32.const 64)))
    (local.set $row (i32.add (local.get $row) (i32.const 16)))
    (br_if $next (local.tee $d (i32.sub (local.get $d) (i32.const 16))))))`;

interface PoolKernels {
  addRow(sum: number, row: number, weight: number, d: number): void;
}

export interface RowPool {
  /** Sum of (1 + ln count) x row over the first `length` rows and the counts beside them; a new array. */
  sum(rows: Int32Array, counts: Int32Array, length: number): Float32Array;
}

/** Nearly all counts are small. */
const weights = Float64Array.from({ length: 64 }, (_, count) => 1 + Math.log(count));

/** What `count` occurrences weigh. */
export function weightOfCount(count: number): number {
  return count < weights.length ? weights[count]! : 1 + Math.log(count);
}

const pools = new WeakMap<MeaningModel, RowPool>();

/** The pool of a model; its rows are copied once, when first asked for, unless they have been placed. */
export function poolOf(model: MeaningModel): RowPool {
  const known = pools.get(model);
  if (known) return known;
  const pool = openPool(model).pool;
  pools.set(model, pool);
  return pool;
}

/** The model with its rows where they are summed, so that they are in memory once; nothing else of it is a view of its file. */
export function placeRows(model: MeaningModel): MeaningModel {
  const { rows, pool } = openPool(model);
  const { names, stems, papers, frequencies } = model.vocabulary;
  const vocabulary = openVocabulary({ names, stems, papers, frequencies: frequencies.slice() });
  const placed = { ...model, rows, scales: model.scales.slice(), vocabulary };
  pools.set(placed, pool);
  return placed;
}

function openPool({ dimension, rows: modelRows, scales }: MeaningModel): { rows: Int8Array; pool: RowPool } {
  const sumBytes = dimension * 4;
  const pages = Math.ceil((sumBytes + modelRows.length) / wasmPageBytes);
  const limits = { minPages: pages, maxPages: pages, shared: false };
  const memory = createWasmMemory(limits);
  const kernels = openWasm<PoolKernels>(source, memory, limits);
  const placed = new Int8Array(memory.buffer, sumBytes, modelRows.length);
  placed.set(modelRows);
  const sum = new Float32Array(memory.buffer, 0, dimension);
  const pool: RowPool = {
    sum(rows, counts, length) {
      sum.fill(0);
      for (let i = 0; i < length; i++) {
        const row = rows[i]!;
        kernels.addRow(0, sumBytes + row * dimension, weightOfCount(counts[i]!) * scales[row]!, dimension);
      }
      return sum.slice();
    },
  };
  return { rows: placed, pool };
}
