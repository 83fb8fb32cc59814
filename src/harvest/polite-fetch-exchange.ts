// One HTTP request and its answer, with nothing taken on trust: time, size (also after decompression) and address.
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Agent, type Dispatcher, request } from "undici";
import { guardLookup, type Lookup, privateAddressCode } from "../lib/address-guard.ts";

export interface ExchangeLimits {
  /** Most bytes of the body, as sent and as decompressed. */
  maxBytes: number;
  /** From the request to the last byte. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Why there is no answer. */
export type FailureReason =
  | "unreachable"
  | "timed-out"
  | "broken-answer"
  | "stopped"
  | "refused-address"
  | "refused-redirect"
  | "too-large"
  | "status";

export type Exchange =
  | { kind: "answer"; status: number; headers: Record<string, string>; body: Uint8Array }
  | { kind: "failure"; reason: FailureReason; message: string };

/** Reasons that may be gone at the next attempt. */
export const retryableReasons: ReadonlySet<FailureReason> = new Set([
  "unreachable",
  "timed-out",
  "broken-answer",
  "stopped",
]);

/** Answers of these statuses are read: successes, and refusals whose text may say why. Others are closed unread. */
function hasReadableBody(status: number): boolean {
  return (status >= 200 && status < 300) || (status >= 400 && status < 500);
}

/** So much of an answer nobody reads is drained to keep the connection; beyond, the connection is given up. */
const longestUnreadBody = 64 * 1024;

/** One connection to each origin; names that lead to private addresses are refused at the moment of connecting. */
export function createGuardedAgent(resolve?: Lookup): Agent {
  return new Agent({ connections: 1, connect: { lookup: guardLookup(resolve) } });
}

/** The same for the base addresses the owner named. */
export function createOwnersAgent(): Agent {
  return new Agent({ connections: 1 });
}

/** Asks once, follows nothing. Never throws for what the other side, the network or a limit does. */
export async function exchange(
  url: URL,
  headers: Record<string, string>,
  { dispatcher, maxBytes, timeoutMs, signal }: ExchangeLimits & { dispatcher: Dispatcher },
): Promise<Exchange> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const stop = signal ? AbortSignal.any([deadline, signal]) : deadline;
  try {
    const answer = await request(url, {
      dispatcher,
      method: "GET",
      headers: { ...headers, "accept-encoding": "gzip" },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: stop,
    });
    const received = flattenHeaders(answer.headers);
    const body = await readAnswer(answer, received, maxBytes);
    return { kind: "answer", status: answer.statusCode, headers: received, body };
  } catch (error) {
    return { kind: "failure", ...explainFailure(error, { url, maxBytes, timeoutMs, signal }) };
  }
}

function flattenHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

async function readAnswer(
  { statusCode, body }: Dispatcher.ResponseData,
  headers: Record<string, string>,
  maxBytes: number,
): Promise<Uint8Array> {
  try {
    if (hasReadableBody(statusCode)) return await readBody(body, headers, maxBytes);
    await body.dump({ limit: longestUnreadBody });
    return new Uint8Array();
  } catch (error) {
    // An unread body would keep the one connection busy.
    body.on("error", () => {}).destroy();
    throw error;
  }
}

class TooLarge extends Error {}
class UnknownEncoding extends Error {}

async function readBody(
  body: AsyncIterable<Uint8Array>,
  headers: Record<string, string>,
  maxBytes: number,
): Promise<Uint8Array> {
  if (Number(headers["content-length"] ?? 0) > maxBytes) throw new TooLarge();
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const limited = limit(body, maxBytes);
  if (encoding === "identity" || encoding === "") return collect(limited);
  if (encoding !== "gzip" && encoding !== "x-gzip") throw new UnknownEncoding(encoding);
  // In step with its reader, so that a bomb never unfolds further than the limit lets it.
  return pipeline(limited, createGunzip(), (chunks: AsyncIterable<Uint8Array>) =>
    collect(limit(chunks, maxBytes)),
  );
}

async function* limit(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > maxBytes) throw new TooLarge();
    yield chunk;
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function explainFailure(
  error: unknown,
  { url, maxBytes, timeoutMs, signal }: ExchangeLimits & { url: URL },
): { reason: FailureReason; message: string } {
  const code = codeOf(error);
  const at = url.host;
  if (signal?.aborted) return { reason: "stopped", message: `The request to ${at} was stopped.` };
  if (error instanceof TooLarge)
    return { reason: "too-large", message: `The answer of ${at} is longer than ${maxBytes} bytes.` };
  if (code === privateAddressCode)
    return { reason: "refused-address", message: `${at} leads to a private address.` };
  if (code === "TimeoutError" || code.endsWith("_TIMEOUT"))
    return { reason: "timed-out", message: `${at} gave no whole answer within ${timeoutMs} ms.` };
  if (error instanceof UnknownEncoding || brokenAnswerCodes.test(code))
    return {
      reason: "broken-answer",
      message: `The answer of ${at} cannot be read (${code || (error as Error).message}).`,
    };
  return { reason: "unreachable", message: `${at} cannot be reached (${code || String(error)}).` };
}

/** What undici, its parser and zlib call an answer that breaks HTTP or its own compression, or ends early. */
const brokenAnswerCodes = /^(Z_|HPE_|UND_ERR_(SOCKET|RES_|HEADERS_OVERFLOW|BODY))/;

function codeOf(error: unknown): string {
  for (let at = error as { code?: unknown; name?: string; cause?: unknown } | undefined; at; ) {
    if (typeof at.code === "string") return at.code;
    if (at.name === "TimeoutError") return at.name;
    at = at.cause as typeof at;
  }
  return "";
}
