// Random numbers by name: a stream is named by numbers (seed, epoch, item), so that nothing depends on who draws first.

export interface Random {
  /** A whole number from 0 to below `bound` (at most 2^31). */
  below(bound: number): number;
  /** From 0 to below 1, 32 bits. */
  unit(): number;
  /** Standard normal (Box and Muller). */
  normal(): number;
}

/** The stream with this name: always the same numbers, on every machine. */
export function openRandom(...name: number[]): Random {
  let state = 0x9e3779b9;
  for (const part of name) state = mix(state ^ mix(part | 0));
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return mix(state);
  };
  const unit = () => next() / 0x1_0000_0000;
  return {
    below: (bound) => Math.floor(unit() * bound),
    unit,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
  };
}

/** The finaliser "lowbias32" of Chris Wellons' hash prospector: every input bit moves every output bit. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The numbers 0 to n - 1 in the order the stream decides (Fisher and Yates). */
export function shuffledOrder(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order;
}
