// Opaque tokens for links in letters: random, short enough for one line, stored as a hash where they are used once.
import { createHash, randomBytes } from "node:crypto";

/** 192 bits in 32 characters of the base64url alphabet. */
export function newToken(): string {
  return randomBytes(24).toString("base64url");
}

/** True for the form of a token; everything else is not even looked up. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{32}$/.test(text);
}

/** What is stored of a token that must not be read from the database. Looking up a hash needs no constant-time compare. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
