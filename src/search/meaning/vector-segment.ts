// Document vectors of one segment, in WebAssembly memory: bytes, signs and factors by place. Grows; places never move.
import { createWasmMemory, openWasm, type WasmMemoryObject, wasmPageBytes } from "../../lib/wasm.ts";
import { quantiseInto } from "./meaning-model.ts";
import { blockDocs, type VectorKernels, vectorSource } from "./vector-kernels.ts";

/** Where the parts of a segment's memory begin, for `capacity` places (a multiple of 16). */
interface SegmentLayout {
  capacity: number;
  query: number;
  /** The query as words. */
  words: number;
  tables: number;
  counts: number;
  codes: number;
  rows: number;
  factors: number;
  estimates: number;
  places: number;
  scores: number;
  bytes: number;
}

/** Estimates are below this: 64 x 63 for 256 components. */
export const estimateBound = (dimension: number): number => (dimension / 4) * 63 + 1;

/** 65,536 pages are 4 GiB: 12 million vectors of 256. */
const maxPages = 65_536;
const minCapacity = 1024;

function layOutSegment(capacity: number, dimension: number): SegmentLayout {
  let bytes = 0;
  const take = (length: number): number => {
    const offset = bytes;
    bytes += Math.ceil(length / 64) * 64;
    return offset;
  };
  return {
    capacity,
    query: take(dimension),
    words: take(dimension * 2),
    tables: take((dimension / 4) * 16),
    counts: take(estimateBound(dimension) * 4),
    codes: take((capacity * dimension) / 8),
    rows: take(capacity * dimension),
    factors: take(capacity * 4),
    estimates: take(capacity * 2),
    places: take(capacity * 4),
    scores: take(capacity * 4),
    bytes,
  };
}

/** The vectors of a segment as stored: beside each other by place. */
export interface StoredVectors {
  rows: Int8Array;
  /** 1 / length of each row of bytes; 0 for a document without a vector. */
  factors: Float32Array;
}

/** What is passed over: certain places, and those that are not accepted; and of how many blocks one is counted. */
interface Scanned {
  gone?: readonly number[];
  accepts?: (place: number) => boolean;
  step?: number;
}

export class VectorSegment {
  readonly dimension: number;
  #size = 0;
  #memory: WasmMemoryObject;
  #kernels: VectorKernels;
  #layout: SegmentLayout;

  constructor(dimension: number, capacity = minCapacity) {
    this.dimension = dimension;
    this.#layout = layOutSegment(roundUp(Math.max(capacity, minCapacity), blockDocs), dimension);
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
    this.#reserve(place + 1);
    const row = this.#rows(place, 1);
    // What was here before the memory grew is of no document.
    if (vector) quantiseInto(vector, row);
    else row.fill(0);
    this.#floats(this.#layout.factors)[place] = factorOf(row);
    this.#size++;
    this.#writeSigns(place, 1);
    return place;
  }

  /** Adds stored vectors at the next places. Lengths that do not fit each other throw RangeError. */
  appendStored({ rows, factors }: StoredVectors): void {
    if (rows.length !== factors.length * this.dimension)
      throw new RangeError("vectors: rows and factors do not fit");
    const from = this.#size;
    this.#reserve(from + factors.length);
    this.#rows(from, factors.length).set(rows);
    this.#floats(this.#layout.factors).set(factors, from);
    this.#size += factors.length;
    this.#writeSigns(from, factors.length);
  }

  /** Views, valid until the next append. */
  stored(): StoredVectors {
    return {
      rows: this.#rows(0, this.#size),
      factors: this.#floats(this.#layout.factors).subarray(0, this.#size),
    };
  }

  /** The document's vector as bytes: a view, valid until the next append. All zero when it has none. */
  rowAt(place: number): Int8Array {
    return this.#rows(place, 1);
  }

