// BM25F (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", §3.6): what one term's occurrences in the
// fields of one paper are worth. Pure; the constants are explained in docs/search.md.

/** The fields, in the order of all per-field arrays. */
export const fields = ["title", "abstract", "authors"] as const;
export const fieldCount = fields.length;

/** Stems looked at in each field: bounds the work a hostile record can cause. */
export const maxStems = [512, 20_000, 20_000] as const;

/** How much an occurrence in the field counts. */
const weights = [6, 1, 3];
/** How far the field's length tells: 0 not at all, 1 fully. */
const lengthShares = [0.5, 0.6, 0.3];
/**
 * Ordinary field lengths (mean stems over 87,326 conference papers). Constants instead of the collection's running means,
 * so that a paper's part of a score never depends on its neighbours.
 */
const pivots = [10, 165, 12];
/** How soon repetitions stop to tell. */
const saturation = 1.4;

/** Frequencies of a term in the three fields of a paper, in one byte: 2 bits title, 4 abstract, 2 authors, saturating. */
export function packFrequencies(title: number, abstract: number, authors: number): number {
  return (Math.min(title, 3) << 6) | (Math.min(abstract, 15) << 2) | Math.min(authors, 3);
}

/** Largest frequency that each field's bits can say: there, "at least". */
export const maxFrequencies = [3, 15, 3] as const;

export function frequencyOf(code: number, field: number): number {
  return field === 0 ? code >> 6 : field === 1 ? (code >> 2) & 15 : code & 3;
}

/** A field's length as a byte: exact below 128, then sixteen steps an octave. */
export function packLength(length: number): number {
  return length < 128 ? length : Math.min(255, 128 + Math.floor(Math.log2(length / 128) * 16));
}

function unpackLength(byte: number): number {
  return byte < 128 ? byte : 128 * 2 ** ((byte - 128) / 16);
}

/** The three packed lengths of a paper in one number. */
export function packLengths(title: number, abstract: number, authors: number): number {
  return packLength(title) | (packLength(abstract) << 8) | (packLength(authors) << 16);
}

function fieldTable(field: number): Float32Array {
  const most = maxFrequencies[field]!;
  const table = new Float32Array((most + 1) * 256);
  for (let frequency = 0; frequency <= most; frequency++) {
    for (let byte = 0; byte < 256; byte++) {
      const share = lengthShares[field]!;
      const norm = 1 - share + (share * unpackLength(byte)) / pivots[field]!;
      table[frequency * 256 + byte] = (weights[field]! * frequency) / norm;
    }
  }
  return table;
}

const titleTable = fieldTable(0);
const abstractTable = fieldTable(1);
const authorsTable = fieldTable(2);

/** What a term's occurrences (packed) are worth in a paper of these packed lengths: 0 to below 1, times its idf. */
export function impactOf(code: number, lengths: number): number {
  const sum =
    titleTable[((code >> 6) << 8) | (lengths & 255)]! +
    abstractTable[((code << 6) & 0xf00) | ((lengths >> 8) & 255)]! +
    authorsTable[((code & 3) << 8) | ((lengths >> 16) & 255)]!;
  return sum / (saturation + sum);
}

/** Weight of a term that `frequency` of `documents` papers hold; always above 0. */
export function inverseDocumentFrequency(frequency: number, documents: number): number {
  return Math.log(1 + (Math.max(0, documents - frequency) + 0.5) / (frequency + 0.5));
}

/** What an occurrence in each field counts, for explanations. */
export const fieldWeights: readonly number[] = weights;

/** Parts of a term's impact that its occurrences in title, abstract and authors have, before they saturate together; they add up to 1. */
export function fieldPartsOf(
  code: number,
  lengths: number,
): [title: number, abstract: number, authors: number] {
  const title = titleTable[((code >> 6) << 8) | (lengths & 255)]!;
  const abstract = abstractTable[((code << 6) & 0xf00) | ((lengths >> 8) & 255)]!;
  const authors = authorsTable[((code & 3) << 8) | ((lengths >> 16) & 255)]!;
  const sum = title + abstract + authors;
  return sum === 0 ? [0, 0, 0] : [title / sum, abstract / sum, authors / sum];
}
