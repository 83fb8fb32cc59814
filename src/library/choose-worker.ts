// The thread that chooses (choose-beside.ts): lays the papers out once, then answers batches of readers.
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { ChoosingAnswer, ChoosingRequest, ChoosingSubject } from "./choose-beside.ts";
import { type FoundBySearch, pickOne } from "./pick-one.ts";
import { layOutCandidates } from "./taste/candidates.ts";
import { openCopiedWords } from "./taste/copied-words.ts";

function startThread({ papers, features, words, now }: ChoosingSubject): void {
  const candidates = layOutCandidates(openCopiedWords(words), papers, features);
  let found: FoundBySearch = new Map();
  parentPort!.on("message", ({ number, tasks, found: told }: ChoosingRequest) => {
    found = told ?? found;
    const picked = tasks.map((task) => pickOne(task, { candidates, found, now }));
    parentPort!.postMessage({ number, picked } satisfies ChoosingAnswer);
  });
}

if (!isMainThread) startThread(workerData as ChoosingSubject);
