// HMAC with SHA-256 (RFC 2104, FIPS 180-4) of short texts under one key after the other: each letter has some forty, and
// node:crypto makes an object for each, which takes longer than the hashing.
import { hash } from "node:crypto";

const blockBytes = 64;

/** 32 bytes. The pads of the last key are kept: a letter's texts are all signed under its reader's. */
export function hmacSha256(key: string, text: string): Buffer {
  if (last?.key !== key) last = padsOf(key);
  const inner = hash("sha256", Buffer.concat([last.inner, Buffer.from(text)]), "buffer");
  return hash("sha256", Buffer.concat([last.outer, inner]), "buffer");
}

let last: { key: string; inner: Buffer; outer: Buffer } | null = null;

function padsOf(key: string) {
  const given = Buffer.from(key);
  const short = given.length > blockBytes ? hash("sha256", given, "buffer") : given;
  const padded = Buffer.concat([short], blockBytes);
  const xor = (value: number) => Buffer.from(padded.map((byte) => byte ^ value));
  return { key, inner: xor(0x36), outer: xor(0x5c) };
}
