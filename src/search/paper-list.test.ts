import { describe, expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { codeIn, findPapers, indexIn } from "./paper-list.ts";
import { makePostings } from "./postings.ts";

const papers = 640;
const numbers = fc
  .uniqueArray(fc.nat(papers - 1), { maxLength: 200, size: "max" })
  .map((docs) => Int32Array.from(docs).sort());

describe("finding many papers in a list at once", () => {
  test("gives what looking each up gives, of rare terms and of common ones", () => {
    let dense = 0;
    fc.assert(
      fc.property(numbers, numbers, (docs, asked) => {
        const codes = Uint8Array.from(docs, (doc) => 1 + (doc % 255));
        const list = makePostings(docs, codes, new Uint32Array(papers));
        if (list.table) dense++;
        const found = findPapers(list, asked);
        expect([...found.indexes]).toEqual(Array.from(asked, (doc) => indexIn(list, doc)));
        expect([...found.codes]).toEqual(Array.from(asked, (doc) => codeIn(list, doc)));
      }),
    );
    expect(dense).toBeGreaterThan(0);
  });
});
