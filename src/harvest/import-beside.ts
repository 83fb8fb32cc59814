// Imports in a thread of its own, so that whoever started it can follow what comes in (the search index) at the same time.
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { DatabaseOptions } from "../database/database.ts";
import { AppError, type ErrorCode } from "../lib/errors.ts";
import type { ImportOptions } from "./import.ts";
import type { ImportReport } from "./import-report.ts";

/** What the thread is given: what can be copied between threads. */
export interface ImportTask {
  database: DatabaseOptions;
  options: Pick<ImportOptions, "paths" | "format" | "observedAt" | "origin" | "batchSize" | "isAlone">;
}

export type ImportMessage =
  | { kind: "progress"; label: string; done: number; total: number }
  | { kind: "batch" }
  | { kind: "done"; report: ImportReport }
  | { kind: "refused"; code: ErrorCode; message: string; remedy: string | undefined };

export interface BesideOptions extends Pick<ImportOptions, "progress" | "signal"> {
  /** Told after each batch; the import does not wait for it. */
  onBatch?: () => void;
}

/** Room for the largest lines. Under 2 GiB a heap takes half as much, too, before it is rid of its garbage. */
const resourceLimits = { maxOldGenerationSizeMb: 1536 };

/** importFiles in another thread, with the system's clock. Standard input ("-") is passed on to it. */
export function importBeside(task: ImportTask, options: BesideOptions = {}): Promise<ImportReport> {
  // In src this file ends in .ts, in dist in .js; so does the thread's.
  const program = new URL(`./import-worker${extname(import.meta.url)}`, import.meta.url);
  const readsInput = task.options.paths.includes("-");
  const worker = new Worker(program, { workerData: task, stdin: readsInput, resourceLimits });
  if (readsInput) process.stdin.pipe(worker.stdin!);
  const stop = () => worker.postMessage("stop");
  options.signal?.addEventListener("abort", stop);
  return listen(worker, options).finally(() => options.signal?.removeEventListener("abort", stop));
}

function listen(worker: Worker, { progress, onBatch }: BesideOptions): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    worker.on("message", (message: ImportMessage) => {
      if (message.kind === "progress") progress?.update(message.label, message.done, message.total);
      else if (message.kind === "batch") onBatch?.();
      else if (message.kind === "done") resolve(message.report);
      else
        reject(
          new AppError(message.code, message.message, {
            ...(message.remedy ? { remedy: message.remedy } : {}),
          }),
        );
    });
    worker.once("error", reject);
    worker.once("exit", (status) => reject(new Error(`The importing thread ended with status ${status}.`)));
  });
}
