import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { parseArxiv } from "./identifiers.ts";
import { isMintedId, mintPaperId } from "./paper-id.ts";

test("the id of a record is the same anywhere, and another for each attempt", () => {
  expect(mintPaperId("conference", "iclr2024:abc")).toBe(mintPaperId("conference", "iclr2024:abc"));
  const ids = [0, 1, 2, 3].map((attempt) => mintPaperId("conference", "iclr2024:abc", attempt));
  expect(new Set(ids).size).toBe(4);
});

test("ids are a letter and seven digits, never an arXiv id, and known as ours", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(), (source, sourceId, attempt) => {
      const id = mintPaperId(source, sourceId, attempt);
      expect(id).toMatch(/^[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{7}$/);
      expect(isMintedId(id)).toBe(true);
      expect(parseArxiv(id)).toBeNull();
    }),
  );
});

test("source and source id do not run into each other", () => {
  expect(mintPaperId("a", "bc")).not.toBe(mintPaperId("ab", "c"));
});

test("few of many ids meet by chance", () => {
  const ids = new Set(Array.from({ length: 20_000 }, (_, i) => mintPaperId("conference", `x2024:${i}`)));
  expect(ids.size).toBe(20_000);
});

test("what is not ours is not taken for ours", () => {
  for (const text of ["2001.00001", "K3VQ80RD", "k3vq80r", "k3vq80rdd", "ilou1234", ""]) {
    expect(isMintedId(text)).toBe(false);
  }
});
