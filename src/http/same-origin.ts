// Tells a form sent from our own pages from one that another site makes a browser send (CSRF), without cookies or tokens.
import type { Context } from "hono";

/**
 * By Sec-Fetch-Site, which every current browser sends, else by Origin. Programs send neither; they act in nobody's name,
 * for there is nothing signed in. `ownOrigin`: the public address.
 */
export function isFromHere(c: Context, ownOrigin: string): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("Origin");
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host, origin: parsed } = new URL(origin);
  return parsed === new URL(ownOrigin).origin || host === c.req.header("Host");
}
