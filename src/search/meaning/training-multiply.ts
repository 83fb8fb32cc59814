// Products of matrices in the shared training memory.
import type { StepContext } from "./training-context.ts";

/** A matrix by its place and strides in bytes. */
interface Strided {
  at: number;
  /** From one row of A (column of B) to the next. */
  across: number;
  /** From one step of the sum to the next. */
  along: number;
}

export interface Product {
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
export function openMultiply({ layout, memory, kernels, thread }: StepContext): (product: Product) => void {
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
