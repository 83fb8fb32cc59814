// The vectors of a collection by paper: takes, replaces and removes them, finds the nearest. Kept in chunks, so that a
// change touches little and files can be written piece by piece.
import { type StoredVectors, VectorSegment } from "./vector-segment.ts";
import { cosinesAt, nearestVectors, type QueryVector } from "./vectors.ts";

export interface NearPaper {
  key: number;
  cosine: number;
}

/** Papers a chunk takes. */
export const chunkSize = 65_536;
const freeKey = -1;
/** A chunk is written anew when more than this part of it is removed papers. */
const crowded = 0.25;

/** What is kept of a paper. */
export interface ShelfEntry {
  /** Any length; null: the model knows no word of it. */
  vector: Float32Array | null;
  /** Euclidean length of its stems' TF-IDF weights (similar.ts), by which shared words are divided. */
  stemLength: number;
}

/** A chunk as stored: keys (-1 where a paper was removed) and lengths of stem weights beside vectors. */
export interface StoredChunk extends StoredVectors {
  keys: Float64Array;
  stemLengths: Float32Array;
}

interface Chunk {
  vectors: VectorSegment;
  keys: number[];
  stemLengths: number[];
  removed: number;
  /** Changed since it was last marked as written. */
  changed: boolean;
}

export class VectorShelf {
  readonly dimension: number;
  private readonly chunks: Chunk[] = [];
  /** Key -> chunk index x chunkSize + place. */
  private readonly places = new Map<number, number>();

  constructor(dimension: number) {
    this.dimension = dimension;
  }

  /** Papers held, with or without a vector. */
  get size(): number {
    return this.places.size;
  }

  /** Bytes of memory of the vectors. */
  get bytes(): number {
    return this.chunks.reduce((sum, { vectors }) => sum + vectors.bytes, 0);
  }

  has(key: number): boolean {
    return this.places.has(key);
  }

  /** Sets what is kept of a paper. */
  set(key: number, { vector, stemLength }: ShelfEntry): void {
    this.remove(key);
    let chunk = this.chunks.at(-1);
    if (chunk === undefined || chunk.keys.length >= chunkSize) {
      chunk = emptyChunk(this.dimension);
      this.chunks.push(chunk);
    }
    const place = chunk.vectors.append(vector);
    chunk.keys.push(key);
    chunk.stemLengths.push(stemLength);
    chunk.changed = true;
    this.places.set(key, (this.chunks.length - 1) * chunkSize + place);
  }

  /** Harmless when the paper is not here. */
  remove(key: number): void {
    const at = this.places.get(key);
    if (at === undefined) return;
    const chunk = this.chunks[Math.floor(at / chunkSize)]!;
    chunk.keys[at % chunkSize] = freeKey;
    chunk.removed++;
    chunk.changed = true;
    this.places.delete(key);
    if (chunk.removed > crowded * chunkSize && chunk.removed > crowded * chunk.keys.length) {
      this.rebuild(Math.floor(at / chunkSize));
    }
  }

  /** Closes the gaps of a chunk. */
  private rebuild(number: number): void {
    const { vectors, keys, stemLengths } = this.chunks[number]!;
    const { rows, factors } = vectors.stored();
    const kept = keys.flatMap((key, place) => (key === freeKey ? [] : [place]));
    const fresh = new VectorSegment(this.dimension, kept.length);
    const part = new Int8Array(kept.length * this.dimension);
    kept.forEach((place, i) => {
      part.set(rows.subarray(place * this.dimension, (place + 1) * this.dimension), i * this.dimension);
      this.places.set(keys[place]!, number * chunkSize + i);
    });
    fresh.appendStored({ rows: part, factors: Float32Array.from(kept, (place) => factors[place]!) });
    this.chunks[number] = {
      vectors: fresh,
      keys: kept.map((place) => keys[place]!),
      stemLengths: kept.map((place) => stemLengths[place]!),
      removed: 0,
      changed: true,
    };
  }

  /** The `k` nearest papers, nearest first; ties by age on the shelf. */
  nearest(query: QueryVector, k: number, accepts: (key: number) => boolean = () => true): NearPaper[] {
    const found = nearestVectors(
      this.chunks.map(({ vectors }) => vectors),
      query,
      k,
      {
        accepts: (segment, place) => {
          const key = this.chunks[segment]!.keys[place]!;
          return key !== freeKey && accepts(key);
        },
      },
    );
    return found.map(({ segment, place, cosine }) => ({ key: this.chunks[segment]!.keys[place]!, cosine }));
  }

  /** Cosines of the query with the given papers; 0 for those without a vector. */
  cosines(query: QueryVector, keys: readonly number[]): Float32Array {
    const found = new Float32Array(keys.length);
    const wanted = this.chunks.map(() => ({ places: [] as number[], at: [] as number[] }));
    keys.forEach((key, i) => {
      const at = this.places.get(key);
      if (at === undefined) return;
      const list = wanted[Math.floor(at / chunkSize)]!;
      list.places.push(at % chunkSize);
      list.at.push(i);
    });
    wanted.forEach(({ places, at }, chunk) => {
      if (places.length === 0) return;
      const cosines = cosinesAt(this.chunks[chunk]!.vectors, query, places);
      at.forEach((i, j) => {
        found[i] = cosines[j]!;
      });
    });
    return found;
  }

  /** Length of a paper's stem weights; 0 when it is not here. */
  stemLengthOf(key: number): number {
    const at = this.places.get(key);
    return at === undefined ? 0 : this.chunks[Math.floor(at / chunkSize)]!.stemLengths[at % chunkSize]!;
  }

  /** The bytes of a paper's vector (a view, until the next change); null when it is not here. */
  rowOf(key: number): Int8Array | null {
    const at = this.places.get(key);
    return at === undefined ? null : this.chunks[Math.floor(at / chunkSize)]!.vectors.rowAt(at % chunkSize);
  }

  /** Chunks as they are stored, by number; only the changed ones unless `all`. Views, until the next change. */
  *storedChunks(all = false): Iterable<{ number: number; chunk: StoredChunk }> {
    for (const [number, { vectors, keys, stemLengths, changed }] of this.chunks.entries()) {
      if (!all && !changed) continue;
      const own = { keys: Float64Array.from(keys), stemLengths: Float32Array.from(stemLengths) };
      yield { number, chunk: { ...vectors.stored(), ...own } };
    }
  }

  /** What is there now has been written. */
  markWritten(): void {
    for (const chunk of this.chunks) chunk.changed = false;
  }

  /** Adds a stored chunk behind those there are. Throws RangeError when its parts do not fit or a key is there twice. */
  addStored({ keys, stemLengths, rows, factors }: StoredChunk): void {
    const fits = keys.length === factors.length && keys.length === stemLengths.length;
    if (!fits || keys.length > chunkSize) throw new RangeError("vectors: keys do not fit");
    const vectors = new VectorSegment(this.dimension, keys.length);
    vectors.appendStored({ rows, factors });
    const number = this.chunks.length;
    let removed = 0;
    keys.forEach((key, place) => {
      if (key === freeKey) removed++;
      else if (this.places.has(key)) throw new RangeError(`vectors: paper ${key} stands twice`);
      else this.places.set(key, number * chunkSize + place);
    });
    this.chunks.push({ vectors, keys: [...keys], stemLengths: [...stemLengths], removed, changed: false });
  }
}

function emptyChunk(dimension: number): Chunk {
  return { vectors: new VectorSegment(dimension), keys: [], stemLengths: [], removed: 0, changed: true };
}
