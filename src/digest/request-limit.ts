// How many requests one network may make: a bound against those who would have us write to strangers. In memory, bounded.
import { networkKey } from "../lib/network-key.ts";

export interface RequestLimit {
  /** Counts one request and says whether it is within the limit. */
  take(network: string, nowMs: number): boolean;
}

export interface RequestLimitOptions {
  /** Requests of one network in one window. */
  most: number;
  windowMs: number;
  /** Networks remembered at a time; beyond it the window starts anew. */
  mostNetworks?: number;
}

/** Fixed windows; an IPv6 network is its first 64 bits, which is what one household has. */
export function createRequestLimit({
  most,
  windowMs,
  mostNetworks = 10_000,
}: RequestLimitOptions): RequestLimit {
  let windowStartMs = Number.NEGATIVE_INFINITY;
  const counts = new Map<string, number>();
  return {
    take(network, nowMs) {
      if (nowMs - windowStartMs >= windowMs || counts.size >= mostNetworks) {
        windowStartMs = nowMs;
        counts.clear();
      }
      const key = networkKey(network);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= most;
    },
  };
}
