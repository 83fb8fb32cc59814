// The vectors of a collection by paper: takes, replaces and removes them, finds the nearest. Kept in chunks, so that a
// change touches little and files can be written piece by piece.
import { type Bits, countBits, walkBits } from "../bits.ts";
import { KeyPlaces } from "../key-places.ts";
import { ChunkCompaction } from "./chunk-compaction.ts";
import { kthLargest } from "./kth-largest.ts";
import { freeKey, type OpenRows, ShelfChunk, type ShelfEntry, type StoredPart } from "./shelf-chunk.ts";
import { chunkSize, partOf, partSize, partsPerChunk, splitByChunk } from "./shelf-places.ts";
import { candidatesFor, cosinesAt, nearestVectors, type QueryVector } from "./vectors.ts";

export interface NearPaper {
  key: number;
  cosine: number;
  /** Its place on the shelf, until the next change. */
  at: number;
}

/** What is to be found. */
export interface Accepted {
  count: number;
  has(key: number): boolean;
  /** A bit for each key, where that is to be had: then few are compared one by one, and no paper is asked of. */
  table?(): Bits | null;
}

/** So many times the wanted are looked at before a filter is asked of all papers. */
const widening = 8;
/** A filter that leaves no more than this part of all papers is followed paper by paper. */
const fewShare = 1 / 16;
/** The gaps of a chunk are closed when more than this part of it is removed papers. */
const crowded = 0.25;

/** So many papers, of which the nearest are found as surely as if only they were asked for: the others cost little then. */
export interface Wanted {
  count: number;
  surely: number;
}

export class VectorShelf {
  readonly dimension: number;
  private readonly expected: number;
  private readonly chunks: ShelfChunk[] = [];
  /** Key -> chunk index x chunkSize + place. */
  private readonly places = new KeyPlaces();
  /** Numbers of the parts that changed since they were last marked as written. */
  private readonly changed = new Set<number>();
  /** How often gaps were closed, which moves papers from part to part. */
  rebuilds = 0;

  private readonly openRows: OpenRows | null;
  /** Of one chunk at a time: its gaps are being closed. */
  private compaction: { number: number; work: ChunkCompaction } | null = null;

  /** Room is made at once for the papers expected; more are taken as they come. `openRows`: where the bytes are kept. */
  constructor(dimension: number, expected = 0, openRows: OpenRows | null = null) {
    this.dimension = dimension;
    this.expected = expected;
    this.openRows = openRows;
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
    return this.placeOf(key) >= 0;
  }

  /** Sets what is kept of a paper. */
  set(key: number, entry: ShelfEntry): void {
    this.remove(key);
    const last = this.chunks.at(-1);
    const chunk = last !== undefined && last.size < chunkSize ? last : this.addChunk();
    const at = (this.chunks.length - 1) * chunkSize + chunk.append(key, entry);
    this.changed.add(partOf(at));
    this.places.set(key, at);
  }

  private addChunk(): ShelfChunk {
    const room = Math.min(chunkSize, Math.max(0, this.expected - this.chunks.length * chunkSize));
    const chunk = new ShelfChunk(this.dimension, room, this.openRows);
    this.chunks.push(chunk);
    return chunk;
  }

  /** Harmless when the paper is not here. */
  remove(key: number): void {
    this.compact();
    const at = this.places.get(key);
    if (at < 0) return;
    const chunk = this.free(key, at);
    if (this.compaction || chunk.gone.length <= crowded * chunkSize) return;
    const work = new ChunkCompaction(chunk, this.openRows);
    this.compaction = { number: Math.floor(at / chunkSize), work };
  }

  private free(key: number, at: number): ShelfChunk {
    const number = Math.floor(at / chunkSize);
    const chunk = this.chunks[number]!;
    chunk.free(at % chunkSize);
    if (this.compaction?.number === number) this.compaction.work.free(at % chunkSize);
    this.changed.add(partOf(at));
    this.places.delete(key);
    return chunk;
  }

  /** Goes on closing gaps, where some are being closed. */
  private compact(): void {
    if (!this.compaction?.work.step()) return;
    const { number, work } = this.compaction;
    this.compaction = null;
    this.replace(number, work.fresh);
  }

  private replace(number: number, fresh: ShelfChunk): void {
    this.rebuilds++;
    this.chunks[number] = fresh;
    for (let place = 0; place < fresh.size; place++) {
      const key = fresh.keys[place]!;
      if (key !== freeKey) this.places.set(key, number * chunkSize + place);
    }
    for (let part = 0; part < partsPerChunk; part++) {
      const own = number * partsPerChunk + part;
      if (part * partSize < fresh.size) this.changed.add(own);
      else this.changed.delete(own);
    }
  }

  /** The wanted number of nearest papers, nearest first, equally near ones by key. */
  nearest(query: QueryVector, wanted: number | Wanted, accepted?: Accepted): NearPaper[] {
    const { count: k, surely } = typeof wanted === "number" ? { count: wanted, surely: wanted } : wanted;
    if (!accepted) return this.find(query, k, { surely });
    if (accepted.table) {
      const few = accepted.count <= this.fewFor(surely);
      return few ? this.nearestOf(query, k, accepted) : this.find(query, k, { surely, accepted });
    }
    // Most filters leave enough of the near ones; asking all papers costs more than looking at more of these.
    const near = this.find(query, k * widening, { surely: surely * widening });
    const found = near.filter(({ key }) => accepted.has(key));
    return found.length >= k ? found.slice(0, k) : this.find(query, k, { surely, accepted });
  }

