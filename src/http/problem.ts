// What goes wrong, told to programs: problem documents (RFC 9457), one shape for every door that is not read by people.
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError } from "../lib/errors.ts";
import type { Log } from "../lib/log.ts";
import { links } from "../links.ts";

/** Stable, machine-readable reasons. */
export type ProblemCode =
  | "bad-input"
  | "token"
  | "sign-in"
  | "role"
  | "scope"
  | "not-found"
  | "method"
  | "limit"
  | "busy"
  | "internal";

export interface ProblemDocument {
  code: ProblemCode;
  /** A sentence: what is wrong with this request. */
  detail: string;
}

const kinds: Readonly<Record<ProblemCode, { status: ContentfulStatusCode; title: string }>> = {
  "bad-input": { status: 400, title: "The request says something that is not understood." },
  token: { status: 401, title: "This token is not known here." },
  "sign-in": { status: 401, title: "This needs a token." },
  role: { status: 403, title: "This account may not do that." },
  scope: { status: 403, title: "This token does not allow that." },
  "not-found": { status: 404, title: "There is nothing at this address." },
  method: { status: 405, title: "This address is only read." },
  limit: { status: 429, title: "Too many requests." },
  busy: { status: 503, title: "Too much is asked at once." },
  internal: { status: 500, title: "Something broke here, not with you." },
};

/** Every code with its status. */
export const problemKinds = Object.entries(kinds).map(([code, { status }]) => ({ code, status }));

/** True for addresses that programs read: whatever goes wrong there is told as a document and not as a page. */
export function speaksDocuments(path: string): boolean {
  return /^\/(?:api|mcp|feeds)\//.test(path) || path === "/mcp";
}

/** True for addresses of the hub's API: its programs look for the sentence in `error`, and in a header. */
export function isHubAddress(path: string): boolean {
  return /^\/api\/(?!v\d+\/)/.test(path);
}

/** Answers with a problem. `base` is the public address, so that `type` is absolute as RFC 9457 recommends. */
export function answerProblemDocument(c: Context, base: string, { code, detail }: ProblemDocument): Response {
  const { status, title } = kinds[code];
  const body = { type: `${base}${links.api()}#${code}`, title, status, detail, code };
  const asHub = isHubAddress(c.req.path);
  if (asHub) c.header("X-Error-Message", detail.replace(/[^\x20-\x7e]/g, "?"));
  if (status === 401) c.header("WWW-Authenticate", 'Bearer realm="Broadsheet"');
  if (status !== 404) c.header("Cache-Control", "no-store");
  return c.body(JSON.stringify(asHub ? { ...body, error: detail } : body), status, {
    "Content-Type": "application/problem+json",
  });
}

const codesOf = { "bad-input": "bad-input", "not-found": "not-found" } as const;

/** What a program can mend is told; anything else is logged, without the address (some hold a key), and told to be ours. */
export function answerErrorDocument(
  c: Context,
  error: Error,
  { base, log, route }: { base: string; log: Log; route: string | undefined },
): Response {
  if (error instanceof AppError && error.code in codesOf) {
    const code = codesOf[error.code as keyof typeof codesOf];
    const detail = error.remedy ? `${error.message} ${error.remedy}` : error.message;
    return answerProblemDocument(c, base, { code, detail });
  }
  log.error({ err: error, route }, "an answer to a program failed");
  return answerProblemDocument(c, base, {
    code: "internal",
    detail: "It has been written down. Try again in a moment.",
  });
}
