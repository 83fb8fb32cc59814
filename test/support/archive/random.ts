// Chance that repeats: the same keys give the same numbers on every machine.

export interface Random {
  /** [0, 1) */
  next(): number;
  /** Whole number in [0, n). */
  below(n: number): number;
  /** Whole number in [low, high]. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Different members, in random order; all of them when there are fewer. */
  pickSome<T>(list: readonly T[], count: number): T[];
  /** How many of something whose mean is known happen (Knuth's method; means up to a few hundred). */
  poisson(mean: number): number;
}

/** A generator of its own for each purpose, so that more of one thing changes nothing else. */
export function createRandom(...keys: (string | number)[]): Random {
  const next = createMulberry(hash(keys.join("/")));
  const below = (n: number) => Math.floor(next() * n);
  const random: Random = {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)]!,
    pickSome: (list, count) => pickSome(list, count, below),
    poisson: (mean) => poisson(mean, next),
  };
  return random;
}

/** FNV-1a, 32 bits, with a final mix. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** Mulberry32 (Tommy Ettinger, public domain). */
function createMulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pickSome<T>(list: readonly T[], count: number, below: (n: number) => number): T[] {
  const rest = [...list];
  const picked: T[] = [];
  while (picked.length < count && rest.length > 0) picked.push(...rest.splice(below(rest.length), 1));
  return picked;
}

function poisson(mean: number, next: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}
