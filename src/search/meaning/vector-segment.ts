// Document vectors of one segment, in WebAssembly memory: bytes, signs and factors by place. Grows; places never move. The bytes
// may be kept elsewhere (row-store.ts): then those that are multiplied are fetched, some thousands at a time.
import { createWasmMemory, openWasm, type WasmMemoryObject, wasmPageBytes } from "../../lib/wasm.ts";
import type { Bits } from "../bits.ts";
import { quantiseInto } from "./meaning-model.ts";
import type { RowStore } from "./row-store.ts";
import { blockDocs, type VectorKernels, vectorSource } from "./vector-kernels.ts";
import { layOutSegment, type SegmentLayout, windowRows } from "./vector-layout.ts";

/** 65,536 pages are 4 GiB: 12 million vectors of 256. */
const maxPages = 65_536;
const minCapacity = 1024;
const lanes = Uint16Array.from({ length: blockDocs }, (_, lane) => 1 << lane);

/** The vectors of a segment as stored: beside each other by place. */
export interface StoredVectors {
  rows: Int8Array;
  /** 1 / length of each row of bytes; 0 for a document without a vector. */
  factors: Float32Array;
}

/** What is passed over: certain places, and those that are not accepted. */
interface Scanned {
  gone?: readonly number[];
  /** Places. */
  accepts?: Bits;
}

export class VectorSegment {
  readonly dimension: number;
  readonly #store: RowStore | null;
  #size = 0;
  /** The document being added. */
  readonly #one: StoredVectors;
  #memory: WasmMemoryObject;
  #kernels: VectorKernels;
  #layout: SegmentLayout;

  /** With a store, the rows are kept there and nowhere else. */
  constructor(dimension: number, capacity = minCapacity, store: RowStore | null = null) {
    this.dimension = dimension;
    this.#one = { rows: new Int8Array(dimension), factors: new Float32Array(1) };
    this.#store = store;
    this.#layout = this.#layOut(Math.max(capacity, minCapacity));
    const limits = {
      minPages: Math.ceil(this.#layout.bytes / wasmPageBytes),
      maxPages,
      shared: false,
    };
    this.#memory = createWasmMemory(limits);
    this.#kernels = openWasm<VectorKernels>(vectorSource(dimension), this.#memory, {
      ...limits,
      minPages: 1,
    });
    new Uint16Array(this.#memory.buffer, this.#layout.lanes, blockDocs).set(lanes);
    this.#numberWindow();
  }

  #layOut(capacity: number): SegmentLayout {
    return layOutSegment(roundUp(capacity, blockDocs), this.dimension, this.#store !== null);
  }

  /** Places filled so far. */
  get size(): number {
    return this.#size;
  }

  /** Bytes of memory held. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Adds a document's vector (any length; null: it has none) at the next place and returns the place. */
  append(vector: Float32Array | null): number {
    const place = this.#size;
    const { rows, factors } = this.#one;
    if (vector) quantiseInto(vector, rows);
    else rows.fill(0);
    factors[0] = factorOf(rows);
    this.#appendSome(rows, factors);
    return place;
  }

  /** Adds stored vectors at the next places. Lengths that do not fit each other throw RangeError. */
  appendStored({ rows, factors }: StoredVectors): void {
    const { dimension } = this;
    if (rows.length !== factors.length * dimension)
      throw new RangeError("vectors: rows and factors do not fit");
    const atOnce = this.#store ? windowRows : Math.max(1, factors.length);
    for (let from = 0; from < factors.length; from += atOnce) {
      const to = Math.min(factors.length, from + atOnce);
      this.#appendSome(rows.subarray(from * dimension, to * dimension), factors.subarray(from, to));
    }
  }

