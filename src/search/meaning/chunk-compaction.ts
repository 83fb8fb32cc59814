// A chunk of the shelf written anew without the places of removed papers, some at a time: a query would wait for all of it.
import { freeKey, type OpenRows, ShelfChunk } from "./shelf-chunk.ts";
import { chunkSize } from "./shelf-places.ts";

/** Places looked at in a step: some hundredths of a millisecond, so that a chunk takes a thousand steps. */
const placesPerStep = 64;

export class ChunkCompaction {
  /** The papers looked at so far, in the same order. */
  readonly fresh: ShelfChunk;
  private readonly chunk: ShelfChunk;
  /** By place that was looked at: where its paper stands in the fresh chunk. */
  private readonly moved = new Int32Array(chunkSize);
  private next = 0;

  constructor(chunk: ShelfChunk, openRows: OpenRows | null) {
    this.chunk = chunk;
    this.fresh = new ShelfChunk(chunk.vectors.dimension, chunk.size - chunk.gone.length, openRows);
  }

  /** Looks at the next places; true: those were the last. */
  step(): boolean {
    const { chunk, moved } = this;
    const end = Math.min(chunk.size, this.next + placesPerStep);
    for (; this.next < end; this.next++) {
      if (chunk.keys[this.next] === freeKey) continue;
      moved[this.next] = this.fresh.size;
      this.fresh.appendStored(chunk.read(this.next, this.next + 1));
    }
    return end === chunk.size;
  }

  /** A paper was removed from the chunk; its place there. */
  free(place: number): void {
    if (place < this.next) this.fresh.free(this.moved[place]!);
  }
}
