import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { formatHubId, parseHubId } from "./hub-id.ts";
import { parseIdentifier } from "./identifiers.ts";

const minted = (pk: number) => formatHubId({ id: "k3vq80rd", pk });

describe("an id in the hub's form", () => {
  test("is the arXiv id where there is one, of either kind", () => {
    expect(formatHubId({ id: "2606.10420", pk: 7 })).toBe("2606.10420");
    expect(formatHubId({ id: "hep-th/9901001", pk: 7 })).toBe("hep-th/9901001");
  });

  test("counts the other papers through the months before arXiv's own", () => {
    expect([1, 42, 99_999, 100_000, 12 * 99_999 + 1, 87 * 99_999].map(minted)).toEqual([
      "0001.00001",
      "0001.00042",
      "0001.99999",
      "0002.00001",
      "0101.00001",
      "0703.99999",
    ]);
    expect(minted(87 * 99_999 + 1)).toBe("k3vq80rd");
  });

  test("reads back as the same paper, as arXiv's form, and never as an identifier of arXiv's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 87 * 99_999 }), (pk) => {
        const id = minted(pk);
        expect(id).toMatch(/^\d{4}\.\d{5}$/);
        expect(parseHubId(id)).toBe(pk);
        expect(parseHubId(`${id}v2`)).toBe(pk);
        expect(parseIdentifier(id)).toBeNull();
        expect(new Date(`20${id.slice(0, 2)}-${id.slice(2, 4)}-01`).getTime()).not.toBeNaN();
      }),
    );
  });

  test.each([
    "0704.0001",
    "0704.00001",
    "0001.00000",
    "0013.00001",
    "0001.0042",
    "2606.10420",
    "k3vq80rd",
    "",
    "0001.00042/x",
    "__proto__",
  ])("is not %j", (text) => {
    expect(parseHubId(text)).toBeNull();
  });
});
