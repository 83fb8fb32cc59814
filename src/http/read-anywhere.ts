// Reading from scripts of other sites (CORS, Fetch standard 3.2), without what a browser knows of its owner.
import type { Context, MiddlewareHandler } from "hono";
import type { DoorDeps } from "./deps.ts";

const told = "ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy";

/**
 * Public answers may be read from every site, others only with a token in the request: on a private instance, and for what
 * is one reader's own, the browser's cookie or the machine it runs on would speak for somebody who never asked.
 */
export function allowReading({ config }: Pick<DoorDeps, "config">): MiddlewareHandler {
  return async (c, next) => {
    const open = !config.private && !isPersonal(c.req.path);
    if (c.req.method === "OPTIONS" && c.req.header("Access-Control-Request-Method")) return answerAsked(c);
    if (open || c.req.header("Authorization") !== undefined) {
      c.header("Access-Control-Allow-Origin", "*");
      c.header("Access-Control-Expose-Headers", told);
      c.header("Cross-Origin-Resource-Policy", "cross-origin");
    }
    await next();
  };
}

function isPersonal(path: string): boolean {
  return path.startsWith("/api/v1/me") || path.startsWith("/feeds/of/");
}

/** The answer to a browser that asks before it asks. */
function answerAsked(c: Context): Response {
  return c.body(null, 204, {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
  });
}