  /**
   * First stage. Estimates every document's product with the query from its signs; adds to `counts` how many documents of
   * every `step`-th block of sixteen have each estimate. `tables`: see sign-tables.ts. What is not accepted gets estimate 0.
   */
  estimate(tables: Uint8Array, counts: Int32Array, { gone = [], accepts, step = 1 }: Scanned = {}): void {
    if (this.#size === 0) return;
    const { tables: at, codes, estimates, counts: own } = this.#layout;
    new Uint8Array(this.#memory.buffer, at, tables.length).set(tables);
    const blocks = Math.ceil(this.#size / blockDocs);
    this.#kernels.estimate(codes, at, estimates, blocks);
    const written = new Uint16Array(this.#memory.buffer, estimates, blocks * blockDocs);
    written.fill(0, this.#size);
    for (let i = 0; i < gone.length; i++) written[gone[i]!] = 0;
    if (accepts) clearEstimates(written.subarray(0, this.#size), accepts);
    const ownCounts = new Int32Array(this.#memory.buffer, own, counts.length).fill(0);
    this.#kernels.countEstimates(estimates, Math.ceil(blocks / step), step, own);
    for (let i = 0; i < counts.length; i++) counts[i] = counts[i]! + ownCounts[i]!;
  }

  /** Second stage: places with an estimate of at least `least` (after `estimate`), and their products with the query. */
  rescore(query: Int8Array, least: number): { places: Int32Array; products: Float32Array } {
    const { estimates, places } = this.#layout;
    const blocks = Math.ceil(this.#size / blockDocs);
    const count = blocks === 0 ? 0 : this.#kernels.collectAbove(estimates, blocks, least, places);
    // What fills the last block comes last, and only where nothing is too little.
    return this.#multiply(query, Math.min(count, this.#size));
  }

  /** Products of the query with the documents at the given places (length of the bytes divided out). */
  products(query: Int8Array, places: ArrayLike<number>): Float32Array {
    const found = new Float32Array(places.length);
    for (let from = 0; from < places.length; from += this.#layout.capacity) {
      const part = Math.min(places.length - from, this.#layout.capacity);
      const to = new Int32Array(this.#memory.buffer, this.#layout.places, part);
      for (let i = 0; i < part; i++) to[i] = places[from + i]!;
      found.set(this.#multiply(query, part).products, from);
    }
    return found;
  }

  #multiply(query: Int8Array, count: number): { places: Int32Array; products: Float32Array } {
    const { rows, factors, query: at, words, places, scores } = this.#layout;
    if (count > 0) {
      new Int8Array(this.#memory.buffer, at, this.dimension).set(query);
      this.#kernels.widenQuery(at, words);
      this.#kernels.dotList(rows, factors, words, places, scores, count);
    }
    return {
      places: new Int32Array(this.#memory.buffer, places, count).slice(),
      products: new Float32Array(this.#memory.buffer, scores, count).slice(),
    };
  }

  #rows(place: number, count: number): Int8Array {
    const { rows } = this.#layout;
    return new Int8Array(this.#memory.buffer, rows + place * this.dimension, count * this.dimension);
  }

  #floats(offset: number): Float32Array {
    return new Float32Array(this.#memory.buffer, offset, this.#layout.capacity);
  }

  /** Bit i of a document's signs is set when component i is above 0; bytes of sixteen documents are interleaved. */
  #writeSigns(place: number, count: number): void {
    const { rows, codes } = this.#layout;
    if (count > 0) this.#kernels.writeSigns(rows + place * this.dimension, codes, place, count);
  }

  #reserve(size: number): void {
    if (size <= this.#layout.capacity) return;
    const older = this.#layout;
    this.#layout = layOutSegment(roundUp(Math.max(size, older.capacity * 2), blockDocs), this.dimension);
    const pages = Math.ceil((this.#layout.bytes - this.#memory.buffer.byteLength) / wasmPageBytes);
    if (pages > 0) this.#memory.grow(pages);
    const memory = new Uint8Array(this.#memory.buffer);
    const { codes, rows, factors } = this.#layout;
    // Twice the room or more: what lies behind is moved first and never over what is still to be moved.
    memory.copyWithin(factors, older.factors, older.factors + this.#size * 4);
    memory.copyWithin(rows, older.rows, older.rows + this.#size * this.dimension);
    memory.fill(0, codes + (older.capacity * this.dimension) / 8, rows);
  }
}

function clearEstimates(estimates: Uint16Array, accepts: (place: number) => boolean): void {
  for (let place = 0; place < estimates.length; place++) if (!accepts(place)) estimates[place] = 0;
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
