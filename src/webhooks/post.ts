// One POST to an address that somebody gave, with nothing taken on trust: where it leads, how long it takes, what it answers.
import { Agent, request } from "undici";
import { guardLookup, type Lookup, privateAddressCode } from "../lib/address-guard.ts";
import { programVersion } from "../lib/version.ts";
import { judgeWebhookUrl } from "./address.ts";

export type PostOutcome =
  | { ok: true }
  /** `lasting`: another try gains nothing. `gone`: it wants no more (410). */
  | { ok: false; reason: string; lasting: boolean; gone: boolean };

export interface WebhookSender extends AsyncDisposable {
  /** Follows no redirect and reads no answer. Never throws for what the other side or the network does. */
  post(url: string, headers: Record<string, string>, body: string): Promise<PostOutcome>;
}

export interface WebhookSenderOptions {
  /** Base addresses that the owner of the program allowed although they are private. */
  ownAddresses: readonly string[];
  timeoutMs?: number;
  resolve?: Lookup;
}

/** So much of an answer is drained to end the exchange in good order. */
const longestAnswer = 16 * 1024;

export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { ownAddresses, timeoutMs = 15_000, resolve } = options;
  const guarded = new Agent({ connect: { lookup: guardLookup(resolve), timeout: timeoutMs } });
  const owners = new Agent({ connect: { timeout: timeoutMs } });
  return {
    async post(url, headers, body) {
      const verdict = judgeWebhookUrl(url, ownAddresses);
      if (!verdict.allowed) return failure(`The address is refused: ${verdict.why}.`, { lasting: true });
      try {
        const answer = await request(verdict.url, {
          dispatcher: verdict.ownersOwn ? owners : guarded,
          method: "POST",
          headers: {
            "content-type": "application/json",
            "user-agent": `Broadsheet/${programVersion}`,
            ...headers,
          },
          body,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
          signal: AbortSignal.timeout(timeoutMs),
        });
        answer.body.on("error", () => {});
        await answer.body.dump({ limit: longestAnswer }).catch(() => {});
        return outcomeOf(answer.statusCode);
      } catch (error) {
        return explain(error);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([guarded.destroy(), owners.destroy()]);
    },
  };
}

function outcomeOf(status: number): PostOutcome {
  if (status >= 200 && status < 300) return { ok: true };
  if (status === 410) return failure("It answered 410: it wants no more.", { lasting: true, gone: true });
  const redirect = status >= 300 && status < 400 ? " (redirects are not followed)" : "";
  return failure(`It answered ${status}${redirect}.`);
}

function explain(error: unknown): PostOutcome {
  const code = codeOf(error);
  if (code === privateAddressCode)
    return failure("The address is refused: it leads to a private network.", { lasting: true });
  if (code === "TimeoutError" || code.endsWith("_TIMEOUT")) return failure("It did not answer in time.");
  return failure("It cannot be reached.");
}

function failure(reason: string, { lasting = false, gone = false } = {}): PostOutcome {
  return { ok: false, reason, lasting, gone };
}

function codeOf(error: unknown): string {
  for (let at = error as { code?: unknown; name?: string; cause?: unknown } | undefined; at; ) {
    if (typeof at.code === "string") return at.code;
    if (at.name === "TimeoutError") return at.name;
    at = at.cause as typeof at;
  }
  return "";
}
