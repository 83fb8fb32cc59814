// Means of measures and how far chance alone would move them: the paired bootstrap. Pure.

/** Mean of the numbers that are not NaN; NaN when there are none. */
export function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
}

export interface Interval {
  mean: number;
  /** The middle 95 % of the means of drawn samples. */
  low: number;
  high: number;
}

/**
 * Paired bootstrap (Efron 1979) of the mean of differences: queries are drawn with replacement `rounds` times.
 * `draw(n)` gives a whole number below n. NaN differences are left out.
 */
export function bootstrapMean(
  differences: readonly number[],
  draw: (bound: number) => number,
  rounds = 2_000,
): Interval {
  const known = differences.filter((value) => !Number.isNaN(value));
  const means = Float64Array.from({ length: rounds }, () => {
    let sum = 0;
    for (let i = 0; i < known.length; i++) sum += known[draw(known.length)]!;
    return sum / known.length;
  }).sort();
  const at = (share: number) => means[Math.min(rounds - 1, Math.floor(share * rounds))]!;
  return { mean: meanOf(known), low: at(0.025), high: at(0.975) };
}

/** b minus a, query by query. */
export function differences(a: readonly number[], b: readonly number[]): number[] {
  return b.map((value, i) => value - a[i]!);
}
