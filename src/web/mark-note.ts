// What was done, carried over one redirect in a cookie that is read once: so the address stays clean and no link can forge it.
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { cookiePrefixOf, isSecure } from "../accounts/accounts.ts";
import type { PageDeps } from "./deps.ts";
import type { MarkNote } from "./keeper-context.ts";

/** A redirect is followed at once, or not at all. */
const maxAgeSeconds = 60;
const longestText = 160;

function nameOf({ baseUrl }: Pick<PageDeps, "baseUrl">): string {
  return `${cookiePrefixOf(baseUrl())}.marked`;
}

function setNote(c: Context, deps: PageDeps, value: string, seconds: number): void {
  const secure = isSecure(deps.baseUrl()) ? "; Secure" : "";
  c.header(
    "Set-Cookie",
    `${nameOf(deps)}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`,
    {
      append: true,
    },
  );
}

export function keepNote(c: Context, deps: PageDeps, { text, undo }: MarkNote): void {
  const shown = text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
  const packed = Buffer.from(JSON.stringify([shown.toWellFormed(), undo])).toString("base64url");
  setNote(c, deps, packed, maxAgeSeconds);
}

/** Null without one; it is gone with this answer. */
export function takeNote(c: Context, deps: PageDeps): MarkNote | null {
  const packed = getCookie(c, nameOf(deps));
  if (!packed) return null;
  setNote(c, deps, "", 0);
  try {
    const [text, undo] = JSON.parse(Buffer.from(packed, "base64url").toString()) as unknown[];
    return typeof text === "string" && typeof undo === "string" ? { text, undo } : null;
  } catch {
    return null;
  }
}
