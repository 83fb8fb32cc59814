// Papers of all segments with what each can score at most, kept side by side in typed arrays; the best of them in order.

const smallest = 256;
/** Up to so many, inserting one by one is the quickest way to sort. */
const fewToSort = 128;
const steps = new Int32Array(1024);

export class PromisingPapers {
  count = 0;
  /** After `sort`: so many stand first, best first; no other promises more than the last by a thousandth of their span. */
  sorted = 0;
  /** Of each; others take their place when there is too little room. */
  docs = new Int32Array(smallest);
  segments = new Int32Array(smallest);
  bounds = new Float64Array(smallest);
  /** The part of each bound that words which stand together can give. */
  pairs = new Float64Array(smallest);
  /** Where each stands, in the order they are given. */
  order = new Int32Array(smallest);

  /** Forgets all, and keeps its room. */
  clear(): void {
    this.count = 0;
    this.sorted = 0;
  }

  add(segment: number, doc: number, bound: number, pairs: number): void {
    if (this.count === this.docs.length) this.grow();
    this.docs[this.count] = doc;
    this.segments[this.count] = segment;
    this.pairs[this.count] = pairs;
    this.bounds[this.count++] = bound;
  }

  private grow(): void {
    const { docs, segments, bounds, pairs, count } = this;
    this.docs = new Int32Array(2 * count);
    this.docs.set(docs);
    this.segments = new Int32Array(2 * count);
    this.segments.set(segments);
    this.bounds = new Float64Array(2 * count);
    this.bounds.set(bounds);
    this.pairs = new Float64Array(2 * count);
    this.pairs.set(pairs);
    this.order = new Int32Array(2 * count);
  }

  /** Drops those below `least`, and those at minus infinity, which are done with. The order is lost. */
  keep(least: number): void {
    const { docs, segments, bounds, pairs } = this;
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      if (bounds[i]! < least || bounds[i] === Number.NEGATIVE_INFINITY) continue;
      docs[kept] = docs[i]!;
      segments[kept] = segments[i]!;
      pairs[kept] = pairs[i]!;
      bounds[kept++] = bounds[i]!;
    }
    this.count = kept;
    this.sorted = 0;
  }

  /** Words that stand together give nothing any more. */
  dropPairs(): void {
    const { bounds, pairs } = this;
    for (let i = 0; i < this.count; i++) {
      bounds[i]! -= pairs[i]!;
      pairs[i] = 0;
    }
  }

  /** Drops those below `least`, and puts `wanted` of the best, or some more, in order before the others. */
  sort(wanted: number, least: number): void {
    this.keep(least);
    const { order, bounds, count } = this;
    for (let i = 0; i < count; i++) order[i] = i;
    this.sorted = count > 2 * wanted ? this.bringForward(wanted) : count;
    const best = order.subarray(0, this.sorted);
    if (this.sorted > fewToSort) best.sort((a, b) => bounds[b]! - bounds[a]!);
    else insertInOrder(best, bounds);
  }

  /**
   * Puts at least `wanted` of the best before the others; returns their number. Of many that promise nearly the same the
   * first will do: all of them in order would cost more than it saves.
   */
  private bringForward(wanted: number): number {
    const { bounds, count } = this;
    let [least, most] = [bounds[0]!, bounds[0]!];
    for (let i = 1; i < count; i++) {
      const bound = bounds[i]!;
      if (bound > most) most = bound;
      else if (bound < least) least = bound;
    }
    const scale = (steps.length - 1) / (most - least || 1);
    steps.fill(0);
    for (let i = 0; i < count; i++) steps[Math.trunc((bounds[i]! - least) * scale)]!++;
    let step = steps.length;
    for (let reached = 0; reached < wanted && step > 0; ) reached += steps[--step]!;
    const above = this.partition(0, (bound) => Math.trunc((bound - least) * scale) > step);
    const reached = this.partition(above, (bound) => Math.trunc((bound - least) * scale) === step);
    return Math.min(reached, Math.max(2 * wanted, above));
  }

  /** From a place on, those of which something is true first; returns where the others begin. */
  private partition(from: number, isFirst: (bound: number) => boolean): number {
    const { order, bounds, count } = this;
    let reached = from;
    for (let i = from; i < count; i++) {
      const one = order[i]!;
      if (!isFirst(bounds[one]!)) continue;
      order[i] = order[reached]!;
      order[reached++] = one;
    }
    return reached;
  }
}

/** Largest bound first. */
function insertInOrder(order: Int32Array, bounds: Float64Array): void {
  for (let k = 1; k < order.length; k++) {
    const one = order[k]!;
    let at = k;
    for (; at > 0 && bounds[order[at - 1]!]! < bounds[one]!; at--) order[at] = order[at - 1]!;
    order[at] = one;
  }
}
