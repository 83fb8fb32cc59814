// Third part of a training step: from the gradients of unit vectors to the rows of the model.
import { partOf, type StepContext, type StepInput } from "./training-context.ts";
import { viewCapacity } from "./training-memory.ts";

const adam = { beta1: 0.9, beta2: 0.99 };

/** Hands the gradients down to the rows this thread owns and moves them by Adam; rows not touched stay as they are. */
export function openUpdate(context: StepContext): (input: StepInput) => void {
  const { shape, layout, memory, kernels, thread } = context;
  const { batch, dimension, threads, rows } = shape;
  const lengths = new Int32Array(memory.buffer, layout.viewLengths, 2 * batch);
  const viewRows = new Int32Array(memory.buffer, layout.viewRows, 2 * batch * viewCapacity);
  const viewWeights = new Float32Array(memory.buffer, layout.viewWeights, 2 * batch * viewCapacity);
  const touched = new Uint8Array(rows);
  const line = dimension * 4;
  const project = openProjection(context);
  return ({ learningRate, steps }) => {
    project();
    const list: number[] = [];
    for (let view = 0; view < 2 * batch; view++) {
      const start = view * viewCapacity;
      for (let i = start; i < start + lengths[view]!; i++) {
        const row = viewRows[i]!;
        if (row % threads !== thread) continue;
        if (touched[row] === 0) list.push(row);
        touched[row] = 1;
        kernels.addScaled(
          layout.gradient + row * line,
          layout.vectorGradients + view * line,
          viewWeights[i]!,
          dimension,
        );
      }
    }
    const fix1 = 1 / (1 - adam.beta1 ** (steps + 1));
    const fix2 = 1 / (1 - adam.beta2 ** (steps + 1));
    for (const row of list) {
      const at = row * line;
      touched[row] = 0;
      kernels.adamRow(
        layout.table + at,
        layout.firstMoments + at,
        layout.secondMoments + at,
        layout.gradient + at,
        learningRate,
        adam.beta1,
        adam.beta2,
        fix1,
        fix2,
        dimension,
      );
    }
  };
}

/** Gradient through the normalising: dv = (du - (du·u) u) / |v|, scaled as the mean over the batch of a loss at tau. */
function openProjection(context: StepContext): () => void {
  const { shape, layout, memory, kernels, barrier, temperature } = context;
  const { batch, dimension } = shape;
  const norms = new Float32Array(memory.buffer, layout.norms, 2 * batch);
  const floats = new Float32Array(memory.buffer);
  const { from, to } = partOf(context, 2 * batch);
  const scale = 1 / (temperature * batch);
  return () => {
    for (let view = from; view < to; view++) {
      const vector = layout.vectors + view * dimension * 4;
      const gradient = layout.vectorGradients + view * dimension * 4;
      kernels.addScaled(gradient, vector, -kernels.dot(gradient, vector, dimension), dimension);
      const factor = scale / norms[view]!;
      for (let i = gradient / 4; i < gradient / 4 + dimension; i++) floats[i] = floats[i]! * factor;
    }
    barrier.wait();
  };
}
