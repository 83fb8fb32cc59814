// Signed texts for the links of one letter: a mark on one paper, or the letter's web copy. The key is the reader's own token,
// so a link that is passed on opens nothing but what it names, and nobody makes another from it. Pure.
import { timingSafeEqual } from "node:crypto";
import type { Day } from "../lib/clock.ts";
import { hmacSha256 } from "../lib/hmac.ts";

export const markActs = ["more", "less", "save"] as const;
export type MarkAct = (typeof markActs)[number];

export interface MarkPass {
  readerPk: number;
  /** Day of the issue. */
  issue: Day;
  paperPk: number;
  act: MarkAct;
}

export type CopyPass = Pick<MarkPass, "readerPk" | "issue">;

export type Signed<T> = T & { signature: string };

const letters: Record<MarkAct, string> = { more: "m", less: "l", save: "s" };
const dayMs = 86_400_000;

/** "1a.f3k.2bc.m.<128 bits>" */
export function formatMarkPass(pass: MarkPass, token: string): string {
  const text = markText(pass);
  return `${text}.${sign(text, token)}`;
}

/** "1a.f3k.<128 bits>" */
export function formatCopyPass(pass: CopyPass, token: string): string {
  const text = copyText(pass);
  return `${text}.${sign(text, token)}`;
}

/** Null for what is no such text; whether it is genuine only the reader's token tells. */
export function parseMarkPass(text: string): Signed<MarkPass> | null {
  const match = /^([0-9a-z]{1,7})\.([0-9a-z]{1,4})\.([0-9a-z]{1,7})\.([mls])\.([\w-]{22})$/.exec(text);
  if (!match) return null;
  const act = markActs.find((name) => letters[name] === match[4])!;
  const [readerPk, paperPk] = [Number.parseInt(match[1]!, 36), Number.parseInt(match[3]!, 36)];
  return { readerPk, issue: readDay(match[2]!), paperPk, act, signature: match[5]! };
}

/** The same for a web copy. */
export function parseCopyPass(text: string): Signed<CopyPass> | null {
  const match = /^([0-9a-z]{1,7})\.([0-9a-z]{1,4})\.([\w-]{22})$/.exec(text);
  if (!match) return null;
  return { readerPk: Number.parseInt(match[1]!, 36), issue: readDay(match[2]!), signature: match[3]! };
}

export function isGenuineMark(pass: Signed<MarkPass>, token: string): boolean {
  return isEqual(pass.signature, sign(markText(pass), token));
}

export function isGenuineCopy(pass: Signed<CopyPass>, token: string): boolean {
  return isEqual(pass.signature, sign(copyText(pass), token));
}

function markText({ paperPk, act, ...letter }: MarkPass): string {
  return `${copyText(letter)}.${paperPk.toString(36)}.${letters[act]}`;
}

function copyText({ readerPk, issue }: CopyPass): string {
  return `${readerPk.toString(36)}.${(Date.parse(issue) / dayMs).toString(36)}`;
}

function readDay(text: string): Day {
  return new Date(Number.parseInt(text, 36) * dayMs).toISOString().slice(0, 10);
}

function sign(text: string, token: string): string {
  return hmacSha256(token, `letter\n${text}`).subarray(0, 16).toString("base64url");
}

function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
