// Solving A·x = b for a symmetric positive definite A by Cholesky's factor, in steps that can be shared between readers.

/** The lower half of A becomes its factor L, in place. */
export function factorise(rows: Float64Array[]): Float64Array[] {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    for (let j = 0; j <= i; j++) {
      const other = rows[j]!;
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * other[k]!;
      row[j] = i === j ? Math.sqrt(sum) : sum / other[j]!;
    }
  }
  return rows;
}

/** y of L·y = b. */
export function solveLower(factor: readonly Float64Array[], b: ArrayLike<number>): Float64Array {
  const y = Float64Array.from(b);
  for (let i = 0; i < y.length; i++) {
    const row = factor[i]!;
    let sum = y[i]!;
    for (let k = 0; k < i; k++) sum -= row[k]! * y[k]!;
    y[i] = sum / row[i]!;
  }
  return y;
}

/** x of Lᵀ·x = y. */
export function solveUpper(factor: readonly Float64Array[], y: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(y);
  for (let i = x.length - 1; i >= 0; i--) {
    const row = factor[i]!;
    const value = x[i]! / row[i]!;
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] = x[k]! - row[k]! * value;
  }
  return x;
}

/** x of A·x = b, A given by its lower half, which is overwritten. */
export function solve(rows: Float64Array[], b: ArrayLike<number>): Float64Array {
  const factor = factorise(rows);
  return solveUpper(factor, solveLower(factor, b));
}
