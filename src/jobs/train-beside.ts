// Trains in a thread of its own, so that pages and queries are answered meanwhile.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { DatabaseOptions } from "../database/database.ts";
import { AppError, type ErrorCode } from "../lib/errors.ts";
import type { OwnTraining, TrainedModel } from "./train-own.ts";

export interface TrainingTask extends Pick<OwnTraining, "file" | "settings" | "threads"> {
  database: DatabaseOptions;
}

export type TrainingMessage =
  | { kind: "done"; trained: TrainedModel }
  | { kind: "refused"; code: ErrorCode; message: string };

/** trainOwnModel in another thread; aborted, it keeps what it has learnt and throws AppError "interrupted". */
export function trainBeside(task: TrainingTask, signal: AbortSignal): Promise<TrainedModel> {
  // In src this file ends in .ts, in dist in .js; so does the thread's.
  const program = new URL(`./train-own-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(program, { workerData: task });
  const stop = () => worker.postMessage("stop");
  signal.addEventListener("abort", stop);
  return new Promise<TrainedModel>((resolve, reject) => {
    worker.on("message", (message: TrainingMessage) => {
      if (message.kind === "done") resolve(message.trained);
      else reject(new AppError(message.code, message.message));
    });
    worker.once("error", reject);
    worker.once("exit", (status) => reject(new Error(`The training thread ended with status ${status}.`)));
  }).finally(() => signal.removeEventListener("abort", stop));
}
