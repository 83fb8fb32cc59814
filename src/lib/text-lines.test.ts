import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { readLines } from "./text-lines.ts";

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

async function linesOf(bytes: Uint8Array | string, { piece = 3, limit = 1_000 } = {}) {
  return Array.fromAsync(readLines(inPieces(Buffer.from(bytes), piece), { limit }));
}

describe("readLines", () => {
  test("splits on newlines only and keeps other separators in the text", async () => {
    const lines = await linesOf("a\u2028b\u0085c\u000bd\r\n\nlast");
    expect(lines.map((line) => line.text)).toEqual(["a\u2028b\u0085c\u000bd", "", "last"]);
  });

  test("takes a byte order mark off the first line alone", async () => {
    const lines = await linesOf("\ufeffone\n\ufefftwo\n");
    expect(lines.map((line) => line.text)).toEqual(["one", "\ufefftwo"]);
  });

  test("marks the line whose bytes are no UTF-8, and only that one", async () => {
    const lines = await linesOf(
      Buffer.concat([Buffer.from("fine\nbad "), Buffer.from([0xc3, 0x28, 0x0a]), Buffer.from("é")]),
    );
    expect(lines.map((line) => line.validUtf8)).toEqual([true, false, true]);
    expect(lines[1]?.text).toContain("\ufffd");
    expect(lines[2]?.text).toBe("é");
  });

  test("passes over a line beyond the limit without holding it", async () => {
    const lines = await linesOf(`short\n${"x".repeat(5_000)}\nafter`, { limit: 100 });
    expect(lines).toEqual([
      { text: "short", validUtf8: true, tooLong: false },
      { text: "", validUtf8: true, tooLong: true },
      { text: "after", validUtf8: true, tooLong: false },
    ]);
  });

  test("an over-long last line without newline is reported too", async () => {
    expect(await linesOf("y".repeat(500), { limit: 100 })).toEqual([
      { text: "", validUtf8: true, tooLong: true },
    ]);
  });

  test("gives the same lines however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme" })),
        fc.integer({ min: 1, max: 9 }),
        async (texts, piece) => {
          const clean = texts.map((text) => text.replace(/[\r\n\ufeff]/g, "").toWellFormed());
          const lines = await linesOf(clean.map((text) => `${text}\n`).join(""), { piece, limit: 10_000 });
          expect(lines.map((line) => line.text)).toEqual(clean);
        },
      ),
    );
  });
});
