// Ridge regression over sparse rows (Hoerl and Kennard 1970), solved by conjugate gradients on the normal equations
// (Hestenes and Stiefel 1952; CGLS in Björck 1996, section 7.4). Pure; the same rows give the same weights.

/** A row of the design matrix: columns and their values, its target, and how much it counts. */
export interface RidgeRow {
  columns: Int32Array;
  values: Float64Array;
  target: number;
  weight: number;
}

export interface RidgeOptions {
  columns: number;
  /** Penalty on the sum of squared weights. */
  penalty: number;
  /** Steps at most; stops earlier when the gradient is a millionth of the first. */
  steps?: number;
}

/** Weights w that make sum of weight x (target - row . w)^2 + penalty x |w|^2 least. */
export function solveRidge(
  rows: readonly RidgeRow[],
  { columns, penalty, steps = 300 }: RidgeOptions,
): Float64Array {
  const solution = new Float64Array(columns);
  const residual = Float64Array.from(rows, ({ target }) => target);
  let gradient = gradientOf(rows, residual, { solution, penalty });
  const direction = gradient.slice();
  let size = squareOf(gradient);
  const enough = size * 1e-12;
  for (let step = 0; step < steps && size > enough; step++) {
    const images = Float64Array.from(rows, (row) => dot(row, direction));
    const curvature =
      rows.reduce((sum, { weight }, i) => sum + weight * images[i]! ** 2, 0) + penalty * squareOf(direction);
    const length = size / curvature;
    for (let j = 0; j < columns; j++) solution[j]! += length * direction[j]!;
    for (let i = 0; i < rows.length; i++) residual[i]! -= length * images[i]!;
    gradient = gradientOf(rows, residual, { solution, penalty });
    const next = squareOf(gradient);
    for (let j = 0; j < columns; j++) direction[j] = gradient[j]! + (next / size) * direction[j]!;
    size = next;
  }
  return solution;
}

function gradientOf(
  rows: readonly RidgeRow[],
  residual: Float64Array,
  { solution, penalty }: { solution: Float64Array; penalty: number },
): Float64Array {
  const gradient = solution.map((value) => -penalty * value);
  rows.forEach(({ columns, values, weight }, i) => {
    const pull = weight * residual[i]!;
    for (let k = 0; k < columns.length; k++) gradient[columns[k]!]! += pull * values[k]!;
  });
  return gradient;
}

function dot({ columns, values }: RidgeRow, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < columns.length; k++) sum += values[k]! * vector[columns[k]!]!;
  return sum;
}

function squareOf(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return sum;
}
