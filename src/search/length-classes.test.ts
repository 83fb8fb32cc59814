import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { classBounds, classesOf } from "./length-classes.ts";
import { boundOf } from "./paper-list.ts";
import { packLengths } from "./scoring.ts";

const lengths = fc.record({
  title: fc.nat({ max: 512 }),
  abstract: fc.nat({ max: 20_000 }),
  authors: fc.nat({ max: 900 }),
});

describe("classesOf", () => {
  test("no paper's impact is above its class's, and few classes are far above", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 255 }), ({ title, abstract, authors }, code) => {
        const packed = packLengths(title, abstract, authors);
        const [own] = classesOf(Uint32Array.of(packed));
        expect(classBounds[(own! << 8) | code]).toBeGreaterThanOrEqual(boundOf(code, packed));
      }),
    );
    const ordinary = packLengths(10, 165, 12);
    const [own] = classesOf(Uint32Array.of(ordinary));
    const inAbstract = 4;
    expect(classBounds[(own! << 8) | inAbstract]! - boundOf(inAbstract, ordinary)).toBeLessThan(8);
  });

  test("are made once for a table of lengths", () => {
    const table = Uint32Array.of(packLengths(3, 50, 2));
    expect(classesOf(table)).toBe(classesOf(table));
  });
});
