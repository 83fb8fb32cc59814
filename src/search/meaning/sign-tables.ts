// What the first stage of the scan looks up: for every four components of the query, the sixteen sums that the signs of a
// document's four components can choose.
import { largestEntry } from "./vector-kernels.ts";

const group = 4;

/**
 * Sixteen bytes for each group of four components: entry e is the sum of ±query[i], + where bit i of e is set, moved and
 * scaled so that the smallest of a group is 0 and the largest of all is 63. The sum of a document's entries then rises
 * with the product of the query and the document's signs.
 */
export function makeSignTables(query: Float32Array | Int8Array): Uint8Array {
  const groups = query.length / group;
  let widest = 0;
  for (let g = 0; g < groups; g++) widest = Math.max(widest, spanOf(query, g));
  const scale = widest === 0 ? 0 : largestEntry / widest;
  const tables = new Uint8Array(groups * 16);
  const rises = new Float64Array(16);
  for (let g = 0; g < groups; g++) {
    rises[0] = riseOfNone(query, g);
    // An entry has one more sign set than one before it: that of its lowest bit.
    for (let entry = 1; entry < 16; entry++)
      rises[entry] = rises[entry & (entry - 1)]! + 2 * query[g * group + lowestBit(entry)]!;
    for (let entry = 0; entry < 16; entry++) tables[g * 16 + entry] = Math.round(rises[entry]! * scale);
  }
  return tables;
}

/** From the smallest sum of the group to the largest. */
function spanOf(query: Float32Array | Int8Array, g: number): number {
  let span = 0;
  for (let i = 0; i < group; i++) span += 2 * Math.abs(query[g * group + i]!);
  return span;
}

/** How far the sum of the entry with no sign set lies above the smallest. */
function riseOfNone(query: Float32Array | Int8Array, g: number): number {
  let rise = 0;
  for (let i = 0; i < group; i++) rise += 2 * Math.max(0, -query[g * group + i]!);
  return rise;
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
