// After signing in, by whichever way: the cookies, and on to where the person wanted to be.
import type { Context } from "hono";
import { links } from "../links.ts";
import { keepPrivate } from "./private-page.ts";

/** `next` must have passed safeReturn. */
export function goOn(c: Context, cookies: readonly string[], next: string): Response {
  keepPrivate(c);
  for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
  return c.redirect(next === links.front() ? links.me() : next, 303);
}
