import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { encodeStem } from "./stem-bytes.ts";

test("a stem's bytes are its UTF-8, short or long, plain or not, asked once or again", () => {
  const stem = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: "grapheme", maxLength: 90 }));
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(fc.array(stem, { minLength: 1, maxLength: 6 }), (stems) => {
      for (const asked of [...stems, ...stems.slice(-1)])
        expect([...encodeStem(asked)]).toEqual([...encoder.encode(asked)]);
    }),
  );
});
