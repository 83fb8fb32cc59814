// The thread of import-beside.ts: opens the database for itself, imports, and tells the other side how far it is.
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "../database/database.ts";
import { AppError } from "../lib/errors.ts";
import { importFiles } from "./import.ts";
import type { ImportMessage, ImportTask } from "./import-beside.ts";

if (!isMainThread && parentPort) {
  const port = parentPort;
  const tell = (message: ImportMessage) => port.postMessage(message);
  const abort = new AbortController();
  port.on("message", () => abort.abort());
  try {
    tell({ kind: "done", report: await runTask(workerData as ImportTask, tell, abort.signal) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, remedy } = error;
    tell({ kind: "refused", code, message, remedy });
  } finally {
    port.close();
  }
}

async function runTask(
  { database, options }: ImportTask,
  tell: (message: ImportMessage) => void,
  signal: AbortSignal,
) {
  const db = await openDatabase(database);
  try {
    return await importFiles(db, {
      ...options,
      clock: () => new Date(),
      signal,
      onBatch: async () => tell({ kind: "batch" }),
      progress: {
        update: (label, done, total) => tell({ kind: "progress", label, done, total }),
        end() {},
      },
    });
  } finally {
    await db.destroy();
  }
}
