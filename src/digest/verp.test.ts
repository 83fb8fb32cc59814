import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { newToken } from "../lib/link-token.ts";
import { isSealOf, parseVerpAddress, verpAddress } from "./verp.ts";

const letter = { readerPk: 100, readerToken: newToken(), messageId: "<2026-05-12.abc@example.org>" };
const bounces = "Bounces@example.org";

describe("return paths", () => {
  test("name reader and letter, in a local part of 64 characters at most", () => {
    const long = `${"b".repeat(30)}@example.org`;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.string(), (readerPk, messageId) => {
        const given = { readerPk, readerToken: letter.readerToken, messageId };
        const address = verpAddress(long, given);
        expect(address.indexOf("@")).toBeLessThanOrEqual(64);
        const tag = parseVerpAddress(long, address)!;
        expect(tag.readerPk).toBe(readerPk);
        expect(isSealOf(tag.seal, given)).toBe(true);
      }),
    );
  });

  test("survive a change of case, and white space around", () => {
    const address = verpAddress(bounces, letter);
    expect(parseVerpAddress(bounces, ` ${address.toUpperCase()} `)).toEqual(
      parseVerpAddress(bounces, address),
    );
  });

  test("another reader, letter or token has another seal", () => {
    const { seal } = parseVerpAddress(bounces, verpAddress(bounces, letter))!;
    expect(isSealOf(seal, letter)).toBe(true);
    expect(isSealOf(seal, { ...letter, readerPk: 101 })).toBe(false);
    expect(isSealOf(seal, { ...letter, messageId: "<2026-05-13.abc@example.org>" })).toBe(false);
    expect(isSealOf(seal, { ...letter, readerToken: newToken() })).toBe(false);
    expect(isSealOf("", letter)).toBe(false);
  });

  test("of letters that were sent before still tell whose they are", () => {
    const earlier = { readerPk: 7, readerToken: "T".repeat(32), messageId: "<2026-05-12.x@example.org>" };
    const { seal } = parseVerpAddress(bounces, "bounces+7.c9dfd6b8b78e4d726c34@example.org")!;
    expect(isSealOf(seal, earlier)).toBe(true);
    expect(isSealOf(seal, { ...earlier, messageId: "<2026-05-13.x@example.org>" })).toBe(false);
  });

  test.each([
    "bounces@example.org",
    "bounces+@example.org",
    "bounces+2s@example.org",
    "bounces+2s.0123456789abcdef012@example.org",
    "bounces+2s.0123456789abcdef0123@example.com",
    "bounces+2s.0123456789abcdef0123@example.org.evil.test",
    "bounces+2s.0123456789abcdeX0123@example.org",
    "other+2s.0123456789abcdef0123@example.org",
    "bounces+2s.0123456789abcdef0123@x@example.org",
    "",
  ])("%j is none of ours", (address) => {
    expect(parseVerpAddress(bounces, address)).toBeNull();
  });
});
