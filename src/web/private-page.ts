// Pages whose address holds a token: kept by no cache, told to nobody.
import type { Context } from "hono";

export function keepPrivate(c: Context): void {
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
}
