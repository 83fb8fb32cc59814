// Opens the file of a finished segment: checks the footer, reads and checks the tables, leaves the rest where it lies.
import { crc32 } from "node:zlib";
import type { ByteSource } from "./byte-source.ts";
import { readUint32 } from "./bytes.ts";
import { IndexDamage } from "./damage.ts";
import type { IndexCaches } from "./index-cache.ts";
import { Section } from "./section.ts";
import {
  bytesPerStep,
  endMark,
  type Footer,
  firstChecksum,
  formatVersion,
  type PagedSection,
  type TableSection,
  tableSections,
  trailerLength,
} from "./segment-format.ts";

export interface SegmentTables {
  footer: Footer;
  /** Reads a table of 32-bit numbers. */
  numbers(name: TableSection): Uint32Array;
  bytes(name: TableSection): Uint8Array;
  section(name: PagedSection): Section;
}

/** What of a segment is kept in memory. */
export interface LoadedTables {
  footer: Footer;
  tables: ReadonlyMap<TableSection, Uint8Array>;
}

/** Reads and checks them, in steps. Throws IndexDamage when the file is not a whole segment of this format. */
export function* loadTables(source: ByteSource): Generator<void, LoadedTables> {
  const footer = readFooter(source);
  const tables = new Map<TableSection, Uint8Array>();
  for (const name of tableSections) {
    tables.set(name, yield* readTable(source, footer, name));
  }
  return { footer, tables };
}

export function openTables(
  source: ByteSource,
  caches: IndexCaches,
  { footer, tables }: LoadedTables,
): SegmentTables {
  const bytes = (name: TableSection) => tables.get(name)!;
  const checksums = new Uint32Array(bytes("checksums").buffer);
  return {
    footer,
    bytes,
    numbers: (name) => new Uint32Array(bytes(name).buffer),
    section(name) {
      const { offset, length } = footer.sections[name];
      const first = firstChecksum(name, footer.sections);
      return new Section({
        source,
        offset,
        length,
        checksums: checksums.subarray(first),
        cache: caches.pages,
        serial: caches.nextSerial(),
      });
    },
  };
}

function readFooter(source: ByteSource): Footer {
  if (source.size < trailerLength) throw new IndexDamage(source.name, "is too short");
  const trailer = source.read(source.size - trailerLength, trailerLength);
  const length = readUint32(trailer, 0);
  if (readUint32(trailer, 8) !== endMark || length > source.size - trailerLength) {
    throw new IndexDamage(source.name, "has no end mark");
  }
  const bytes = source.read(source.size - trailerLength - length, length);
  if (crc32(bytes) !== readUint32(trailer, 4)) throw new IndexDamage(source.name, "has a damaged footer");
  const footer = JSON.parse(new TextDecoder().decode(bytes)) as Footer;
  if (footer.format !== formatVersion) throw new IndexDamage(source.name, `has format ${footer.format}`);
  return footer;
}

function* readTable(source: ByteSource, footer: Footer, name: TableSection): Generator<void, Uint8Array> {
  const { offset, length, checksum } = footer.sections[name];
  const bytes = new Uint8Array(length);
  let own = 0;
  for (let start = 0; start < length; start += bytesPerStep) {
    const piece = source.read(offset + start, Math.min(bytesPerStep, length - start));
    bytes.set(piece, start);
    own = crc32(piece, own);
    yield;
  }
  if (own !== checksum) throw new IndexDamage(source.name, `is damaged in its table "${name}"`);
  return bytes;
}
