// A chunk of the shelf: vectors beside the keys and stem lengths of their papers, by place. Grows; places never move.
import { addBit, type Bits, dropBit, noBits } from "../bits.ts";
import { KeyRuns } from "../key-runs.ts";
import type { RowStore } from "./row-store.ts";
import { chunkSize } from "./shelf-places.ts";
import { type StoredVectors, VectorSegment } from "./vector-segment.ts";

/** Stands at the place of a removed paper. */
export const freeKey = -1;
const smallestRoom = 1_024;

/** What is kept of a paper. */
export interface ShelfEntry {
  /** Any length; null: the model knows no word of it. */
  vector: Float32Array | null;
  /** Euclidean length of its stems' TF-IDF weights (similar.ts), by which shared words are divided. */
  stemLength: number;
}

/** Opens where rows are kept that are not to be in memory. */
export type OpenRows = (dimension: number) => RowStore;

/** Part of a chunk as stored: keys (-1 where a paper was removed) and lengths of stem weights beside vectors. */
export interface StoredPart extends StoredVectors {
  keys: Float64Array;
  stemLengths: Float32Array;
}

export class ShelfChunk {
  readonly vectors: VectorSegment;
  /** With room for more than there are vectors, as `stemLengths`. */
  keys: Float64Array;
  stemLengths: Float32Array;
  /** Places of removed papers. */
  readonly gone: number[] = [];
  private readonly runs = new KeyRuns();

  /** With room for so many papers; more are taken as they come. */
  constructor(dimension: number, room = 0, openRows: OpenRows | null = null) {
    this.vectors = new VectorSegment(dimension, room, openRows?.(dimension));
    this.keys = new Float64Array(room);
    this.stemLengths = new Float32Array(room);
  }

  /** Places filled, those of removed papers among them. */
  get size(): number {
    return this.vectors.size;
  }

  /** Returns the paper's place. */
  append(key: number, { vector, stemLength }: ShelfEntry): number {
    const place = this.vectors.append(vector);
    this.makeRoom();
    this.keys[place] = key;
    this.runs.add(place, key);
    this.stemLengths[place] = stemLength;
    return place;
  }

  /** Returns the first paper's place. Throws RangeError when its columns do not fit each other. */
  appendStored({ keys, stemLengths, rows, factors }: StoredPart): number {
    const fits = keys.length === factors.length && keys.length === stemLengths.length;
    if (!fits) throw new RangeError("vectors: keys do not fit");
    const from = this.size;
    this.vectors.appendStored({ rows, factors });
    this.makeRoom();
    this.keys.set(keys, from);
    for (let i = 0; i < keys.length; i++) if (keys[i] !== freeKey) this.runs.add(from + i, keys[i]!);
    this.stemLengths.set(stemLengths, from);
    return from;
  }

  /** Places from `from` on, before `to`, as they are stored: views, until the next change, or copies. */
  read(from: number, to: number): StoredPart {
    return {
      keys: this.keys.subarray(from, to),
      stemLengths: this.stemLengths.subarray(from, to),
      ...this.vectors.stored(from, to),
    };
  }

  /** The paper at the place is removed. */
  free(place: number): void {
    this.keys[place] = freeKey;
    this.gone.push(place);
  }

  /** The places of papers of these keys (a bit for each). */
  placesOf(keys: Bits): Bits {
    const places = noBits(this.size);
    this.runs.addPlaces(keys, places, this.size);
    for (const place of this.gone) dropBit(places, place);
    return places;
  }

  /** The same of the keys that pass a test. */
  placesThat(accepts: (key: number) => boolean): Bits {
    const places = noBits(this.size);
    for (let place = 0; place < this.size; place++) if (accepts(this.keys[place]!)) addBit(places, place);
    return places;
  }

  /** Room in the columns for every vector there is. */
  private makeRoom(): void {
    const { keys, stemLengths } = this;
    if (this.size <= keys.length) return;
    const room = Math.min(chunkSize, Math.max(this.size, 2 * keys.length, smallestRoom));
    this.keys = new Float64Array(room);
    this.keys.set(keys);
    this.stemLengths = new Float32Array(room);
    this.stemLengths.set(stemLengths);
  }
}
