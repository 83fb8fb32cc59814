// One step of training as seen by one thread. Symmetric in-batch InfoNCE (van den Oord et al. 2018; Radford et al. 2021):
// each view must find its other half among all of the batch. Every number is computed by exactly one thread and summed in
// a fixed order, so that the result does not depend on how many threads there are.
import type { WasmMemoryObject } from "../../lib/wasm.ts";
import { openRandom } from "./random.ts";
import type { Barrier } from "./training-barrier.ts";
import type { TrainingCorpus } from "./training-corpus.ts";
import type { TrainingKernels } from "./training-kernels.ts";
import { type TrainingLayout, type TrainingShape, viewCapacity } from "./training-memory.ts";
import { drawViews, type ViewOptions, type ViewSink } from "./views.ts";

export interface StepContext {
  corpus: TrainingCorpus;
  shape: TrainingShape;
  layout: TrainingLayout;
  memory: WasmMemoryObject;
  kernels: TrainingKernels;
  barrier: Barrier;
  /** This thread, 0 to threads - 1. */
  thread: number;
  temperature: number;
  views: ViewOptions;
  seed: number;
}

export interface StepInput {
  epoch: number;
  /** The papers of the batch. */
  papers: Int32Array;
  learningRate: number;
  /** Steps done before this one. */
  steps: number;
}

const adam = { beta1: 0.9, beta2: 0.99 };

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

/** This thread's part of `count` things, in units of 8. */
function partOf({ thread, shape }: StepContext, count: number): { from: number; to: number } {
  const units = Math.ceil(count / 8);
  const each = Math.ceil(units / shape.threads);
  return { from: Math.min(count, thread * each * 8), to: Math.min(count, (thread + 1) * each * 8) };
}

/** Draws this thread's views and pools their rows to unit vectors: v = sum (1 + ln tf) E[row], u = v / |v|. */
function openPooling(context: StepContext): (input: StepInput) => void {
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

/** From unit vectors to the gradients of the vectors before normalising. */
function openContrast(context: StepContext): () => void {
  const { shape, layout, memory, kernels, barrier, thread, temperature } = context;
  const { batch, dimension } = shape;
  const { from, to } = partOf(context, batch);
  const first = layout.vectors;
  const second = layout.vectors + batch * dimension * 4;
  const firstGradient = layout.vectorGradients;
  const secondGradient = layout.vectorGradients + batch * dimension * 4;
  const floatsAt = (offset: number, length: number) => new Float32Array(memory.buffer, offset, length);
  const similarities = floatsAt(layout.similarities, batch * batch);
  const rowParts = floatsAt(layout.rowParts, batch);
  const columnParts = floatsAt(layout.columnParts, batch);
  const losses = floatsAt(layout.losses, batch);
  const line = dimension * 4;
  const square = batch * 4;
  const multiply = openMultiply(context);
  const diagonal = new Float32Array(batch);
  return () => {
    if (to > from) {
      multiply({
        a: { at: first + from * line, across: line, along: 4 },
        b: { at: second, across: line, along: 4 },
        c: layout.similarities + from * square,
        rows: to - from,
        columns: batch,
        depth: dimension,
      });
    }
    for (let i = from; i < to; i++) {
      const at = layout.similarities + i * square;
      rowParts[i] = 0.5 / kernels.exponentials(at, 1 / temperature, batch);
      diagonal[i] = similarities[i * batch + i]!;
    }
    barrier.wait();
    sumColumns(similarities, columnParts, { batch, from, to });
    barrier.wait();
    for (let i = from; i < to; i++) {
      // Both softmax probabilities of the right answer.
      losses[i] = -0.5 * Math.log(4 * diagonal[i]! * diagonal[i]! * rowParts[i]! * columnParts[i]!);
      kernels.weightRow(layout.similarities + i * square, rowParts[i]!, layout.columnParts, batch);
      similarities[i * batch + i] = similarities[i * batch + i]! - 1;
    }
    barrier.wait();
    if (to > from) {
      const shared = { rows: to - from, columns: dimension, depth: batch };
      multiply({
        ...shared,
        a: { at: layout.similarities + from * square, across: square, along: 4 },
        b: { at: second, across: 4, along: line },
        c: firstGradient + from * line,
      });
      multiply({
        ...shared,
        a: { at: layout.similarities + from * 4, across: 4, along: square },
        b: { at: first, across: 4, along: line },
        c: secondGradient + from * line,
      });
    }
    void thread;
  };
}

interface ColumnRange {
  batch: number;
  from: number;
  to: number;
}

/** columnParts[j] = 1 / (2 sum of column j) for the columns of the range, rows in order. */
function sumColumns(matrix: Float32Array, columnParts: Float32Array, { batch, from, to }: ColumnRange): void {
  const sums = new Float64Array(to - from);
  for (let i = 0; i < batch; i++) {
    const row = i * batch + from;
    for (let j = 0; j < sums.length; j++) sums[j] = sums[j]! + matrix[row + j]!;
  }
  for (let j = 0; j < sums.length; j++) columnParts[from + j] = 0.5 / sums[j]!;
}

/** A matrix by its place and strides in bytes. */
interface Strided {
  at: number;
  /** From one row of A (column of B) to the next. */
  across: number;
  /** From one step of the sum to the next. */
  along: number;
}

interface Product {
  a: Strided;
  b: Strided;
  /** Row-major, `columns` wide. */
  c: number;
  /** A multiple of 4. */
  rows: number;
  /** A multiple of 8. */
  columns: number;
  depth: number;
}

/** C = A·B by packed panels (Goto and van de Geijn 2008), using this thread's packing space. */
function openMultiply({ layout, memory, kernels, thread }: StepContext): (product: Product) => void {
  const floats = new Float32Array(memory.buffer);
  const packA = layout.packsA + thread * layout.packABytes;
  const packB = layout.packsB + thread * layout.packBBytes;
  return ({ a, b, c, rows, columns, depth }) => {
    kernels.packPanels(packA, a.at, a.across, a.along, 4, depth, rows / 4);
    kernels.packPanels(packB, b.at, b.across, b.along, 8, depth, columns / 8);
    floats.fill(0, c / 4, c / 4 + rows * columns);
    for (let panel = 0; panel < columns / 8; panel++) {
      kernels.multiplyPanels(packA, packB + panel * depth * 32, c + panel * 32, columns * 4, depth, rows / 4);
    }
  };
}

/** Hands the gradients down to the rows this thread owns and moves them by Adam; rows not touched stay as they are. */
function openUpdate(context: StepContext): (input: StepInput) => void {
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
