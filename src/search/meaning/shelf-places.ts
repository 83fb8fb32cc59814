// Where a paper stands on the shelf of vectors: one number, of its chunk of memory and of its place within that.

/** Papers a chunk of memory takes. */
export const chunkSize = 65_536;
/** Papers a file takes: a change writes one of them anew. */
export const partSize = 8_192;
export const partsPerChunk = chunkSize / partSize;

/** Number of the part that a place of the shelf is in. */
export function partOf(at: number): number {
  return Math.floor(at / partSize);
}

/** Places of the shelf by chunk: those within the chunk, and where each stands in the list; what is below 0 is in none. */
export function splitByChunk(list: readonly number[], chunks: number): { places: number[]; at: number[] }[] {
  const parts = Array.from({ length: chunks }, () => ({ places: [] as number[], at: [] as number[] }));
  for (let i = 0; i < list.length; i++) {
    if (list[i]! < 0) continue;
    const part = parts[Math.floor(list[i]! / chunkSize)]!;
    part.places.push(list[i]! % chunkSize);
    part.at.push(i);
  }
  return parts;
}
