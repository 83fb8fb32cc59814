// Second part of a training step: every first view against every second one, softmax over rows and over columns, and the
// gradients of the unit vectors.
import { partOf, type StepContext } from "./training-context.ts";
import { openMultiply, type Product } from "./training-multiply.ts";

/** From unit vectors to the gradients of the vectors before normalising. */
export function openContrast(context: StepContext): () => void {
  const { shape, barrier } = context;
  const { from, to } = partOf(context, shape.batch);
  const area = openArea(context);
  const multiply = openMultiply(context);
  return () => {
    if (to > from) multiply(similaritiesOf(context, from, to));
    exponentiate(context, area, { from, to });
    barrier.wait();
    sumColumns(area.similarities, area.columnParts, { batch: shape.batch, from, to });
    barrier.wait();
    weighRows(context, area, { from, to });
    barrier.wait();
    if (to > from) for (const product of gradientsOf(context, from, to)) multiply(product);
  };
}

/** Views of the shared memory. */
interface Area {
  similarities: Float32Array;
  rowParts: Float32Array;
  columnParts: Float32Array;
  losses: Float32Array;
  /** Exponentials of the right answers, this thread's own. */
  right: Float32Array;
}

function openArea({ shape: { batch }, layout, memory }: StepContext): Area {
  const floatsAt = (offset: number, length: number) => new Float32Array(memory.buffer, offset, length);
  return {
    similarities: floatsAt(layout.similarities, batch * batch),
    rowParts: floatsAt(layout.rowParts, batch),
    columnParts: floatsAt(layout.columnParts, batch),
    losses: floatsAt(layout.losses, batch),
    right: new Float32Array(batch),
  };
}

/** Rows from..to of U V^T. */
function similaritiesOf({ shape, layout }: StepContext, from: number, to: number): Product {
  const line = shape.dimension * 4;
  return {
    a: { at: layout.vectors + from * line, across: line, along: 4 },
    b: { at: layout.vectors + shape.batch * line, across: line, along: 4 },
    c: layout.similarities + from * shape.batch * 4,
    rows: to - from,
    columns: shape.batch,
    depth: shape.dimension,
  };
}

interface RowRange {
  from: number;
  to: number;
}

function exponentiate(
  { shape, layout, kernels, temperature }: StepContext,
  area: Area,
  { from, to }: RowRange,
): void {
  const { batch } = shape;
  for (let i = from; i < to; i++) {
    area.rowParts[i] =
      0.5 / kernels.exponentials(layout.similarities + i * batch * 4, 1 / temperature, batch);
    area.right[i] = area.similarities[i * batch + i]!;
  }
}

/** From exponentials to the gradient of the loss by the similarities; and the losses. */
function weighRows({ shape, layout, kernels }: StepContext, area: Area, { from, to }: RowRange): void {
  const { batch } = shape;
  const { similarities, rowParts, columnParts, losses, right } = area;
  for (let i = from; i < to; i++) {
    // Of both softmax probabilities of the right answer.
    losses[i] = -0.5 * Math.log(4 * right[i]! * right[i]! * rowParts[i]! * columnParts[i]!);
    kernels.weightRow(layout.similarities + i * batch * 4, rowParts[i]!, layout.columnParts, batch);
    similarities[i * batch + i] = similarities[i * batch + i]! - 1;
  }
}

/** Rows from..to of G V and of G^T U. */
function gradientsOf({ shape, layout }: StepContext, from: number, to: number): Product[] {
  const { batch, dimension } = shape;
  const line = dimension * 4;
  const square = batch * 4;
  const shared = { rows: to - from, columns: dimension, depth: batch };
  return [
    {
      ...shared,
      a: { at: layout.similarities + from * square, across: square, along: 4 },
      b: { at: layout.vectors + batch * line, across: 4, along: line },
      c: layout.vectorGradients + from * line,
    },
    {
      ...shared,
      a: { at: layout.similarities + from * 4, across: 4, along: square },
      b: { at: layout.vectors, across: 4, along: line },
      c: layout.vectorGradients + (batch + from) * line,
    },
  ];
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
