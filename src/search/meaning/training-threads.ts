// Starts the training threads, sends them through the epochs, and ends them.

import { Worker } from "node:worker_threads";
import type { WasmMemoryObject } from "../../lib/wasm.ts";
import type { TrainingSettings } from "./train.ts";
import type { EpochRequest, WorkerInput, WorkerReport } from "./train-worker.ts";
import { createControl, wishStop } from "./training-barrier.ts";
import type { TrainingCorpus } from "./training-corpus.ts";
import type { TrainingLayout, TrainingShape } from "./training-memory.ts";

export interface ThreadsInput {
  corpus: TrainingCorpus;
  shape: TrainingShape;
  layout: TrainingLayout;
  memory: WasmMemoryObject;
  settings: TrainingSettings;
  /** Learning rate by step. */
  rates: Float64Array;
  onStep(stepsDone: number, loss: number): void;
}

export interface Threads {
  /** True when stopped on the way. Rejects when a thread failed. */
  runEpoch(epoch: number): Promise<boolean>;
  /** Asks the threads to stop after the step in hand. */
  stop(): void;
  close(): Promise<void>;
}

/** The worker is a file of its own: .ts when run from source, .js when built. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "./train-worker.ts" : "./train-worker.js",
  import.meta.url,
);

export function startThreads({ settings, onStep, ...input }: ThreadsInput): Threads {
  const control = createControl();
  const { temperature, seed, views } = settings;
  const workers = Array.from({ length: input.shape.threads }, (_, thread) => {
    const { corpus, shape, layout, memory, rates } = input;
    const data: WorkerInput = {
      corpus,
      shape,
      layout,
      memory,
      rates,
      control,
      thread,
      temperature,
      seed,
      views,
    };
    return new Worker(workerFile, { workerData: data });
  });
  for (const worker of workers) {
    worker.on(
      "message",
      (report: WorkerReport) => report.kind === "step" && onStep(report.steps, report.loss),
    );
  }
  return {
    async runEpoch(epoch) {
      const ends = workers.map(endOfEpoch);
      for (const worker of workers) worker.postMessage({ epoch } satisfies EpochRequest);
      return (await Promise.all(ends)).some(Boolean);
    },
    stop: () => wishStop(control),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Settles when this worker has ended its epoch, or has failed. */
function endOfEpoch(worker: Worker): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      action();
    };
    const onMessage = (report: WorkerReport) => {
      if (report.kind === "epoch") settle(() => resolve(report.stopped));
    };
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error("A training thread ended before its epoch did.")));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}
