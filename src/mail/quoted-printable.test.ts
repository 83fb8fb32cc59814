import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { encodeQuotedPrintable } from "./quoted-printable.ts";

const asIs = (line: string) => line;

/** RFC 2045 §6.7, read back by the letter of it. */
function decode(encoded: string): string {
  const bytes = encoded
    .replaceAll("=\r\n", "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8").replaceAll("\r\n", "\n");
}

test("gives short lines of printable ASCII that read back as given", () => {
  const text = fc
    .array(fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("\n", " ", "\t", "=", "a".repeat(75))), {
      maxLength: 200,
    })
    .map((parts) => parts.join("").replaceAll("\r", ""));
  fc.assert(
    fc.property(text, (body) => {
      const encoded = encodeQuotedPrintable(body, asIs);
      expect(decode(encoded)).toBe(body);
      for (const line of encoded.split("\r\n")) expect(line).toMatch(/^([!-~ \t]{0,75}[!-~])?$/);
    }),
  );
});

test("breaks ASCII with many signs of equality as late as it may, and never within one", () => {
  const text = fc.string({ unit: fc.constantFrom("=", "a", " "), minLength: 60, maxLength: 400 });
  fc.assert(
    fc.property(text, (body) => {
      const lines = encodeQuotedPrintable(body, asIs).split("=\r\n");
      expect(decode(lines.join(""))).toBe(body);
      for (const [i, line] of lines.entries()) {
        expect(line).toMatch(/^(?:=3D|=20|[ a])*$/);
        const next = lines[i + 1];
        if (next) expect(line.length + (next.startsWith("=") ? 3 : 1)).toBeGreaterThan(75);
      }
    }),
  );
});

test("lines that are shared are cleaned and encoded once", () => {
  const shared = { lines: "only here: é\r\nand there" };
  let cleaned = 0;
  const clean = (given: string) => {
    cleaned++;
    return given.replaceAll("é", "e");
  };
  const first = encodeQuotedPrintable(shared, clean);
  expect(first).toBe("only here: e\r\nand there");
  expect(encodeQuotedPrintable(shared, clean)).toBe(first);
  expect(cleaned).toBe(2);
});

test("what a cleaned line breaks into are lines", () => {
  expect(encodeQuotedPrintable("a\u2028ü", (line) => line.replaceAll("\u2028", "\n"))).toBe("a\r\n=C3=BC");
});
