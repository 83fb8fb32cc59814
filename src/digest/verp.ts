// Variable envelope return paths: each letter has its own address for what comes back, which names reader and letter and
// cannot be made up. The key is the reader's own secret token, so nothing else has to be kept.
import { createHmac, timingSafeEqual } from "node:crypto";
import { keyedHash } from "../lib/keyed-hash.ts";

export interface VerpLetter {
  readerPk: number;
  readerToken: string;
  messageId: string;
}

/** 80 bits. */
const sealLength = 20;

/** "bounces@example.org" -> "bounces+2s.0123456789abcdef0123@example.org"; lower case throughout, as some servers make it. */
export function verpAddress(bounceAddress: string, letter: VerpLetter): string {
  const at = bounceAddress.lastIndexOf("@");
  const tag = `${letter.readerPk.toString(36)}.${sealOf(letter)}`;
  return `${bounceAddress.slice(0, at)}+${tag}${bounceAddress.slice(at)}`;
}

export interface VerpTag {
  readerPk: number;
  /** To be compared by `isSealOf` before it is believed. */
  seal: string;
}

/** What the address claims; null when it is not one of ours. Any server may have changed the case of letters. Pure. */
export function parseVerpAddress(bounceAddress: string, address: string): VerpTag | null {
  const at = bounceAddress.lastIndexOf("@");
  const [local, domain] = [bounceAddress.slice(0, at), bounceAddress.slice(at)].map((s) => s.toLowerCase());
  const given = address.trim().toLowerCase();
  if (!given.startsWith(`${local}+`) || !given.endsWith(domain!)) return null;
  const tag = given.slice(local!.length + 1, given.length - domain!.length);
  const match = /^([0-9a-z]{1,10})\.([0-9a-f]{20})$/.exec(tag);
  return match ? { readerPk: Number.parseInt(match[1]!, 36), seal: match[2]! } : null;
}

export function isSealOf(seal: string, letter: VerpLetter): boolean {
  const given = Buffer.from(seal);
  return [sealOf(letter), earlierSealOf(letter)].some((text) => {
    const expected = Buffer.from(text);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function sealOf(letter: VerpLetter): string {
  return keyedHash(letter.readerToken, sealedText(letter), "hex").slice(0, sealLength);
}

/** Of letters from before 22 November 2026, which may still come back. */
function earlierSealOf(letter: VerpLetter): string {
  return createHmac("sha256", letter.readerToken)
    .update(sealedText(letter))
    .digest("hex")
    .slice(0, sealLength);
}

function sealedText({ readerPk, messageId }: VerpLetter): string {
  return `broadsheet verp\n${readerPk}\n${messageId}`;
}
