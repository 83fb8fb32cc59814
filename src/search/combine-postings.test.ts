import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { combineWays, crossPostings, unitePostings } from "./combine-postings.ts";
import { codeIn } from "./paper-list.ts";
import { makePostings, noPostings, type Postings } from "./postings.ts";
import { frequencyOf, packLengths } from "./scoring.ts";

const papers = 64;
const lengths = Uint32Array.from({ length: papers }, (_, doc) => packLengths(doc % 12, doc, 5));
const postings = fc
  .dictionary(fc.integer({ min: 0, max: papers - 1 }).map(String), fc.integer({ min: 1, max: 255 }))
  .map((codes) => {
    const docs = Object.keys(codes)
      .map(Number)
      .sort((a, b) => a - b);
    return makePostings(
      Int32Array.from(docs),
      Uint8Array.from(docs, (doc) => codes[String(doc)]!),
      lengths,
    );
  });

function fieldsOf(code: number): number[] {
  return [0, 1, 2].map((field) => frequencyOf(code, field));
}

/** Its parts say the same, bounds and tables too, as if it had been made at once. */
function expectSound(combined: Postings): void {
  const made = makePostings(combined.docs, combined.codes, lengths);
  const said = ({ count, table, titled: { docs, codes, bounds } }: Postings) => [
    [count, count === 0 ? null : table],
    [docs, codes, bounds],
  ];
  expect(said(combined)).toEqual(said(made));
  // Where a paper has more than before, bounds may be those of others.
  expect(combined.maxBound).toBeGreaterThanOrEqual(made.maxBound);
  expect(combined.maxUntitled).toBeGreaterThanOrEqual(made.maxUntitled);
}

describe("unitePostings", () => {
  test("holds every paper of any part, with the largest frequencies", () => {
    fc.assert(
      fc.property(fc.array(postings, { maxLength: 5 }), (parts) => {
        const united = unitePostings(parts, lengths);
        expectSound(united);
        for (let doc = 0; doc < papers; doc++) {
          const each = parts.map((part) => fieldsOf(codeIn(part, doc)));
          const largest = [0, 1, 2].map((field) => Math.max(0, ...each.map((own) => own[field]!)));
          expect(fieldsOf(codeIn(united, doc))).toEqual(largest);
        }
      }),
    );
  });

  test("is the larger part itself when the others add nothing", () => {
    const large = makePostings(Int32Array.of(1, 2, 3), Uint8Array.of(64, 68, 4), lengths);
    const small = makePostings(Int32Array.of(2), Uint8Array.of(64), lengths);
    expect(unitePostings([small, large], lengths)).toBe(large);
    expect(unitePostings([], lengths)).toBe(noPostings);
  });
});

test("rare papers are put into common postings as if all had been made at once", () => {
  const many = fc.uniqueArray(fc.nat({ max: papers - 1 }), { minLength: 40 });
  const few = fc.uniqueArray(fc.nat({ max: papers - 1 }), { minLength: 1, maxLength: 4 });
  const make = (docs: readonly number[], code: number) => {
    const rising = Int32Array.from(docs).sort();
    return makePostings(
      rising,
      Uint8Array.from(rising, (doc) => code + (doc % 3)),
      lengths,
    );
  };
  fc.assert(
    fc.property(many, few, fc.constantFrom(1, 8, 68), (common, rare, code) => {
      const [large, small] = [make(common, 5), make(rare, code)];
      const united = unitePostings([small, large], lengths);
      if (united !== large) expectSound(united);
      for (let doc = 0; doc < papers; doc++) {
        const [own, other] = [fieldsOf(codeIn(large, doc)), fieldsOf(codeIn(small, doc))];
        expect(fieldsOf(codeIn(united, doc))).toEqual(own.map((count, i) => Math.max(count, other[i]!)));
      }
    }),
  );
});

describe("crossPostings", () => {
  test("holds the papers of all parts, with the smallest frequencies, never none", () => {
    fc.assert(
      fc.property(fc.array(postings, { minLength: 1, maxLength: 3 }), (parts) => {
        const crossed = crossPostings(parts, lengths);
        expectSound(crossed);
        for (let doc = 0; doc < papers; doc++) {
          const codes = parts.map((part) => codeIn(part, doc));
          const code = codeIn(crossed, doc);
          expect(code !== 0).toBe(!codes.includes(0));
          if (code === 0) continue;
          const least = [0, 1, 2].map((field) => Math.min(...codes.map((own) => frequencyOf(own, field))));
          expect(fieldsOf(code)).toEqual(least.some((count) => count > 0) ? least : [0, 1, 0]);
        }
      }),
    );
  });
});

test("ways of common terms give what crossing and uniting them gives", () => {
  const common = fc.array(fc.nat({ max: 255 }), { minLength: papers, maxLength: papers }).map((codes) => {
    const docs = Int32Array.from(codes.keys()).filter((doc) => codes[doc]! > 40);
    return makePostings(
      docs,
      Uint8Array.from(docs, (doc) => codes[doc]!),
      lengths,
    );
  });
  fc.assert(
    fc.property(fc.array(common, { minLength: 3, maxLength: 4 }), postings, (terms, rare) => {
      const [a, b, c] = terms as [Postings, Postings, Postings];
      const ways = [[a, b], [b, c, a], [rare, c], [rare]];
      const combined = combineWays(ways, lengths);
      expectSound(combined);
      const apart = unitePostings(
        ways.map((parts) => crossPostings(parts, lengths)),
        lengths,
      );
      expect([combined.docs, combined.codes]).toEqual([apart.docs, apart.codes]);
    }),
  );
});
