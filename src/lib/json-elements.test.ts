import { describe, expect, test } from "vitest";
import { inPieces } from "../../test/support/entries.ts";
import { fc } from "../../test/support/properties.ts";
import { readJsonElements } from "./json-elements.ts";

async function read(text: string, { piece = 3, limit = 1_000_000 } = {}) {
  const elements = await Array.fromAsync(readJsonElements(inPieces(text, piece), { limit }));
  return elements.map(({ bytes, tooLong, cut }) =>
    tooLong ? "too long" : `${cut ? "cut: " : ""}${Buffer.from(bytes).toString().trim()}`,
  );
}

describe("readJsonElements", () => {
  test.each([
    ["[]", []],
    [" [ ] ", []],
    ["[1]", ["1"]],
    ['[{"a":"],}{[\\""},[1,2],"x"]', ['{"a":"],}{[\\""}', "[1,2]", '"x"']],
    ['[\n  {"a": 1},\n  {"b": [ {} ]}\n]\nrest', ['{"a": 1}', '{"b": [ {} ]}']],
    ['[1, {"a": ', ["1", 'cut: {"a":']],
    ["[1,2,", ["1", "2"]],
    ["[1,,2]", ["1", "", "2"]],
    ["", []],
    ["nothing", []],
  ])("%j", async (text, expected) => expect(await read(text)).toEqual(expected));

  test("passes over an element beyond the limit", async () => {
    expect(await read(`[1,"${"x".repeat(500)}",2]`, { limit: 100 })).toEqual(["1", "too long", "2"]);
  });

  test("gives the elements of any array, however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(0, 2),
        async (values, piece, indent) => {
          const elements = await read(JSON.stringify(values, null, indent), { piece });
          expect(elements.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
    );
  });
});
