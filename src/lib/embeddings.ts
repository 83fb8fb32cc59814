// Asks a service of embeddings: one vector a text, over HTTP, with a deadline, a bound on what is read, and patience when it
// is busy. The key is sent to the address that was set and nowhere else: redirections are not followed, and what goes wrong
// is told without anything that the service said.
import { parseEmbeddings } from "./embeddings-answer.ts";

export interface EmbeddingsService {
  /** Base address, without slash at the end; `/embeddings` is asked. */
  url: string;
  model: string;
  /** Sent as Bearer; null: none. */
  key: string | null;
  /** Asked for as `dimensions`; null: as many as the model gives. */
  dimensions: number | null;
}

export interface AskOptions {
  /** For each try. */
  timeoutMs: number;
  /** Tries while the service is busy or out of order; 1 asks once. */
  tries: number;
  signal?: AbortSignal;
}

export type Embedded =
  | { vectors: Float32Array[] }
  | {
      /** A part of a sentence about the service: "it answered 500". */
      failure: string;
      /** It is the texts that it does not take, not the asking. */
      refused: boolean;
      /** The service wants to be left alone so long. */
      retryAfterMs: number | null;
    };

export interface Embeddings {
  /** Names the model and its dimensions: vectors of different names cannot be compared. */
  name: string;
  embed(texts: readonly string[], options: AskOptions): Promise<Embedded>;
}

export interface EmbeddingsPorts {
  sleep(ms: number, signal?: AbortSignal): Promise<unknown>;
  now(): Date;
}

type Failed = Exclude<Embedded, { vectors: unknown }> & { again: boolean };

const mostBytes = 16 * 1024 * 1024;
const firstPauseMs = 500;
/** Who wants a longer pause is asked again by the next run. */
const longestPauseMs = 60_000;

export function openEmbeddings(service: EmbeddingsService, ports: EmbeddingsPorts): Embeddings {
  const { model, dimensions } = service;
  return {
    name: dimensions === null ? model : `${model} (${dimensions})`,
    async embed(texts, options) {
      for (let tried = 1; ; tried++) {
        const outcome = await askOnce(service, texts, { ...options, now: ports.now() });
        if ("vectors" in outcome) return outcome;
        const { again, ...failed } = outcome;
        const pauseMs = failed.retryAfterMs ?? firstPauseMs * 2 ** (tried - 1);
        if (!again || tried >= options.tries || pauseMs > longestPauseMs || options.signal?.aborted)
          return failed;
        await ports.sleep(pauseMs, options.signal);
      }
    },
  };
}

async function askOnce(
  { url, model, key, dimensions }: EmbeddingsService,
  texts: readonly string[],
  { timeoutMs, signal, now }: AskOptions & { now: Date },
): Promise<{ vectors: Float32Array[] } | Failed> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${url}/embeddings`, {
      method: "POST",
      redirect: "error",
      headers: {
        "Content-Type": "application/json",
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model,
        input: texts,
        encoding_format: "float",
        ...(dimensions === null ? {} : { dimensions }),
      }),
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    if (!response.ok) return await failStatus(response, now);
    const body = await readBounded(response);
    const read =
      body === null ? `it answered more than ${mostBytes} bytes` : parseEmbeddings(body, texts.length);
    return typeof read === "string" ? fail(read, { again: true }) : { vectors: read };
  } catch (error) {
    if (signal?.aborted) return fail("the work was broken off");
    if (deadline.aborted) return fail(`it did not answer within ${timeoutMs} ms`, { again: true });
    const code = (error as { cause?: { code?: unknown } }).cause?.code;
    return fail(`it cannot be reached${typeof code === "string" ? ` (${code})` : ""}`, { again: true });
  }
}

function fail(failure: string, more: Partial<Failed> = {}): Failed {
  return { failure, refused: false, retryAfterMs: null, again: false, ...more };
}

/** Texts that are too long or otherwise not taken. */
const textStatuses: readonly number[] = [400, 413, 422];

async function failStatus(response: Response, now: Date): Promise<Failed> {
  const { status, headers } = response;
  await response.body?.cancel();
  return fail(`it answered ${status}`, {
    refused: textStatuses.includes(status),
    again: status === 429 || status >= 500,
    retryAfterMs: parseRetryAfter(headers.get("Retry-After"), now),
  });
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3); null when there is none that can be read. */
function parseRetryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/** Null when it is longer than is read. */
async function readBounded(response: Response): Promise<string | null> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > mostBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
