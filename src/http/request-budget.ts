// How many requests one asker may make to a door in a while, said in the headers of every answer. In memory, bounded.
import type { MiddlewareHandler } from "hono";
import type { Clock } from "../lib/clock.ts";
import { networkKey } from "../lib/network-key.ts";
import { answerProblemDocument } from "./problem.ts";
import { networkOf, visitorOf } from "./visitor.ts";

export interface Budget {
  /** Of the headers: "api". */
  name: string;
  /** Requests in one window. */
  most: number;
  windowMs: number;
}

export interface BudgetState {
  left: number;
  /** Whole seconds until the window ends. */
  resetsInS: number;
  within: boolean;
}

/** Askers remembered at a time; those who began longest ago are forgotten first. */
const mostAskers = 20_000;

/** A window of his own for every asker, from his first request on. */
export function openBudget({ most, windowMs }: Pick<Budget, "most" | "windowMs">) {
  const askers = new Map<string, { endsAtMs: number; used: number }>();
  return (asker: string, nowMs: number): BudgetState => {
    let window = askers.get(asker);
    if (!window || nowMs >= window.endsAtMs) {
      askers.delete(asker);
      window = { endsAtMs: nowMs + windowMs, used: 0 };
      askers.set(asker, window);
      if (askers.size > mostAskers) askers.delete(askers.keys().next().value!);
    }
    window.used++;
    return {
      left: Math.max(0, most - window.used),
      resetsInS: Math.ceil((window.endsAtMs - nowMs) / 1_000),
      within: window.used <= most,
    };
  };
}

/**
 * Counts requests by account, else by network, and answers 429 beyond the budget; the owner at this machine has no limit. Headers as the draft of the IETF
 * ("RateLimit header fields for HTTP", draft 8 and later) has them: `RateLimit-Policy`, `RateLimit`; with 429 `Retry-After`.
 */
export function limitRequests(
  budget: Budget,
  { clock, baseUrl }: { clock: Clock; baseUrl(): string },
): MiddlewareHandler {
  const take = openBudget(budget);
  const { name, most, windowMs } = budget;
  const policy = `"fixed window";"${name}";q=${most};w=${windowMs / 1_000}`;
  return async (c, next) => {
    const { account, role } = visitorOf(c);
    // The owner at this machine is nobody to be protected from; programs still find the headers that they read.
    const uncounted = role === "owner" && !account;
    const asker = account ? `account ${account.id}` : networkKey(networkOf(c));
    const { left, resetsInS, within } = uncounted
      ? { left: most, resetsInS: windowMs / 1_000, within: true }
      : take(asker, clock().getTime());
    c.header("RateLimit-Policy", policy);
    c.header("RateLimit", `"${name}";r=${left};t=${resetsInS}`);
    if (within) return next();
    c.header("Retry-After", String(resetsInS));
    const detail = `${most} requests in ${windowMs / 60_000} minutes; go on in ${resetsInS} seconds.`;
    return answerProblemDocument(c, baseUrl(), { code: "limit", detail });
  };
}
