import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { keyedHash } from "./keyed-hash.ts";

test("is SHA3-512 of key and text", () => {
  const expected = createHash("sha3-512").update("key\ntext ü").digest("base64url");
  expect(keyedHash("key", "text ü")).toBe(expected);
  expect(expected).toMatch(/^[\w-]{86}$/);
});

test("another key or another text is another hash, nowhere alike", () => {
  const [one, ...others] = [
    keyedHash("a", "x"),
    keyedHash("b", "x"),
    keyedHash("a", "y"),
    keyedHash("a", ""),
  ];
  const alike = others.map((other) => [...other].filter((sign, i) => sign === one![i]).length);
  expect(Math.max(...alike)).toBeLessThan(10);
});
