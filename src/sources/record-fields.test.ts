import { expect, test } from "vitest";
import { dropUndefined } from "./record-fields.ts";

test("leaves out what is undefined, and nothing else", () => {
  const given = { a: 1, b: undefined, c: null, d: "", e: 0, f: false };
  expect(Object.keys(dropUndefined(given))).toEqual(["a", "c", "d", "e", "f"]);
});
