// What a given number of papers reach at least, while they are met one after another: the smallest of the largest scores.

/** A heap of bounded size, the smallest on top. */
export class LeastReached {
  private readonly heap: Float64Array;
  private count = 0;

  constructor(capacity: number) {
    this.heap = new Float64Array(capacity);
  }

  /** Below it no score is among the largest; lowest while fewer were met. */
  get least(): number {
    if (this.count < this.heap.length) return Number.NEGATIVE_INFINITY;
    return this.heap[0] ?? Number.POSITIVE_INFINITY;
  }

  note(score: number): void {
    if (this.count < this.heap.length) this.rise(score);
    else if (score > this.heap[0]!) this.sink(score);
  }

  /** Notes the first `count` numbers, each by `factor` and `more`: one call, so that no number is handed over by itself. */
  noteAll(numbers: Float32Array, count: number, { factor, more }: { factor: number; more: number }): void {
    const { heap } = this;
    for (let i = 0; i < count; i++) {
      const score = numbers[i]! * factor + more;
      if (this.count < heap.length) this.rise(score);
      else if (score > heap[0]!) this.sink(score);
    }
  }

  private rise(score: number): void {
    const { heap } = this;
    let at = this.count++;
    for (; at > 0 && heap[(at - 1) >> 1]! > score; at = (at - 1) >> 1) heap[at] = heap[(at - 1) >> 1]!;
    heap[at] = score;
  }

  /** Takes the place of the smallest. */
  private sink(score: number): void {
    const { heap, count } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      if (child + 1 < count && heap[child + 1]! < heap[child]!) child++;
      if (heap[child]! >= score) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = score;
  }
}
