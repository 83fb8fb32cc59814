import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { escapeXml } from "./xml-text.ts";

/** What a strict parser reads between the tags and in the attribute. */
function readBack(text: string): { content: string; attribute: string } {
  const parser = new SaxesParser();
  const read = { content: "", attribute: "" };
  parser.on("text", (part) => {
    read.content += part;
  });
  parser.on("opentag", (tag) => {
    read.attribute = String(tag.attributes.a);
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(`<x a="${escapeXml(text)}">${escapeXml(text)}</x>`).close();
  return read;
}

test("whatever the text, it is well-formed, and it is the same text where XML has its characters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { content } = readBack(text);
      const isPlain = !/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text);
      if (isPlain) expect(content).toBe(text);
      else expect(content.length).toBeLessThanOrEqual(text.length);
    }),
  );
});

test.each([
  ["a < b && c > d", "a < b && c > d"],
  ["]]>", "]]>"],
  ['"quoted"', '"quoted"'],
  ["\u0000\u000b\ufffe", "\ufffd\ufffd\ufffd"],
  ["\ud83d alone", "\ufffd alone"],
])("%j", (text, read) => {
  expect(readBack(text)).toEqual({ content: read, attribute: read });
});
