// Short ids for papers that arXiv does not have: made from the first record, so that the same paper gets the same id anywhere.
import { hash } from "node:crypto";

/** Crockford's base 32 without I, L, O, U: nothing that is misread or spells a word easily. */
const digits = "0123456789abcdefghjkmnpqrstvwxyz";
const letters = digits.slice(10);
const digitCount = 7;
const mintedId = /^[abcdefghjkmnpqrstvwxyz][0-9abcdefghjkmnpqrstvwxyz]{7}$/;

/**
 * A letter and seven digits, such as "k3vq80rd": 22 x 32^7 of them, so two of a million papers meet by chance about once
 * in two runs; then `attempt` goes up. The letter in front keeps it apart from arXiv ids. Always lower case.
 */
export function mintPaperId(source: string, sourceId: string, attempt = 0): string {
  const bytes = hash("sha256", `${source}\n${sourceId}\n${attempt}`, "buffer");
  let id = letters[bytes[0]! % letters.length]!;
  for (let i = 1; i <= digitCount; i += 1) id += digits[bytes[i]! % digits.length];
  return id;
}

/** True for what mintPaperId could have made. */
export function isMintedId(id: string): boolean {
  return mintedId.test(id);
}
