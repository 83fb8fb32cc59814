// Long work in short steps, with turns for others between them.
import { setImmediate } from "node:timers/promises";

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
