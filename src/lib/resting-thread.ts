// A worker thread that answers numbered requests: it is there while something is asked, and some time after.
import type { Worker } from "node:worker_threads";

export interface RestingThread<Request, Answer> {
  /** Requests without an answer yet. */
  readonly waiting: number;
  /** False: the next request begins a new one, which was told nothing. */
  readonly isThere: boolean;
  /** Rejects when the thread fails or ends before it has answered. */
  ask(request: Request): Promise<Answer>;
}

/** `start` makes the thread, which answers `{number, …}` by a message with the same number; after `idleMs` without any it ends. */
export function openRestingThread<Request extends object, Answer extends { number: number }>(
  start: () => Worker,
  idleMs: number,
): RestingThread<Request, Answer> {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let number = 0;
  const end = (error: Error) => {
    thread = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const rest = () => {
    const resting = thread;
    thread = null;
    void resting?.terminate();
  };
  const begin = (): Worker => {
    const started = start();
    started.on("message", (answer: Answer) => {
      waiting.get(answer.number)?.resolve(answer);
      waiting.delete(answer.number);
      if (waiting.size === 0) idle = setTimeout(rest, idleMs).unref();
    });
    started.on("error", (error) => thread === started && end(error as Error));
    started.on("exit", () => thread === started && end(new Error("The thread ended.")));
    return started;
  };
  return {
    get waiting() {
      return waiting.size;
    },
    get isThere() {
      return thread !== null;
    },
    ask(request) {
      clearTimeout(idle);
      thread ??= begin();
      number += 1;
      const answered = Promise.withResolvers<Answer>();
      waiting.set(number, answered);
      thread.postMessage({ ...request, number });
      return answered.promise;
    },
  };
}
