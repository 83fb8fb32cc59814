// Texts of which there are hundreds of thousands, as bytes behind each other with a weight each: an object and a string for
// every one would take several times the room while tables are made of them.
import { ByteWriter } from "./bytes.ts";
import { IntList } from "./int-list.ts";
import { kthLargest } from "./meaning/kth-largest.ts";

const smallest = 1_024;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface TextColumns {
  /** Texts, each ended by a zero byte. */
  bytes: Uint8Array;
  /** Where each text begins; one more at the end. */
  starts: Uint32Array;
  weights: Float32Array;
}

export function readText({ bytes, starts }: Pick<TextColumns, "bytes" | "starts">, place: number): string {
  return decoder.decode(bytes.subarray(starts[place]!, starts[place + 1]! - 1));
}

export class TextPool {
  private writer = new ByteWriter();
  /** Where each text begins. */
  private begins = new IntList();
  private heavy = new Float32Array(smallest);

  get size(): number {
    return this.begins.length;
  }

  /** The weight is kept as a float of 32 bits. */
  add(text: string, weight: number): void {
    this.begin(weight);
    this.writer.raw(encoder.encode(text));
    this.writer.byte(0);
  }

  private begin(weight: number): void {
    if (this.size === this.heavy.length) this.heavy = enlarged(this.heavy);
    this.heavy[this.size] = weight;
    this.begins.push(this.writer.length);
  }

  weightAt(place: number): number {
    return this.heavy[place]!;
  }

  /** Adds the text of another pool, with its weight. */
  addFrom(other: TextPool, place: number): void {
    this.begin(other.weightAt(place));
    this.writer.copy(other.writer.data, other.begins.data[place]!, other.endOf(place));
  }

  /** Places of the `most` heaviest texts, rising; of equal ones the first. */
  *heaviest(most: number): Generator<number> {
    const weights = this.heavy.subarray(0, this.size);
    const least = kthLargest(weights, most);
    let equal = most - weights.reduce((above, weight) => above + (weight > least ? 1 : 0), 0);
    for (let place = 0; place < weights.length; place++) {
      if (weights[place]! > least || (weights[place] === least && equal-- > 0)) yield place;
    }
  }

  /** What the pool holds, without room for more; the pool is empty then. */
  take(): TextColumns {
    const { writer, begins, heavy, size } = this;
    const starts = new Uint32Array(size + 1);
    starts.set(begins.view());
    starts[size] = writer.length;
    this.writer = new ByteWriter();
    this.begins = new IntList();
    this.heavy = new Float32Array(smallest);
    return { bytes: writer.data.slice(0, writer.length), starts, weights: heavy.slice(0, size) };
  }

  private endOf(place: number): number {
    return place + 1 < this.size ? this.begins.data[place + 1]! : this.writer.length;
  }
}

function enlarged(numbers: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
