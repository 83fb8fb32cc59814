// How a finished segment lies in its file; docs/search.md draws it. Numbers are little-endian, as every platform of Node has them.

/** Another number means other bytes: such files are not read, the index is built anew. */
export const formatVersion = 4;

/** Read by pages, each with its checksum. */
export const pagedSections = ["inverted", "stored", "columns"] as const;
/** Read whole when the segment is opened. */
export const tableSections = [
  "checksums",
  "terms",
  "termBlocks",
  "termPapers",
  "postingStarts",
  "placeStarts",
  "commonTerms",
  "titledStarts",
  "largest",
  "keys",
  "lengths",
  "titleHashes",
  "storedEnds",
  "labelNames",
] as const;

export type PagedSection = (typeof pagedSections)[number];
export type TableSection = (typeof tableSections)[number];

export interface SectionPlace {
  offset: number;
  length: number;
  /** CRC-32 of the whole; for paged sections the pages' are in the section "checksums". */
  checksum: number;
}

/** The footer, as JSON; after it 12 bytes: its length, its CRC-32, the mark. */
export interface Footer {
  format: number;
  papers: number;
  terms: number;
  sections: Record<PagedSection | TableSection, SectionPlace>;
}

export const endMark = 0x47455342; // "BSEG"
export const trailerLength = 12;

/** Paged sections are read and checked by pages of so many bytes. */
export const pageBits = 14;
export const pageSize = 1 << pageBits;

/** Bytes of long parts that are read or written between two yields: less than a millisecond. */
export const bytesPerStep = 1 << 19;

/** Offsets in a paged section are kept in 32 bits, that of its end too. */
export const mostSectionBytes = 2 ** 32 - 1;

/** Stems share their beginnings within blocks of so many; the first of a block is whole. */
export const termsPerBlock = 16;
/**
 * Of terms in so many papers or more what every query asks is stored (titled-lists.ts, largest-bounds.ts): told from a million
 * postings it takes milliseconds.
 */
export const leastCommon = 4096;

/** Of a term that so many of the papers hold a bit for each paper is kept, which is no longer than the gaps between them. */
export function isKeptAsBits(count: number, papers: number): boolean {
  return count * 8 >= papers;
}

/** Places can be reached at every posting of this number. */
export const placeGroupBits = 3;

/** Index of a paged section's first page checksum in the table of all. */
export function firstChecksum(name: PagedSection, sections: Footer["sections"]): number {
  let first = 0;
  for (const other of pagedSections) {
    if (other === name) break;
    first += Math.ceil(sections[other].length / pageSize);
  }
  return first;
}
