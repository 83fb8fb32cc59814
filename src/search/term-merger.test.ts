import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { ByteWriter } from "./bytes.ts";
import { compareBytes } from "./dictionary.ts";
import type { BuildSource } from "./segment-build.ts";
import { TermMerger } from "./term-merger.ts";

/** A source of these stems, of which nothing else is asked. */
function sourceOf(stems: readonly Uint8Array[]): BuildSource {
  const stem = new ByteWriter(4);
  let next = 0;
  const source: Pick<BuildSource, "nextTerm" | "stem"> = {
    stem,
    nextTerm() {
      stem.clear();
      if (next === stems.length) return false;
      stem.raw(stems[next++]!);
      return true;
    },
  };
  return source as BuildSource;
}

test("gives every stem once, in order, with all sources that hold it", () => {
  // Alike for longer than what is compared as a number, and zeros as what stands behind shorter ones.
  const stem = fc.array(fc.constantFrom(0, 97, 98, 255), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.array(fc.array(stem, { maxLength: 12 }), { minLength: 1, maxLength: 5 }), (lists) => {
      const sorted = lists.map((list) => {
        const texts = new Set(list.map((bytes) => Buffer.from(bytes).toString("latin1")));
        return [...texts].map((text) => Buffer.from(text, "latin1")).sort(compareBytes);
      });
      const expected = new Map<string, number[]>();
      const all = sorted.flat().sort(compareBytes);
      for (const bytes of all) expected.set(bytes.toString("latin1"), []);
      for (const [text, holders] of expected)
        sorted.forEach((list, at) => {
          if (list.some((bytes) => bytes.toString("latin1") === text)) holders.push(at);
        });
      const merger = new TermMerger(sorted.map(sourceOf));
      const given: [string, number[]][] = [];
      while (merger.next())
        given.push([Buffer.from(merger.stem.view()).toString("latin1"), [...merger.holders]]);
      expect(given).toEqual([...expected]);
    }),
  );
});
