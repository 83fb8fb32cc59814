// A list of 32-bit whole numbers that grows: numbers in a typed array instead of boxed ones.

export class IntList {
  data: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.data = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.grow(this.length + 1);
    this.data[this.length++] = value;
  }

  /** Makes the list `count` longer; the new numbers are 0, or what stood there before the list was cut. */
  extend(count: number): void {
    if (this.length + count > this.data.length) this.grow(this.length + count);
    this.length += count;
  }

  /** The numbers as unsigned ones; valid until the list grows. */
  view(): Uint32Array {
    return new Uint32Array(this.data.buffer, 0, this.length);
  }

  private grow(least: number): void {
    const larger = new Int32Array(Math.max(least, this.data.length * 2));
    larger.set(this.data);
    this.data = larger;
  }
}
