// A file (or standard input) as decoded bytes: gzip and zstd are recognised by their first bytes, whatever the name says.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { AppError } from "./errors.ts";

export interface ByteStream extends AsyncIterable<Uint8Array> {
  /** Bytes on disk, compressed as they are; 0 for standard input. For progress. */
  size: number;
  /** How many of them were read. */
  bytesRead(): number;
  /** The first 64 KiB of decoded bytes (fewer when there are fewer); they are still delivered afterwards. */
  peek(): Promise<Uint8Array>;
  /** Releases the file when it is not read to its end. */
  close(): Promise<void>;
}

export interface ByteStreamOptions {
  /** What "-" reads. */
  standardInput?: AsyncIterable<Uint8Array>;
}

const peekLength = 64 * 1024;
/** Decoded at once. With the 16 KiB of Node a twentieth of reading a snapshot is asking for the next. */
const chunkSize = 128 * 1024;

/** Opens the file for one pass. Throws bad-input when there is no such file, it is a folder, or may not be read. */
export async function openByteStream(
  path: string,
  { standardInput = process.stdin }: ByteStreamOptions = {},
): Promise<ByteStream> {
  const size = path === "-" ? 0 : await fileSize(path);
  const source = path === "-" ? standardInput : createReadStream(path, { highWaterMark: 256 * 1024 });
  let read = 0;
  const counted = count(source, (length) => {
    read += length;
  });
  const name = path === "-" ? "standard input" : path;
  return { size, bytesRead: () => read, ...peekable(decode(counted, name)) };
}

async function fileSize(path: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (found.isFile() || found.isFIFO() || found.isCharacterDevice()) return found.size;
  throw new AppError("bad-input", `${path} is not a file.`, {
    remedy: "Name the files themselves, for example with a * at the end.",
  });
}

function unreadable(path: string, cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? cause.code : "";
  const why =
    code === "ENOENT" ? "there is no such file" : code === "EACCES" ? "it may not be read" : String(cause);
  return new AppError("bad-input", `Cannot read ${path}: ${why}.`, {
    remedy: "Check the name and the permissions.",
    cause,
  });
}

async function* count(
  source: AsyncIterable<Uint8Array>,
  add: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    add(chunk.length);
    yield chunk;
  }
}

/** Looks at the first four bytes and puts the matching decoder in between. */
async function* decode(source: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const { head, rest } = await takeHead(source, 4);
  const compression = compressionOf(head);
  if (compression === null) {
    yield* guard(rest, name);
    return;
  }
  const decoder = compression === "gzip" ? createGunzip({ chunkSize }) : createZstdDecompress({ chunkSize });
  const bytes = Readable.from(rest, { objectMode: false });
  // pipe alone does not carry an error of the file over to the decoder.
  bytes.on("error", (error) => decoder.destroy(error));
  bytes.pipe(decoder);
  try {
    yield* decoder;
  } catch (cause) {
    throw broken(name, compression, cause);
  } finally {
    bytes.destroy();
    decoder.destroy();
  }
}

async function* guard(source: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

function compressionOf(head: Uint8Array): "gzip" | "zstd" | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd ? "zstd" : null;
}

function broken(name: string, compression: string, cause: unknown): AppError {
  return new AppError("bad-input", `${name} is damaged: its ${compression} data ends early or is corrupt.`, {
    remedy: "What could be read was taken; fetch the file again and repeat the import for the rest.",
    cause,
  });
}

/** The first `length` bytes or all there are, and a stream that begins with them again. */
async function takeHead(source: AsyncGenerator<Uint8Array>, length: number) {
  const parts: Uint8Array[] = [];
  let held = 0;
  while (held < length) {
    const next = await source.next();
    if (next.done) break;
    parts.push(next.value);
    held += next.value.length;
  }
  return { head: Buffer.concat(parts), rest: chain(parts, source) };
}

async function* chain(first: Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

function peekable(
  source: AsyncGenerator<Uint8Array>,
): Pick<ByteStream, "peek" | "close"> & AsyncIterable<Uint8Array> {
  let held: Uint8Array[] = [];
  let failure: unknown;
  return {
    async peek() {
      let length = held.reduce((sum, part) => sum + part.length, 0);
      try {
        while (length < peekLength) {
          const next = await source.next();
          if (next.done) break;
          held.push(next.value);
          length += next.value.length;
        }
      } catch (error) {
        // A damaged file still delivers what came before; the error is thrown in its place.
        failure = error;
      }
      return Buffer.concat(held).subarray(0, peekLength);
    },
    async *[Symbol.asyncIterator]() {
      const first = held;
      held = [];
      yield* first;
      if (failure !== undefined) throw failure;
      yield* source;
    },
    async close() {
      await source.return(undefined);
    },
  };
}
