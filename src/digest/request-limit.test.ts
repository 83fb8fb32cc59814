import { expect, test } from "vitest";
import { createRequestLimit } from "./request-limit.ts";

test("so many requests a network and window, IPv6 by its first 64 bits", () => {
  const limit = createRequestLimit({ most: 2, windowMs: 1_000 });
  expect([0, 1, 2].map((at) => limit.take("192.0.2.1", at))).toEqual([true, true, false]);
  expect(limit.take("::ffff:192.0.2.1", 3)).toBe(false);
  expect(limit.take("192.0.2.2", 4)).toBe(true);
  expect(["2001:db8::1", "2001:db8:0:0:ffff::2", "2001:0db8:0::3"].map((n) => limit.take(n, 5))).toEqual([
    true,
    true,
    false,
  ]);
  expect(limit.take("2001:db8:0:1::1", 6)).toBe(true);
  expect(limit.take("192.0.2.1", 1_000)).toBe(true);
});

test("forgets all rather than growing without bound", () => {
  const limit = createRequestLimit({ most: 1, windowMs: 1_000, mostNetworks: 2 });
  limit.take("a", 0);
  limit.take("b", 0);
  expect(limit.take("a", 0)).toBe(true);
});
