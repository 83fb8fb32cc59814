// What every answer forbids the browser: one middleware, so that no page can forget it.
import type { MiddlewareHandler } from "hono";

/** Nothing inline, nothing from elsewhere: the pages are built so that this needs no exception. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "script-src 'self'",
  // The worker that shows kept editions without a network, and what home screens read.
  "worker-src 'self'",
  "manifest-src 'self'",
  // The page of the first harvest asks itself how far it is.
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers: Readonly<Record<string, string>> = {
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  // The path of an unsubscribe page holds a token: nothing of it may travel.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

/** Sets the headers on every answer, errors included. */
export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    await next();
  };
}
