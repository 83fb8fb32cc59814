import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { hmacSha256 } from "./hmac.ts";

test("is the HMAC of node:crypto, under short and long keys in any order", () => {
  const key = fc.oneof(fc.string(), fc.string({ minLength: 60, maxLength: 130 }));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, fc.string({ unit: "binary", maxLength: 200 })), { minLength: 1 }),
      (pairs) => {
        for (const [secret, text] of pairs)
          expect(hmacSha256(secret, text).toString("hex")).toBe(
            createHmac("sha256", secret).update(text).digest("hex"),
          );
      },
    ),
  );
});
