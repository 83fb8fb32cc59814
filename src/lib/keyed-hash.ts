// Many short texts authenticated under one key, cheaply: SHA3-512 of key and text (FIPS 202). Hashes of this kind cannot be gone
// on with by who knows their end, so the key before the text is enough (Bertoni et al., Cryptographic sponge functions, §5.11).
import { hash } from "node:crypto";

/**
 * 86 characters of the base64url alphabet, 6 bits each, or 128 of "hex"; any of them are as good as others, so one answer can sign
 * several things. The key must have no line end, as tokens do (link-token.ts).
 */
export function keyedHash(key: string, text: string, encoding: "base64url" | "hex" = "base64url"): string {
  return hash("sha3-512", `${key}\n${text}`, encoding);
}
