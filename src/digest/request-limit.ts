// How many requests one network may make: a bound against those who would have us write to strangers. In memory, bounded.
import { isIPv6 } from "node:net";

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

function networkKey(network: string): string {
  const plain = network.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail = ""] = plain.split("::");
  const front = head.split(":").filter(Boolean);
  const back = tail.split(":").filter(Boolean);
  const middle = plain.includes("::")
    ? Array.from({ length: 8 - front.length - back.length }, () => "0")
    : [];
  return [...front, ...middle, ...back]
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(":");
}
