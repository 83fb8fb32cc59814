// The thread of parse-beside.ts: one body in, its reading out.
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { type ParseTask, readers } from "./parse-beside.ts";

if (!isMainThread && parentPort) {
  const { reader, body } = workerData as ParseTask;
  parentPort.postMessage(readers[reader](body));
}