  #appendSome(rows: Int8Array, factors: Float32Array): void {
    const from = this.#size;
    this.#reserve(from + factors.length);
    this.#store?.append(rows);
    const at = this.#store ? 0 : from;
    this.#rows(at, factors.length).set(rows);
    this.#floats(this.#layout.factors).set(factors, from);
    this.#size += factors.length;
    this.#kernels.writeSigns(this.#rowAddress(at), this.#layout.codes, from, factors.length);
  }

  /** Of the places from `from` on, before `to`: views, valid until the next append, or copies where the rows are elsewhere. */
  stored(from = 0, to = this.#size): StoredVectors {
    return {
      rows: this.#store ? this.#fetch(from, to) : this.#rows(from, to - from),
      factors: this.#floats(this.#layout.factors).subarray(from, to),
    };
  }

  /** The document's vector as bytes: a view, valid until the next append, or a copy. All zero when it has none. */
  rowAt(place: number): Int8Array {
    return this.stored(place, place + 1).rows;
  }

  #fetch(from: number, to: number): Int8Array {
    const rows = new Int8Array((to - from) * this.dimension);
    this.#store!.read(
      Array.from({ length: to - from }, (_, i) => from + i),
      rows,
    );
    return rows;
  }

  /**
   * First stage. Estimates every document's product with the query from its signs. `tables`: see sign-tables.ts. What is not
   * accepted gets estimate 0.
   */
  estimate(tables: Uint8Array, { gone = [], accepts }: Scanned = {}): void {
    if (this.#size === 0) return;
    const { tables: at, codes, estimates } = this.#layout;
    new Uint8Array(this.#memory.buffer, at, tables.length).set(tables);
    const blocks = Math.ceil(this.#size / blockDocs);
    this.#kernels.estimate(codes, at, estimates, blocks);
    const written = new Uint16Array(this.#memory.buffer, estimates, blocks * blockDocs);
    written.fill(0, this.#size);
    for (let i = 0; i < gone.length; i++) written[gone[i]!] = 0;
    if (accepts) this.#keepEstimates(accepts, blocks);
  }

  #keepEstimates(accepted: Bits, blocks: number): void {
    const { estimates, accepted: at, lanes } = this.#layout;
    new Uint32Array(this.#memory.buffer, at, accepted.length).set(accepted);
    this.#kernels.keepSet(estimates, at, lanes, blocks);
  }

  /**
   * Adds to `counts` how many documents have each estimate from `least` on (after `estimate`), looking at one block
   * of every `step`.
   */
  countEstimates(counts: Int32Array, { step, least }: { step: number; least: number }): void {
    if (this.#size === 0) return;
    const { estimates, counts: at } = this.#layout;
    const blocks = Math.ceil(this.#size / blockDocs / step);
    const own = new Int32Array(this.#memory.buffer, at, counts.length).fill(0);
    this.#kernels.countEstimates(estimates, blocks, step * blockDocs * 2, least, at);
    for (let i = least; i < counts.length; i++) counts[i] = counts[i]! + own[i]!;
  }

  /** Second stage: places with an estimate of at least `least` (after `estimate`), and their products with the query. */
  rescore(query: Int8Array, least: number): { places: Int32Array; products: Float32Array } {
    const { estimates, places } = this.#layout;
    const blocks = Math.ceil(this.#size / blockDocs);
    const all = blocks === 0 ? 0 : this.#kernels.collectAbove(estimates, blocks, least, places);
    // What fills the last block comes last, and only where nothing is too little.
    const count = Math.min(all, this.#size);
    const products = this.#multiply(query, count).slice();
    return { places: new Int32Array(this.#memory.buffer, places, count).slice(), products };
  }

  /** Products of the query with the documents at the given places (length of the bytes divided out). */
  products(query: Int8Array, places: ArrayLike<number>): Float32Array {
    const found = new Float32Array(places.length);
    for (let from = 0; from < places.length; from += this.#layout.capacity) {
      const part = Math.min(places.length - from, this.#layout.capacity);
      const to = new Int32Array(this.#memory.buffer, this.#layout.places, part);
      if (places instanceof Int32Array) to.set(places.subarray(from, from + part));
      else for (let i = 0; i < part; i++) to[i] = places[from + i]!;
      found.set(this.#multiply(query, part), from);
    }
    return found;
  }

  /** The products of the documents at so many places of the list: a view, valid until the next. */
  #multiply(query: Int8Array, count: number): Float32Array {
    const { query: at, words, places, scores } = this.#layout;
    if (count > 0) {
      new Int8Array(this.#memory.buffer, at, this.dimension).set(query);
      this.#kernels.widenQuery(at, words);
      if (this.#store) this.#multiplyFetched(this.#store, count);
      else {
        const { rows, factors } = this.#layout;
        this.#kernels.dotList(rows, factors, words, places, scores, count);
      }
    }
    return new Float32Array(this.#memory.buffer, scores, count);
  }

  /** The same, window by window. */
  #multiplyFetched(store: RowStore, count: number): void {
    const { rows, words, places, scores, fetchedFactors, fetchedPlaces } = this.#layout;
    const factors = this.#floats(this.#layout.factors);
    for (let from = 0; from < count; from += windowRows) {
      const length = Math.min(windowRows, count - from);
      const wanted = new Int32Array(this.#memory.buffer, places + from * 4, length);
      store.read(wanted, this.#rows(0, length));
      const own = new Float32Array(this.#memory.buffer, fetchedFactors, length);
      for (let i = 0; i < length; i++) own[i] = factors[wanted[i]!]!;
      this.#kernels.dotList(rows, fetchedFactors, words, fetchedPlaces, scores + from * 4, length);
    }
  }

  /** What the kernel takes for places of rows in the window. */
  #numberWindow(): void {
    if (!this.#store) return;
    const numbers = new Int32Array(this.#memory.buffer, this.#layout.fetchedPlaces, windowRows);
    for (let i = 0; i < windowRows; i++) numbers[i] = i;
  }

  #rowAddress(place: number): number {
    return this.#layout.rows + place * this.dimension;
  }

  #rows(place: number, count: number): Int8Array {
    return new Int8Array(this.#memory.buffer, this.#rowAddress(place), count * this.dimension);
  }

  #floats(offset: number): Float32Array {
    return new Float32Array(this.#memory.buffer, offset, this.#layout.capacity);
  }

  #reserve(size: number): void {
    if (size <= this.#layout.capacity) return;
    const older = this.#layout;
    this.#layout = this.#layOut(Math.max(size, older.capacity * 2));
    const pages = Math.ceil((this.#layout.bytes - this.#memory.buffer.byteLength) / wasmPageBytes);
    if (pages > 0) this.#memory.grow(pages);
    const memory = new Uint8Array(this.#memory.buffer);
    const { codes, rows, factors } = this.#layout;
    // Twice the room or more: what lies behind is moved first and never over what is still to be moved.
    memory.copyWithin(factors, older.factors, older.factors + this.#size * 4);
    if (!this.#store) memory.copyWithin(rows, older.rows, older.rows + this.#size * this.dimension);
    memory.fill(0, codes + (older.capacity * this.dimension) / 8, rows);
    this.#numberWindow();
  }
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

/** 1 / Euclidean length of a row of bytes. */
export function factorOf(row: Int8Array): number {
  let squares = 0;
  for (let i = 0; i < row.length; i++) squares += row[i]! * row[i]!;
  return squares === 0 ? 0 : 1 / Math.sqrt(squares);
}
