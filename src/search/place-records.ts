// How the places of one posting are kept: field by field, as gaps; a field whose frequency the code cannot say says it first.
import { type ByteReader, type ByteWriter, longestVarint } from "./bytes.ts";
import type { IntList } from "./int-list.ts";
import { fieldCount, frequencyOf, maxFrequencies } from "./scoring.ts";
import { fieldShift } from "./segment.ts";

const placeMask = (1 << fieldShift) - 1;

/** Writes the record of the places data[start] to data[end] (not included), field in the upper bits, rising. */
export function writeRecord(
  out: ByteWriter,
  code: number,
  { data, start, end }: { data: Int32Array; start: number; end: number },
): void {
  out.reserve(longestVarint * (end - start + fieldCount));
  let at = start;
  for (let field = 0; field < fieldCount; field++) {
    const frequency = frequencyOf(code, field);
    if (frequency === 0) continue;
    let last = at + frequency;
    if (frequency === maxFrequencies[field]) {
      while (last < end && data[last]! >> fieldShift === field) last++;
      out.reservedVarint(last - at - frequency);
    }
    let before = 0;
    for (; at < last; at++) {
      const place = data[at]! & placeMask;
      out.reservedVarint(place - before);
      before = place;
    }
  }
}

/** By packed frequencies: numbers in the record; 0 where the record itself says how many. */
const recordLengths = Uint8Array.from({ length: 256 }, (_, code) => {
  const frequencies = maxFrequencies.map((_, field) => frequencyOf(code, field));
  if (frequencies.some((frequency, field) => frequency === maxFrequencies[field])) return 0;
  return frequencies.reduce((sum, frequency) => sum + frequency, 0);
});

/** Moves a reader past the record of a posting with these packed frequencies. */
export function skipRecord(reader: ByteReader, code: number): void {
  const left = recordLengths[code]!;
  if (left === 0) skipLongRecord(reader, code);
  else reader.at = skipNumbers(reader.bytes, reader.at, left);
}

/** Moves a reader past the records of the postings `from` to `to` (not included). */
export function skipRecords(reader: ByteReader, codes: Uint8Array, from: number, to: number): void {
  let left = 0;
  for (let i = from; i < to; i++) {
    const length = recordLengths[codes[i]!]!;
    left += length;
    if (length > 0) continue;
    reader.at = skipNumbers(reader.bytes, reader.at, left);
    left = 0;
    skipLongRecord(reader, codes[i]!);
  }
  reader.at = skipNumbers(reader.bytes, reader.at, left);
}

/**
 * Where so many numbers end that begin at `start`: bytes that end one are counted without a branch, which could not be foretold.
 * Past the end bytes are undefined and end a number: no endless loop.
 */
function skipNumbers(bytes: Uint8Array, start: number, count: number): number {
  let at = start;
  for (let left = count; left > 0; at++) left -= 1 - (bytes[at]! >> 7);
  return at;
}

function skipLongRecord(reader: ByteReader, code: number): void {
  for (let field = 0; field < fieldCount; field++) {
    const count = countPlaces(reader, code, field);
    reader.at = skipNumbers(reader.bytes, reader.at, count);
  }
}

/** Reads a record into `places`, field in the upper bits; returns how many there are. */
export function readRecord(reader: ByteReader, code: number, places: IntList): number {
  if (recordLengths[code] === 0) return readLongRecord(reader, code, places);
  const { bytes } = reader;
  places.length = 0;
  places.extend(recordLengths[code]!);
  const { data } = places;
  let { at } = reader;
  let count = 0;
  for (let field = 0; field < fieldCount; field++) {
    const end = count + frequencyOf(code, field);
    for (let place = field << fieldShift; count < end; data[count++] = place) {
      let next = bytes[at++]!;
      place += next & 127;
      for (let shift = 7; next > 127; shift += 7) {
        next = bytes[at++]!;
        place += (next & 127) << shift;
      }
    }
  }
  reader.at = at;
  return count;
}

function readLongRecord(reader: ByteReader, code: number, places: IntList): number {
  places.length = 0;
  for (let field = 0; field < fieldCount; field++) {
    const count = countPlaces(reader, code, field);
    const first = places.length;
    places.extend(count);
    let place = field << fieldShift;
    for (let i = first; i < first + count; i++) {
      place += reader.varint();
      places.data[i] = place;
    }
  }
  return places.length;
}

function countPlaces(reader: ByteReader, code: number, field: number): number {
  const frequency = frequencyOf(code, field);
  return frequency > 0 && frequency === maxFrequencies[field] ? frequency + reader.varint() : frequency;
}
