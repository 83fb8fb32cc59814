// The end of every answer that is made at once: its tag, "not changed" for who has it, and compressed for who takes that. The
// bytes are there when this is done, so that whoever comes next begins with a free thread.
import { hash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context, MiddlewareHandler } from "hono";
import { RETAINED_304_HEADERS } from "hono/etag";
import { parseAccept } from "hono/utils/accept";
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from "hono/utils/compress";

declare module "hono" {
  interface ContextVariableMap {
    streams: boolean;
  }
}

/** For an answer that is made while it is sent: no tag is made of it, and it is not held in memory. */
export function keepStreaming(c: Context): void {
  c.set("streams", true);
}

/** Texts of answers as they were made: reading one back out of its answer costs as much as tagging it. */
const texts = new WeakMap<Response, string>();

/** The same answer; its text is at hand for its end. */
export function withText(response: Response, text: string): Response {
  texts.set(response, text);
  return response;
}

async function readBytes({ res }: Context): Promise<Uint8Array<ArrayBuffer>> {
  const text = texts.get(res);
  return text === undefined ? new Uint8Array(await res.arrayBuffer()) : new TextEncoder().encode(text);
}

/** Below this, packing gains nothing. */
const leastPackedBytes = 1_024;

const packBytes = promisify(gzip);

/** What programs are told even when nothing has changed. */
const toldUnchanged = new Set([
  ...RETAINED_304_HEADERS,
  "last-modified",
  "link",
  "ratelimit",
  "ratelimit-policy",
  "access-control-allow-origin",
  "access-control-expose-headers",
  "cross-origin-resource-policy",
  "set-cookie",
]);

/** To stand outside everything that makes answers, and inside whoever counts the time they take. */
export function finishAnswer(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { status } = c.res;
    if (status === 204 || status === 206 || (status >= 300 && status < 400)) return;
    if (c.get("streams")) packStream(c);
    else if (!isEventStream(c.res)) await finish(c);
  };
}

async function finish(c: Context): Promise<void> {
  const isRead = (c.req.method === "GET" || c.req.method === "HEAD") && c.res.ok;
  const { headers } = c.res;
  let bytes: Uint8Array<ArrayBuffer> | null = null;
  if (isRead && !headers.has("ETag")) {
    bytes = await readBytes(c);
    headers.set("ETag", `"${hash("sha1", bytes, "hex")}"`);
  }
  if (isRead && isKnown(c.req.header("If-None-Match"), headers.get("ETag") ?? "")) return answerUnchanged(c);
  if (isPackable(c)) {
    bytes ??= await readBytes(c);
    if (bytes.byteLength >= leastPackedBytes && promisePacking(c))
      bytes = new Uint8Array(await packBytes(bytes));
  }
  if (bytes) replaceBody(c, bytes);
}

/** RFC 9110, 13.1.2: tags are compared weakly; "*" is any version. */
function isKnown(asked: string | undefined, tag: string): boolean {
  if (asked === undefined) return false;
  if (asked.trim() === "*") return true;
  const plain = tag.replace(/^W\//, "");
  return asked.match(/"[^"]*"/g)?.includes(plain) ?? false;
}

function answerUnchanged(c: Context): void {
  const told = [...c.res.headers].filter(([name]) => toldUnchanged.has(name));
  c.res = undefined;
  c.res = new Response(null, { status: 304, headers: told });
}

function isPackable(c: Context): boolean {
  const { headers } = c.res;
  if (c.req.method === "HEAD" || headers.has("Content-Encoding")) return false;
  return COMPRESSIBLE_CONTENT_TYPE_REGEX.test(headers.get("Content-Type") ?? "");
}

/** Says in the headers that the body comes packed; false, and only that it might have, for who does not take that. */
function promisePacking(c: Context): boolean {
  const { headers } = c.res;
  headers.append("Vary", "Accept-Encoding");
  if (!takesGzip(c)) return false;
  headers.set("Content-Encoding", "gzip");
  headers.delete("Content-Length");
  const tag = headers.get("ETag");
  if (tag && !tag.startsWith("W/")) headers.set("ETag", `W/${tag}`);
  return true;
}

/** The preference of RFC 9110, 12.5.3; other ways to pack are not offered. */
export function takesGzip(c: Context): boolean {
  const header = c.req.header("Accept-Encoding");
  if (header === undefined) return false;
  const offers = parseAccept(header);
  const offer =
    offers.find(({ type }) => type.toLowerCase() === "gzip") ?? offers.find(({ type }) => type === "*");
  return (offer?.q ?? 0) > 0;
}

function packStream(c: Context): void {
  if (!isPackable(c) || !promisePacking(c) || !c.res.body) return;
  replaceBody(c, c.res.body.pipeThrough(new CompressionStream("gzip")));
}

/** Set to nothing first: the framework would join the headers of both. */
function replaceBody(c: Context, body: Uint8Array<ArrayBuffer> | ReadableStream): void {
  const { status, headers } = c.res;
  c.res = undefined;
  c.res = new Response(body, { status, headers });
}

function isEventStream({ headers }: Response): boolean {
  return headers.get("Content-Type")?.startsWith("text/event-stream") ?? false;
}
