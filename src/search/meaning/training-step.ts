// One step of training as seen by one thread. Symmetric in-batch InfoNCE (van den Oord et al. 2018; Radford et al. 2021):
// each view must find its other half among all of the batch. Every number is computed by exactly one thread and summed in
// a fixed order, so that the result does not depend on how many threads there are.

import type { StepContext, StepInput } from "./training-context.ts";
import { openContrast } from "./training-contrast.ts";
import { openPooling } from "./training-pooling.ts";
import { openUpdate } from "./training-update.ts";

/** Makes the function that runs one step; all threads must call theirs. True when training is to stop. */
export function openStep(context: StepContext): (input: StepInput) => boolean {
  const { barrier } = context;
  const pool = openPooling(context);
  const contrast = openContrast(context);
  const update = openUpdate(context);
  return (input) => {
    pool(input);
    barrier.wait();
    contrast();
    barrier.wait();
    update(input);
    return barrier.waitOrStop();
  };
}
