import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { drawAvatar, drawThumbnail } from "./thumbnail.ts";

const paper = { authors: [], venue: null, publishedOn: null, year: null, id: "2605.00001" };

/** The words of each line; throws for what is no XML. */
function linesOf(svg: string): string[] {
  const lines: string[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("text", (text) => lines.push(text));
  parser.write(svg).close();
  return lines;
}

test("a title stands on lines that fit, names and dates below it", () => {
  const authors = Array.from({ length: 9 }, (_, i) => ({ name: `Ada Number ${i}` }));
  const titleText = "A Long and Winding Title About the Counting of Sheep at Night, With Proofs";
  const lines = linesOf(drawThumbnail({ ...paper, titleText, authors, publishedOn: "2026-05-12" }));
  expect(lines[0]).toBe("Broadsheet");
  expect(lines.slice(1, -2).join(" ")).toBe(titleText);
  expect(lines.at(-2)).toContain("and 6 more");
  expect(lines.at(-1)).toBe("2026-05-12 · 2605.00001");
});

test("too long a title ends in dots on the last line", () => {
  const lines = linesOf(drawThumbnail({ ...paper, titleText: "word ".repeat(200) })).slice(1, -1);
  expect(lines.length).toBeLessThanOrEqual(6);
  expect(lines.some((line) => line.endsWith("…"))).toBe(true);
});

test("whatever a title holds, the drawing is XML", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 500 }), (titleText) => {
      expect(linesOf(drawThumbnail({ ...paper, titleText })).length).toBeGreaterThanOrEqual(2);
    }),
  );
});

test("patterns differ by their key and are the same for the same", () => {
  const [one, other] = ["0123456789abcdef01234567", "f123456789abcdef0123456e"].map(drawAvatar);
  expect(one).not.toBe(other);
  expect(drawAvatar("0123456789abcdef01234567")).toBe(one);
  expect(() => linesOf(one!)).not.toThrow();
});
