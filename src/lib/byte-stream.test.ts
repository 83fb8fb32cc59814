import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ByteStream, openByteStream } from "./byte-stream.ts";
import { AppError } from "./errors.ts";

let folder: string;
const text = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${(index * 7919) % 104_729}\n`).join(
  "",
);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "byte-stream-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function put(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** What was delivered, and the error that ended it. */
async function drain(stream: ByteStream): Promise<{ text: string; error: unknown }> {
  const parts: Uint8Array[] = [];
  try {
    for await (const chunk of stream) parts.push(chunk);
    return { text: Buffer.concat(parts).toString(), error: null };
  } catch (error) {
    return { text: Buffer.concat(parts).toString(), error };
  }
}

describe("openByteStream", () => {
  test.each([
    ["plain.txt", Buffer.from(text)],
    ["named-text.txt", gzipSync(text)],
    ["packed.zst", zstdCompressSync(Buffer.from(text))],
    ["empty.txt", Buffer.alloc(0)],
    ["two-bytes.txt", Buffer.from("ab")],
    ["several-members.gz", Buffer.concat([gzipSync("one "), gzipSync("two")])],
  ])("reads %s by its first bytes", async (name, bytes) => {
    const stream = await openByteStream(await put(name, bytes));
    expect(stream.size).toBe(bytes.length);
    const expected = name.startsWith("empty")
      ? ""
      : name.startsWith("two-")
        ? "ab"
        : name.startsWith("several")
          ? "one two"
          : text;
    expect(await drain(stream)).toEqual({ text: expected, error: null });
    expect(stream.bytesRead()).toBe(bytes.length);
  });

  test("peek shows the beginning and loses nothing of it", async () => {
    const stream = await openByteStream(await put("peek.gz", gzipSync(text)));
    const head = await stream.peek();
    expect(head.length).toBe(64 * 1024);
    expect(Buffer.from(head).toString()).toBe(text.slice(0, 64 * 1024));
    expect(await drain(stream)).toEqual({ text, error: null });
  });

  test.each([
    ["gzip", gzipSync(text)],
    ["zstd", zstdCompressSync(Buffer.from(text))],
  ])("a truncated %s file gives what could be read, then says which file is damaged", async (name, whole) => {
    const path = await put(`cut.${name}`, whole.subarray(0, whole.length - 2_000));
    const { text: read, error } = await drain(await openByteStream(path));
    expect(text.startsWith(read)).toBe(true);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "bad-input", message: expect.stringContaining(path) });
    if (name === "gzip") expect(read.length).toBeGreaterThan(1_000);
  });

  test("a corrupt gzip file found during peek still delivers its beginning before the error", async () => {
    const whole = gzipSync(text.slice(0, 30_000));
    const stream = await openByteStream(await put("corrupt.gz", whole.subarray(0, whole.length - 500)));
    const head = await stream.peek();
    expect(head.length).toBeGreaterThan(100);
    const { text: read, error } = await drain(stream);
    expect(read.startsWith(Buffer.from(head).toString())).toBe(true);
    expect(error).toMatchObject({ code: "bad-input" });
  });

  test("says plainly that there is no such file, and that a folder is no file", async () => {
    await expect(openByteStream(join(folder, "absent"))).rejects.toThrow(/absent: there is no such file/);
    await expect(openByteStream(folder)).rejects.toThrow(/is not a file/);
  });

  test("reads standard input for -", async () => {
    async function* input() {
      yield gzipSync("from a pipe");
    }
    const stream = await openByteStream("-", { standardInput: input() });
    expect(stream.size).toBe(0);
    expect(await drain(stream)).toEqual({ text: "from a pipe", error: null });
  });

  test("can be closed half way", async () => {
    const stream = await openByteStream(await put("half.txt", text));
    await stream.peek();
    await stream.close();
    expect((await drain(stream)).error).toBeNull();
  });
});
