// Where a page of answers ended, written so that the next one goes on there whatever came or went meanwhile. It holds the
// place (sort value and key) and, for relevance, the counts that words were weighed by on the first page: with them, what a
// paper scores does not change while one reads on.
import { AppError } from "../lib/errors.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import type { RankPins } from "./rank-pins.ts";
import type { SortPosition } from "./sort-answers.ts";
import { hashStems } from "./title-hash.ts";

export interface Cursor {
  /** Of the query and everything else that decides the order, as hashOrder gives it. */
  order: number;
  /** Answers on the pages before. */
  shown: number;
  position: SortPosition;
  pins: RankPins | null;
}

const version = 1;
const longest = 4_000;
/** What is written here is copied before the next cursor. */
const out = new ByteWriter(256);
const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);

/** Tells one order of answers from another. */
export function hashOrder(parts: readonly string[]): number {
  return hashStems(parts);
}

/** Letters that need no escaping in addresses. */
export function formatCursor({ order, shown, position, pins }: Cursor): string {
  out.clear();
  out.byte(version);
  out.uint32(order);
  out.varint(shown);
  out.byte(position.group);
  writeNumber(position.value);
  out.varint(position.key);
  if (pins) writePins(pins);
  return Buffer.from(out.data.buffer, 0, out.length).toString("base64url");
}

/** Throws AppError "bad-input" for what formatCursor has not written, or has written for another order. */
export function parseCursor(text: string, order: number): Cursor {
  const bytes = /^[\w-]+$/.test(text) && text.length <= longest ? Buffer.from(text, "base64url") : null;
  if (!bytes || bytes[0] !== version) throw badCursor("is no place in any results");
  const reader = new ByteReader(bytes, 1);
  const cursor: Cursor = {
    order: readUint32(reader),
    shown: reader.varint(),
    position: { group: reader.byte(), value: readNumber(reader), key: reader.varint() },
    pins: reader.atEnd ? null : readPins(reader),
  };
  if (reader.at !== bytes.length || Number.isNaN(cursor.position.value))
    throw badCursor("is no place in any results");
  if (cursor.order !== order) throw badCursor("is a place in the results of another search");
  return cursor;
}

function badCursor(what: string): AppError {
  return new AppError("bad-input", `The cursor ${what}.`, { remedy: "Start from the first page." });
}

function writePins({ documents, words, pairs, floor }: RankPins): void {
  out.varint(documents);
  for (const counts of [words, pairs]) {
    out.varint(counts.length);
    for (const count of counts) out.varint(count);
  }
  out.byte(floor ? 1 : 0);
  if (!floor) return;
  writeNumber(floor.score);
  writeNumber(floor.key);
}

function readPins(reader: ByteReader): RankPins {
  const documents = reader.varint();
  const [words, pairs] = [readCounts(reader), readCounts(reader)];
  const floor = reader.byte() === 1 ? { score: readNumber(reader), key: readNumber(reader) } : null;
  return { documents, words: words!, pairs: pairs!, floor };
}

function readCounts(reader: ByteReader): number[] {
  const length = reader.varint();
  // No query has more; what claims to is no cursor of ours.
  if (length > longest) throw badCursor("is no place in any results");
  return Array.from({ length }, () => reader.varint());
}

function writeNumber(value: number): void {
  double[0] = value;
  out.raw(doubleBytes);
}

function readNumber(reader: ByteReader): number {
  const bytes = new Uint8Array(8);
  for (let i = 0; i < 8; i++) bytes[i] = reader.atEnd ? 255 : reader.byte();
  return new Float64Array(bytes.buffer)[0]!;
}

function readUint32(reader: ByteReader): number {
  let value = 0;
  for (let shift = 0; shift < 32; shift += 8) value |= (reader.byte() ?? 0) << shift;
  return value >>> 0;
}
