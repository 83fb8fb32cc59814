// "If-None-Match: *" (RFC 9110, 13.1.2): whoever asks so has some version and wants none. The tag middleware compares tags only.
import type { MiddlewareHandler } from "hono";

const aboutTheBody = ["Content-Type", "Content-Length", "Content-Encoding"];

export function answerAnyVersion(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    if (!isRead || c.res.status !== 200 || c.req.header("If-None-Match")?.trim() !== "*") return;
    await c.res.body?.cancel();
    const headers = new Headers(c.res.headers);
    for (const name of aboutTheBody) headers.delete(name);
    c.res = undefined;
    c.res = new Response(null, { status: 304, headers });
  };
}
