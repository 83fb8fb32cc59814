import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { explainAddress, parseAddress } from "./address.ts";

describe("parseAddress takes", () => {
  test.each([
    ["ada@example.org", "ada@example.org", "ada@example.org"],
    [
      "  Ada.Lovelace+letters@Example.ORG ",
      "Ada.Lovelace+letters@example.org",
      "ada.lovelace+letters@example.org",
    ],
    ["o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"],
    ["ｕser＠x.test", "user@x.test", "user@x.test"],
    ["grüße@bücher.example", undefined, undefined],
    ["gruss@bücher.example", "gruss@xn--bcher-kva.example", "gruss@xn--bcher-kva.example"],
    ["gruss@BÜCHER.example", "gruss@xn--bcher-kva.example", "gruss@xn--bcher-kva.example"],
    [`${"a".repeat(64)}@x.test`, `${"a".repeat(64)}@x.test`, `${"a".repeat(64)}@x.test`],
  ])("%s", (text, address, key) => {
    expect(parseAddress(text)).toEqual(address === undefined ? { problem: "local-part" } : { address, key });
  });
});

describe("parseAddress refuses", () => {
  test.each([
    ["", "empty"],
    ["   ", "empty"],
    ["a@b", "domain"],
    ["a@b.", "domain"],
    ["a@.b", "domain"],
    ["a@b..c", "domain"],
    ["a@-b.test", "domain"],
    ["a@b_c.test", "domain"],
    ["a@127.0.0.1", "domain"],
    ["a@[127.0.0.1]", "domain"],
    ["a@①②⑦.⓪.⓪.①", "domain"],
    ["a@x.test (comment)", "domain"],
    ["a@x.test,b@x.test", "one-at"],
    ["a@x.test;b@x.test", "one-at"],
    ["a@@x.test", "one-at"],
    ["@x.test", "one-at"],
    ["ada", "one-at"],
    ['"very odd"@x.test', "local-part"],
    [".a@x.test", "local-part"],
    ["a..b@x.test", "local-part"],
    ["Ada <ada@x.test>", "local-part"],
    ["<ada@x.test>", "local-part"],
    ["Undisclosed: victim@x.test;", "local-part"],
    ["u\u00adser@x.test", "characters"],
    ["u\u200bser@x.test", "characters"],
    ["\u202eada@x.test", "characters"],
    ["ada@x.te\u00adst", "characters"],
    ["text\u0000null@x.test", "characters"],
    ["eve@rcpt.test\r\nRCPT TO:<victim@x.test>", "characters"],
    ["eve@rcpt.test\n", "characters"],
    ["Eve\r\nBcc: victim@x.test", "characters"],
    ["\ud800a@x.test", "characters"],
    [`${"x".repeat(70)}@x.test`, "local-part-long"],
    [`a@${"b".repeat(64)}.test`, "domain"],
    [`${"a".repeat(20)}@${`${"b".repeat(60)}.`.repeat(4)}test`, "too-long"],
    ["x".repeat(2_000_000), "too-long"],
  ])("%j", (text, problem) => {
    expect(parseAddress(text)).toEqual({ problem });
    expect(explainAddress(problem as Parameters<typeof explainAddress>[0])).toMatch(/\.$/);
  });

  test("whatever passes is one plain address in ASCII and is read again as itself", () => {
    const piece = fc.constantFrom(
      "a",
      "Ü",
      "@",
      ".",
      "x.test",
      "\r\n",
      "<",
      ">",
      ",",
      ";",
      " ",
      '"',
      "ｂ",
      "\u00ad",
      "+",
      "1",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece).map((p) => p.join("")),
      fc.emailAddress(),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseAddress(typed);
        if ("problem" in parsed) return;
        expect(parsed.address).toMatch(/^[!-?A-~]+@[a-z0-9.-]+$/);
        expect(parsed.address).not.toMatch(/[\s<>,;:"()[\]\\]/);
        expect(parseAddress(parsed.address)).toEqual(parsed);
      }),
      { numRuns: 300 },
    );
  });
});
