import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { openRestingThread } from "./resting-thread.ts";

/** Answers twice the number it is given, the later ones first; fails at 0. */
const program = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ number, value }) => {
    if (value === 0) throw new Error("nothing to double");
    setTimeout(() => parentPort.postMessage({ number, twice: 2 * value }), 40 / value);
  });`;

function openDoubling(idleMs = 60_000) {
  const started: Worker[] = [];
  const start = () => {
    const thread = new Worker(program, { eval: true });
    thread.unref();
    started.push(thread);
    return thread;
  };
  return {
    started,
    thread: openRestingThread<{ value: number }, { number: number; twice: number }>(start, idleMs),
  };
}

test("each request gets its own answer, whichever comes first", async () => {
  const { thread, started } = openDoubling();
  expect(thread.isThere).toBe(false);
  const asked = [1, 2, 3].map((value) => thread.ask({ value }));
  expect(thread.waiting).toBe(3);
  expect((await Promise.all(asked)).map(({ twice }) => twice)).toEqual([2, 4, 6]);
  expect([thread.waiting, started.length]).toEqual([0, 1]);
  await started[0]!.terminate();
});

test("a thread that fails leaves nobody waiting, and the next request begins another", async () => {
  const { thread, started } = openDoubling();
  const asked = [thread.ask({ value: 0 }), thread.ask({ value: 5 })];
  for (const request of asked) await expect(request).rejects.toThrow("nothing to double");
  expect([thread.isThere, thread.waiting]).toEqual([false, 0]);
  expect((await thread.ask({ value: 4 })).twice).toBe(8);
  expect(started).toHaveLength(2);
  await started[1]!.terminate();
});

test("it ends when nothing was asked for a while", async () => {
  const { thread, started } = openDoubling(1);
  await thread.ask({ value: 4 });
  await new Promise((resolve) => started[0]!.once("exit", resolve));
  expect(thread.isThere).toBe(false);
});
