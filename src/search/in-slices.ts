// Long work in short steps, with turns for others between them.
import { setImmediate, setTimeout } from "node:timers/promises";

/** Others run after so long. */
const sliceMs = 8;

/** Does the steps until one says that there are no more. */
export async function doInSlices(step: () => boolean): Promise<void> {
  let sliceEndsMs = performance.now() + sliceMs;
  while (step()) {
    if (performance.now() < sliceEndsMs) continue;
    await setImmediate();
    sliceEndsMs = performance.now() + sliceMs;
  }
}

/** Does all steps at once. */
export function runToEnd<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Waits until the work is done or has failed, but no longer than so many milliseconds; the work goes on. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const late = setTimeout(ms, undefined, { signal: done.signal }).catch(() => {});
  await Promise.race([work.catch(() => {}), late]);
  done.abort();
}
