// Is this the file whose import was interrupted? By its size, its two ends, and how it is read.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

const endLength = 64 * 1024;

/** `reading`: what else decides which entries there are (name, format, …). Null for what cannot be read twice ("-", a pipe). */
export async function fingerprintFile(path: string, reading: readonly string[]): Promise<string | null> {
  if (path === "-") return null;
  await using file = await open(path);
  const found = await file.stat();
  if (!found.isFile()) return null;
  const hash = createHash("sha256").update(JSON.stringify([found.size, ...reading]));
  for (const position of [0, Math.max(0, found.size - endLength)]) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(endLength), 0, endLength, position);
    hash.update(buffer.subarray(0, bytesRead));
  }
  return hash.digest("hex");
}
