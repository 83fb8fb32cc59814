import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { sha256Hex, stableJson, stableJsonWithout } from "./hash.ts";

describe("sha256Hex", () => {
  test("gives the published digest of the empty text and of abc", () => {
    expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});

describe("stableJson", () => {
  test("sorts keys at every depth and keeps the order of arrays", () => {
    expect(stableJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });

  test("leaves undefined members out, so a missing and an undefined field hash alike", () => {
    expect(stableJson({ a: undefined, b: 1 })).toBe(stableJson({ b: 1 }));
  });

  test("keeps a key named __proto__ as data", () => {
    expect(stableJson(JSON.parse('{"__proto__":{"x":1},"a":2}'))).toBe('{"__proto__":{"x":1},"a":2}');
  });

  test("is independent of key order and loses nothing", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(stableJson(reversed)).toBe(stableJson(value));
        expect(JSON.parse(stableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

test("stableJsonWithout gives the same as stableJson, of the whole and of the rest", () => {
  const keys = fc.stringMatching(/^[a-z]{1,3}$/);
  fc.assert(
    fc.property(fc.dictionary(keys, fc.option(fc.jsonValue(), { nil: undefined })), keys, (value, left) => {
      const { [left]: _, ...rest } = value;
      expect(stableJsonWithout(value, left)).toEqual({ whole: stableJson(value), part: stableJson(rest) });
    }),
  );
});
