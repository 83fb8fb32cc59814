// The thread of train-beside.ts: opens the database for itself and trains.
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { openDatabase } from "../database/database.ts";
import { AppError } from "../lib/errors.ts";
import type { TrainingMessage, TrainingTask } from "./train-beside.ts";
import { trainOwnModel } from "./train-own.ts";

if (!isMainThread && parentPort) {
  const port = parentPort;
  const tell = (message: TrainingMessage) => port.postMessage(message);
  const abort = new AbortController();
  port.on("message", () => abort.abort());
  const { database, ...training } = workerData as TrainingTask;
  const db = await openDatabase(database);
  try {
    tell({ kind: "done", trained: await trainOwnModel(db, { ...training, signal: abort.signal }) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    tell({ kind: "refused", code: error.code, message: error.message });
  } finally {
    await db.destroy();
    port.close();
  }
}
