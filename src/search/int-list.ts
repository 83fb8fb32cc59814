// A list of 32-bit whole numbers that grows: numbers in a typed array instead of boxed ones.

export class IntList {
  data: Int32Array<ArrayBuffer>;
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

  /** What was there is given back at once: garbage outside its heap makes the collector look through all of it. */
  private grow(least: number): void {
    const { buffer, length } = this.data;
    this.data = new Int32Array(buffer.transfer(4 * Math.max(least, length * 2)));
  }

  /** Gives the memory back for good. */
  release(): void {
    this.data.buffer.transfer(0);
  }
}
