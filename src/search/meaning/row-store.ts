// Vectors that are not kept in the memory they are scanned in: a scan needs only their signs, and of the few it chooses the bytes
// are fetched from here. On disk they cost a machine with little memory a fifth of what they do otherwise.
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

export interface RowStore {
  /** Adds rows behind those there are, side by side. Throws the system's error when the disk is full. */
  append(rows: Int8Array): void;
  /** The rows of the given places, side by side, into `to`, which is as long. */
  read(places: ArrayLike<number>, to: Int8Array): void;
}

/** Rows that somebody else keeps in memory; they are all there, so that none are added. */
export function keptRows(rows: Int8Array, dimension: number): RowStore {
  return {
    append() {},
    read(places, to) {
      for (let i = 0; i < places.length; i++) {
        const at = places[i]! * dimension;
        to.set(rows.subarray(at, at + dimension), i * dimension);
      }
    },
  };
}

let made = 0;

/** Files of stores that nobody uses any more are closed. */
const unused = new FinalizationRegistry<number>((file) => closeSync(file));

/**
 * Rows in a file without a name, which is gone with the process however that ends: they are in files with checksums already,
 * or will be. What of it is read often the system keeps in memory that it can take back.
 */
export class DiskRows implements RowStore {
  private readonly file: number;
  private readonly dimension: number;
  private bytes = 0;

  /** The folder is made where it is missing. */
  constructor(folder: string, dimension: number) {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `rows-${process.pid}-${made++}.scratch`);
    this.file = openSync(path, "wx+", 0o600);
    rmSync(path);
    this.dimension = dimension;
    unused.register(this, this.file);
  }

  append(rows: Int8Array): void {
    for (let done = 0; done < rows.length; )
      done += writeSync(this.file, rows, done, rows.length - done, this.bytes + done);
    this.bytes += rows.length;
  }

  read(places: ArrayLike<number>, to: Int8Array): void {
    const { dimension, file } = this;
    for (let i = 0; i < places.length; ) {
      const first = places[i]!;
      let run = 1;
      while (i + run < places.length && places[i + run] === first + run) run++;
      readWhole(file, to.subarray(i * dimension, (i + run) * dimension), first * dimension);
      i += run;
    }
  }
}

function readWhole(file: number, to: Int8Array, position: number): void {
  for (let done = 0; done < to.length; ) {
    const read = readSync(file, to, done, to.length - done, position + done);
    if (read === 0) throw new RangeError("vectors: a row lies behind the end of its file");
    done += read;
  }
}
