// What one training thread works with, and which part of the work is its own.
import type { WasmMemoryObject } from "../../lib/wasm.ts";
import type { Barrier } from "./training-barrier.ts";
import type { TrainingCorpus } from "./training-corpus.ts";
import type { TrainingKernels } from "./training-kernels.ts";
import type { TrainingLayout, TrainingShape } from "./training-memory.ts";
import type { ViewOptions } from "./views.ts";

export interface StepContext {
  corpus: TrainingCorpus;
  shape: TrainingShape;
  layout: TrainingLayout;
  memory: WasmMemoryObject;
  kernels: TrainingKernels;
  barrier: Barrier;
  /** This thread, 0 to threads - 1. */
  thread: number;
  temperature: number;
  views: ViewOptions;
  seed: number;
}

export interface StepInput {
  epoch: number;
  /** The papers of the batch. */
  papers: Int32Array;
  learningRate: number;
  /** Steps done before this one. */
  steps: number;
}

/** This thread's part of `count` things, in units of 8. */
export function partOf({ thread, shape }: StepContext, count: number): { from: number; to: number } {
  const units = Math.ceil(count / 8);
  const each = Math.ceil(units / shape.threads);
  return { from: Math.min(count, thread * each * 8), to: Math.min(count, (thread + 1) * each * 8) };
}
