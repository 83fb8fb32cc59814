// Signed texts for the links of one letter: a mark on one paper, or the letter's web copy. The key is the reader's own token,
// so a link that is passed on opens nothing but what it names, and nobody makes another from it. Pure.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Day } from "../lib/clock.ts";
import { keyedHash } from "../lib/keyed-hash.ts";

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
const signatureLength = 22;
const dayMs = 86_400_000;

/** What may be said to one paper: "1a.f3k.2bc.m.<132 bits>" and so on. */
export function formatMarkPasses(paper: Omit<MarkPass, "act">, token: string): Record<MarkAct, string> {
  const text = paperText(paper);
  const signed = keyedHash(token, text);
  const [more, less, save] = markActs.map((act) => `${text}.${letters[act]}.${signatureOf(act, signed)}`);
  return { more: more!, less: less!, save: save! };
}

/** "1a.f3k.<132 bits>" */
export function formatCopyPass(pass: CopyPass, token: string): string {
  const text = copyText(pass);
  return `${text}.${keyedHash(token, text).slice(0, signatureLength)}`;
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
  const text = paperText(pass);
  const signed = signatureOf(pass.act, keyedHash(token, text));
  const earlier = signAsEarlier(`${text}.${letters[pass.act]}`, token);
  return isEqual(pass.signature, signed) || isEqual(pass.signature, earlier);
}

export function isGenuineCopy(pass: Signed<CopyPass>, token: string): boolean {
  const text = copyText(pass);
  const signed = keyedHash(token, text).slice(0, signatureLength);
  return isEqual(pass.signature, signed) || isEqual(pass.signature, signAsEarlier(text, token));
}

/** One hash signs the three acts: each has its own part of it. */
function signatureOf(act: MarkAct, signed: string): string {
  const from = markActs.indexOf(act) * signatureLength;
  return signed.slice(from, from + signatureLength);
}

function paperText({ paperPk, ...letter }: Omit<MarkPass, "act">): string {
  return `${copyText(letter)}.${paperPk.toString(36)}`;
}

function copyText({ readerPk, issue }: CopyPass): string {
  return `${readerPk.toString(36)}.${(Date.parse(issue) / dayMs).toString(36)}`;
}

function readDay(text: string): Day {
  return new Date(Number.parseInt(text, 36) * dayMs).toISOString().slice(0, 10);
}

/** Letters from before 22 November 2026 signed each link by itself. */
function signAsEarlier(text: string, token: string): string {
  return createHmac("sha256", token).update(`letter\n${text}`).digest().toString("base64url", 0, 16);
}

function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
