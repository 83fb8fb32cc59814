// Where the bytes of a finished segment lie: in a file, read piece by piece, or in memory.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { IndexDamage } from "./damage.ts";

export interface ByteSource {
  /** Named in reports of damage. */
  readonly name: string;
  readonly size: number;
  /** An aligned copy: fresh, or in the room given where that is large enough. Throws IndexDamage when the bytes are not there. */
  read(offset: number, length: number, room?: Uint8Array): Uint8Array;
  close(): void;
}

/** Opens a file for reading; it can be deleted meanwhile by another process. Throws what the system throws (ENOENT). */
export function openFileSource(path: string): ByteSource {
  const fd = openSync(path, "r");
  const name = basename(path);
  const size = fstatSync(fd).size;
  let open = true;
  return {
    name,
    size,
    read(offset, length, room) {
      // All of it is written below: zeros before would be a tenth of the work.
      const fits = room !== undefined && room.length >= length;
      const bytes = fits ? room.subarray(0, length) : new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
      let done = 0;
      while (done < length) {
        const count = readSync(fd, bytes, done, length - done, offset + done);
        if (count === 0) throw new IndexDamage(name, `ends at byte ${offset + done}, too early`);
        done += count;
      }
      return bytes;
    },
    close() {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read(offset, length) {
      if (offset + length > bytes.length)
        throw new IndexDamage(name, `ends at byte ${bytes.length}, too early`);
      return bytes.slice(offset, offset + length);
    },
    close() {},
  };
}
