// First part of a training step: from papers to views to unit vectors.
import { openRandom } from "../../lib/random.ts";
import { partOf, type StepContext, type StepInput } from "./training-context.ts";
import { viewCapacity } from "./training-memory.ts";
import { drawViews, type ViewSink } from "./views.ts";

/** Draws this thread's views and pools their rows to unit vectors: v = sum (1 + ln tf) E[row], u = v / |v|. */
export function openPooling(context: StepContext): (input: StepInput) => void {
  const { corpus, shape, layout, memory, kernels, seed, views } = context;
  const { batch, dimension } = shape;
  const norms = new Float32Array(memory.buffer, layout.norms, 2 * batch);
  const floats = new Float32Array(memory.buffer);
  const part = partOf(context, batch);
  const writers = [createViewWriter(context), createViewWriter(context)] as const;
  const poolView = (view: number, { rows, weights, length }: WrittenView): void => {
    const vector = layout.vectors + view * dimension * 4;
    floats.fill(0, vector / 4, vector / 4 + dimension);
    for (let i = 0; i < length; i++) {
      kernels.addScaled(vector, layout.table + rows[i]! * dimension * 4, weights[i]!, dimension);
    }
    const norm = Math.max(1e-9, Math.sqrt(kernels.dot(vector, vector, dimension)));
    norms[view] = norm;
    for (let i = vector / 4; i < vector / 4 + dimension; i++) floats[i] = floats[i]! / norm;
  };
  return ({ epoch, papers }) => {
    for (let item = part.from; item < part.to; item++) {
      const paper = papers[item]!;
      const random = openRandom(seed, epoch, paper);
      drawViews(corpus, paper, { options: views, random, sinks: writers });
      poolView(item, writers[0].write(item));
      poolView(batch + item, writers[1].write(batch + item));
    }
  };
}

interface WrittenView {
  rows: Int32Array;
  weights: Float32Array;
  length: number;
}

/** Counts the rows of a view, then writes them with their weights to the view's place in the shared memory. */
function createViewWriter({
  shape,
  layout,
  memory,
}: StepContext): ViewSink & { write(view: number): WrittenView } {
  const counts = new Uint16Array(shape.rows);
  const seen: number[] = [];
  const lengths = new Int32Array(memory.buffer, layout.viewLengths, 2 * shape.batch);
  const allRows = new Int32Array(memory.buffer, layout.viewRows, 2 * shape.batch * viewCapacity);
  const allWeights = new Float32Array(memory.buffer, layout.viewWeights, 2 * shape.batch * viewCapacity);
  return {
    add(row) {
      if (counts[row] === 0) seen.push(row);
      counts[row]!++;
    },
    write(view) {
      const rows = allRows.subarray(view * viewCapacity, (view + 1) * viewCapacity);
      const weights = allWeights.subarray(view * viewCapacity, (view + 1) * viewCapacity);
      const length = Math.min(seen.length, viewCapacity);
      for (let i = 0; i < length; i++) {
        rows[i] = seen[i]!;
        weights[i] = 1 + Math.log(counts[seen[i]!]!);
      }
      for (const row of seen) counts[row] = 0;
      seen.length = 0;
      lengths[view] = length;
      return { rows, weights, length };
    },
  };
}
