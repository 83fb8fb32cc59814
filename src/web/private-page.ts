// Pages that are one person's, or whose address holds a token: kept by no cache, told to nobody.
import type { Context } from "hono";
import { isLoopback } from "../config.ts";

export function keepPrivate(c: Context): void {
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
}

/**
 * For pages whose token signs somebody in: not even our own server is told the address again. A browser that is told so
 * sends "Origin: null" with the form, so this is asked only where it says Sec-Fetch-Site beside it: over https and on
 * this machine. Elsewhere the site's own policy (same-origin) stays.
 */
export function sendNoReferrer(c: Context, baseUrl: string): void {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === "https:" || isLoopback(hostname)) c.header("Referrer-Policy", "no-referrer");
}
