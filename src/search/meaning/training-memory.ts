// Where everything lies in the one WebAssembly memory that all training threads share: byte offsets, aligned to 64.
import { createWasmMemory, openWasm, type WasmMemoryObject, wasmPageBytes } from "../../lib/wasm.ts";
import type { WasmMemory } from "../../lib/wasm-assembler.ts";
import { type TrainingKernels, trainingSource } from "./training-kernels.ts";

export interface TrainingShape {
  rows: number;
  /** A multiple of 8. */
  dimension: number;
  /** Items a step; a multiple of 8. */
  batch: number;
  threads: number;
}

/** Different rows that a view may hold; further ones are left out. */
export const viewCapacity = 320;
const alignment = 64;

/** Byte offsets. Matrices are row-major float32. */
export interface TrainingLayout {
  /** rows x dimension each: the model, Adam's two moments, the gradient (zero between steps). */
  table: number;
  firstMoments: number;
  secondMoments: number;
  gradient: number;
  /** 2 x batch x dimension: unit vectors of the first views, then of the second; and their gradients. */
  vectors: number;
  vectorGradients: number;
  /** 2 x batch: lengths before normalising. */
  norms: number;
  /** batch x batch: similarities, then their exponentials, then the gradient. */
  similarities: number;
  /** batch each: 1/(2 sum) of the rows and of the columns of the exponentials; losses. */
  rowParts: number;
  columnParts: number;
  losses: number;
  /** 2 x batch: how many rows each view holds; 2 x batch x viewCapacity: which (int32), and their weights (float32). */
  viewLengths: number;
  viewRows: number;
  viewWeights: number;
  /** threads x packA bytes and threads x packB bytes. */
  packsA: number;
  packsB: number;
  packABytes: number;
  packBBytes: number;
  bytes: number;
}

export function layOutTraining({ rows, dimension, batch, threads }: TrainingShape): TrainingLayout {
  let bytes = 0;
  const take = (floats: number): number => {
    const offset = bytes;
    bytes += Math.ceil((floats * 4) / alignment) * alignment;
    return offset;
  };
  const rowsOfThread = Math.ceil(batch / 8 / threads) * 8;
  const packABytes = rowsOfThread * Math.max(batch, dimension) * 4;
  const packBBytes = batch * dimension * 4;
  return {
    table: take(rows * dimension),
    firstMoments: take(rows * dimension),
    secondMoments: take(rows * dimension),
    gradient: take(rows * dimension),
    vectors: take(2 * batch * dimension),
    vectorGradients: take(2 * batch * dimension),
    norms: take(2 * batch),
    similarities: take(batch * batch),
    rowParts: take(batch),
    columnParts: take(batch),
    losses: take(batch),
    viewLengths: take(2 * batch),
    viewRows: take(2 * batch * viewCapacity),
    viewWeights: take(2 * batch * viewCapacity),
    packsA: take((threads * packABytes) / 4),
    packsB: take((threads * packBBytes) / 4),
    packABytes,
    packBBytes,
    bytes,
  };
}

function limitsOf(layout: TrainingLayout): WasmMemory {
  const pages = Math.ceil(layout.bytes / wasmPageBytes);
  return { minPages: pages, maxPages: pages, shared: true };
}

/** Zeroed memory for one training, to be handed to every thread. */
export function createTrainingMemory(layout: TrainingLayout): WasmMemoryObject {
  return createWasmMemory(limitsOf(layout));
}

/** The kernels over that memory, for one thread. */
export function openTrainingKernels(layout: TrainingLayout, memory: WasmMemoryObject): TrainingKernels {
  return openWasm<TrainingKernels>(trainingSource, memory, limitsOf(layout));
}
