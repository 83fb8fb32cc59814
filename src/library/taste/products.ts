// Products of one vector with many, and of many among themselves, by WebAssembly SIMD: what learning and choosing for a reader
// spend their time on.
import { createWasmMemory, openWasm, wasmPageBytes } from "../../lib/wasm.ts";

const source = `
;; to[i] = row i · query, for n rows of d floats; d a multiple of 8
(func $multiplyRows (param $rows i32) (param $query i32) (param $to i32) (param $n i32) (param $d i32)
  (local $q i32) (local $k i32) (local $a v128) (local $b v128)
  (loop $next
    (local.set $q (local.get $query)) (local.set $k (local.get $d))
    (local.set $a (f32x4.splat (f32.const 0))) (local.set $b (f32x4.splat (f32.const 0)))
    (loop $deep
      (local.set $a (f32x4.add (local.get $a) (f32x4.mul (v128.load (local.get $rows)) (v128.load (local.get $q)))))
      (local.set $b (f32x4.add (local.get $b) (f32x4.mul (v128.load offset=16 (local.get $rows)) (v128.load offset=16 (local.get $q)))))
      (local.set $rows (i32.add (local.get $rows) (i32.const 32)))
      (local.set $q (i32.add (local.get $q) (i32.const 32)))
      (br_if $deep (local.tee $k (i32.sub (local.get $k) (i32.const 8)))))
    (local.set $a (f32x4.add (local.get $a) (local.get $b)))
    (f32.store (local.get $to) (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
      (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
    (local.set $to (i32.add (local.get $to) (i32.const 4)))
    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))`;

interface Kernels {
  multiplyRows(rows: number, query: number, to: number, n: number, d: number): void;
}

export interface Products {
  /** The product of the vector with each row; a view until the next call. */
  multiply(vector: Float32Array): Float32Array;
  /** Row i, a view. */
  rowAt(i: number): Float32Array;
}

/** What the kernels take: lengths that are multiples of this. */
const lane = 8;

/** Length of a row that holds so many values; those behind them are 0. */
export function paddedLength(length: number): number {
  return Math.ceil(length / lane) * lane;
}

/** Lays out the rows, all of one length (a multiple of 8). */
export function openProducts(rows: readonly Float32Array[], dimension: number): Products {
  const rowBytes = dimension * 4;
  const queryAt = rows.length * rowBytes;
  const toAt = queryAt + rowBytes;
  const pages = Math.ceil((toAt + rows.length * 4) / wasmPageBytes);
  const limits = { minPages: pages, maxPages: pages, shared: false };
  const memory = createWasmMemory(limits);
  const kernels = openWasm<Kernels>(source, memory, limits);
  const floats = new Float32Array(memory.buffer);
  for (const [i, row] of rows.entries()) floats.set(row, i * dimension);
  return {
    multiply(vector) {
      floats.set(vector, queryAt / 4);
      if (rows.length > 0) kernels.multiplyRows(0, queryAt, toAt, rows.length, dimension);
      return floats.subarray(toAt / 4, toAt / 4 + rows.length);
    },
    rowAt: (i) => floats.subarray(i * dimension, (i + 1) * dimension),
  };
}

export interface ChangingProducts {
  /** Takes the place of the rows before; at most as many as were asked for. */
  load(rows: readonly Float32Array[]): void;
  /** The product of the vector with each of the first `count` rows; a view until the next call. */
  multiply(vector: Float32Array, count: number): Float32Array;
}

/** Rows that change from reader to reader, all of one length (a multiple of 8); one memory serves them all. */
export function openChangingProducts(most: number, dimension: number): ChangingProducts {
  const queryAt = most * dimension * 4;
  const toAt = queryAt + dimension * 4;
  const pages = Math.ceil((toAt + most * 4) / wasmPageBytes);
  const limits = { minPages: pages, maxPages: pages, shared: false };
  const memory = createWasmMemory(limits);
  const kernels = openWasm<Kernels>(source, memory, limits);
  const floats = new Float32Array(memory.buffer);
  return {
    load(rows) {
      for (const [i, row] of rows.entries()) floats.set(row, i * dimension);
    },
    multiply(vector, count) {
      floats.set(vector, queryAt / 4);
      if (count > 0) kernels.multiplyRows(0, queryAt, toAt, count, dimension);
      return floats.subarray(toAt / 4, toAt / 4 + count);
    },
  };
}
