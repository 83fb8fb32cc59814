// A training thread: waits for epochs, runs its part of each step, tells how far it is.

import { parentPort, workerData } from "node:worker_threads";
import { openRandom, shuffledOrder } from "../../lib/random.ts";
import type { WasmMemoryObject } from "../../lib/wasm.ts";
import { openBarrier } from "./training-barrier.ts";
import type { TrainingCorpus } from "./training-corpus.ts";
import { openTrainingKernels, type TrainingLayout, type TrainingShape } from "./training-memory.ts";
import { openStep } from "./training-step.ts";
import type { ViewOptions } from "./views.ts";

export interface WorkerInput {
  corpus: TrainingCorpus;
  shape: TrainingShape;
  layout: TrainingLayout;
  memory: WasmMemoryObject;
  control: SharedArrayBuffer;
  thread: number;
  temperature: number;
  views: ViewOptions;
  seed: number;
  /** Learning rate by step, of the whole training. */
  rates: Float64Array;
}

/** Asks for an epoch, counted from 0. */
export interface EpochRequest {
  epoch: number;
}

export type WorkerReport =
  | { kind: "step"; steps: number; loss: number }
  | { kind: "epoch"; stopped: boolean };

/** Steps between two reports. */
const reportEvery = 8;

function startThread(input: WorkerInput): void {
  const { corpus, shape, layout, memory, thread, seed, rates } = input;
  const kernels = openTrainingKernels(layout, memory);
  const barrier = openBarrier(input.control, shape.threads);
  const step = openStep({ ...input, kernels, barrier });
  const losses = new Float32Array(memory.buffer, layout.losses, shape.batch);
  const report = (message: WorkerReport) => parentPort!.postMessage(message);
  parentPort!.on("message", ({ epoch }: EpochRequest) => {
    const order = shuffledOrder(corpus.papers, openRandom(seed, epoch, -1));
    const stepsOfEpoch = Math.floor(corpus.papers / shape.batch);
    let stopped = false;
    for (let i = 0; i < stepsOfEpoch && !stopped; i++) {
      const steps = epoch * stepsOfEpoch + i;
      const papers = order.subarray(i * shape.batch, (i + 1) * shape.batch);
      stopped = step({ epoch, papers, steps, learningRate: rates[steps]! });
      if (thread === 0 && (stopped || (i + 1) % reportEvery === 0 || i + 1 === stepsOfEpoch)) {
        report({
          kind: "step",
          steps: steps + 1,
          loss: losses.reduce((sum, loss) => sum + loss, 0) / shape.batch,
        });
      }
    }
    report({ kind: "epoch", stopped });
  });
}

startThread(workerData as WorkerInput);
