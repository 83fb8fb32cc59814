// Faults of the answer as a whole: refusals, and documents that are not what they claim.
import type { Fault, FaultKind } from "./faults.ts";
import { formatRfc822 } from "./markup.ts";

type Strike = (kind: FaultKind) => Fault | undefined;

interface Refusal {
  status: number;
  headers: Record<string, string>;
  content: Buffer;
}

/** 503 or 429, when one of them strikes. */
export function refuseForFault(strike: Strike, now: Date): Refusal | null {
  const unavailable = strike("unavailable");
  if (unavailable) return refuse(503, "first byte timeout", { fault: unavailable, now });
  const tooMany = strike("too-many-requests");
  return tooMany ? refuse(429, "Rate exceeded.", { fault: tooMany, now }) : null;
}

function refuse(status: number, text: string, { fault, now }: { fault: Fault; now: Date }): Refusal {
  const { retryAfterSeconds, retryAfterAsDate } = fault;
  const headers: Record<string, string> = { "content-type": "text/html" };
  if (retryAfterSeconds !== undefined) {
    const until = new Date(now.getTime() + retryAfterSeconds * 1_000);
    headers["retry-after"] = retryAfterAsDate ? `${formatRfc822(until)} GMT` : String(retryAfterSeconds);
  }
  return { status, headers, content: Buffer.from(`<html><body>${text}</body></html>`) };
}

/** The document as bytes, spoiled when a fault strikes. */
export function spoil(text: string, strike: Strike): { content: Buffer; cut: boolean } {
  if (strike("wrong-encoding")) return { content: Buffer.from(spice(text), "latin1"), cut: false };
  if (strike("entity-bomb")) return { content: Buffer.from(plantBomb(text)), cut: false };
  const content = Buffer.from(text);
  if (strike("truncated"))
    return { content: content.subarray(0, Math.floor(content.length * 0.6)), cut: false };
  return { content, cut: strike("cut-connection") !== undefined };
}

/** Makes sure that there is something to go wrong: an é that Latin-1 writes as one byte, no valid UTF-8. */
function spice(text: string): string {
  return text.replace(/<\/(title|h1|repositoryName)>/, "é</$1>");
}

function plantBomb(text: string): string {
  const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`);
  const root = /<(rss|feed|OAI-PMH|html)\b/.exec(text)?.[1] ?? "html";
  const bomb = `<!DOCTYPE ${root} [<!ENTITY l0 "ha">${laughs.join("")}]>\n`;
  const body = text.replace(/<!DOCTYPE html>\n/, "");
  const planted = body.includes("?>") ? body.replace("?>", `?>\n${bomb}`) : `${bomb}${body}`;
  return planted.replace(/<\/(title|h1|responseDate)>/, "&l12;</$1>");
}