  /** So many are compared one by one with no more work than a scan would cause. */
  private fewFor(k: number): number {
    return Math.max(candidatesFor(k * widening, this.size), this.size * fewShare);
  }

  private nearestOf(query: QueryVector, k: number, accepted: Accepted): NearPaper[] {
    if (query.factor === 0) return [];
    const cosines = new Float32Array(accepted.count);
    const places = new Int32Array(accepted.count);
    let count = 0;
    this.chunks.forEach((chunk, number) => {
      const set = placesOf(chunk, accepted);
      const own = walkBits(set, countBits(set));
      cosines.set(cosinesAt(chunk.vectors, query, own), count);
      for (let i = 0; i < own.length; i++) places[count++] = number * chunkSize + own[i]!;
    });
    // Papers that stand where the k-th stands are told apart by key.
    const least = kthLargest(cosines.subarray(0, count), k);
    const found: NearPaper[] = [];
    for (let i = 0; i < count; i++)
      if (cosines[i]! >= least) found.push(this.describe(places[i]!, cosines[i]!));
    return found.sort((a, b) => b.cosine - a.cosine || a.key - b.key).slice(0, k);
  }

  private find(
    query: QueryVector,
    k: number,
    { surely, accepted }: { surely: number; accepted?: Accepted },
  ): NearPaper[] {
    const { chunks, size } = this;
    const found = nearestVectors(
      chunks.map(({ vectors }) => vectors),
      query,
      k,
      {
        candidates: Math.max(k, candidatesFor(surely, size)),
        gone: (segment) => chunks[segment]!.gone,
        numberOf: (segment, place) => chunks[segment]!.keys[place]!,
        ...(accepted ? { accepts: (segment) => placesOf(chunks[segment]!, accepted) } : {}),
      },
    );
    return found.map(({ segment, place, cosine }) => this.describe(segment * chunkSize + place, cosine));
  }

  private describe(at: number, cosine: number): NearPaper {
    return { key: this.chunks[Math.floor(at / chunkSize)]!.keys[at % chunkSize]!, cosine, at };
  }

  /** Where a paper stands, until the next change; -1 when it is not here. */
  placeOf(key: number): number {
    return this.places.get(key);
  }

  /** Cosines of the query with the given papers; 0 for those without a vector. */
  cosines(query: QueryVector, keys: readonly number[]): Float32Array {
    return this.cosinesAt(
      query,
      keys.map((key) => this.placeOf(key)),
    );
  }

  /** As `cosines`, of papers by their places. */
  cosinesAt(query: QueryVector, papers: readonly number[]): Float32Array {
    const found = new Float32Array(papers.length);
    splitByChunk(papers, this.chunks.length).forEach(({ places, at }, chunk) => {
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
    return at < 0 ? 0 : this.chunks[Math.floor(at / chunkSize)]!.stemLengths[at % chunkSize]!;
  }

  /** The bytes of a paper's vector (a view, until the next change, or a copy); null when it is not here. */
  rowOf(key: number): Int8Array | null {
    const at = this.placeOf(key);
    return at < 0 ? null : this.chunks[Math.floor(at / chunkSize)]!.vectors.rowAt(at % chunkSize);
  }

  /** Numbers of the parts there are, rising. */
  listParts(): number[] {
    return this.chunks.flatMap(({ size }, chunk) =>
      Array.from({ length: Math.ceil(size / partSize) }, (_, part) => chunk * partsPerChunk + part),
    );
  }

  /** Of these, the ones that are not as they were last written. */
  listChangedParts(): number[] {
    return [...this.changed].sort((a, b) => a - b);
  }

  /** A part as it is stored: views, until the next change, or copies. */
  readPart(number: number): StoredPart {
    const from = (number % partsPerChunk) * partSize;
    const chunk = this.chunks[Math.floor(number / partsPerChunk)]!;
    return chunk.read(from, Math.min(chunk.size, from + partSize));
  }

  /** The part, as it is now, has been taken for writing; `markChanged` takes that back. */
  markWritten(number: number): void {
    this.changed.delete(number);
  }

  markChanged(number: number): void {
    this.changed.add(number);
  }

  /**
   * Adds a stored part behind those there are; rising numbers. Parts are written one after another while papers may change:
   * a paper that stands twice counts where it stands last, and the changes since are applied again. Throws RangeError when
   * its parts do not fit.
   */
  addStored(number: number, part: StoredPart): void {
    const { keys } = part;
    if (keys.length > partSize) throw new RangeError("vectors: a part is too long");
    const index = Math.floor(number / partsPerChunk);
    while (this.chunks.length <= index) this.addChunk();
    const chunk = this.chunks[index]!;
    if (chunk.size !== (number % partsPerChunk) * partSize) throw new RangeError("vectors: a part lacks");
    const from = chunk.appendStored(part);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      if (key === freeKey) {
        chunk.gone.push(from + i);
        continue;
      }
      const earlier = this.places.get(key);
      if (earlier >= 0) this.free(key, earlier);
      this.places.set(key, index * chunkSize + from + i);
    }
  }
}

function placesOf(chunk: ShelfChunk, accepted: Accepted): Bits {
  const keys = accepted.table?.();
  return keys ? chunk.placesOf(keys) : chunk.placesThat((key) => key !== freeKey && accepted.has(key));
}
