import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { ByteWriter } from "./bytes.ts";
import { makePostings } from "./postings.ts";
import { packLengths } from "./scoring.ts";
import { readTitled, writeTitled } from "./titled-lists.ts";

const posting = fc.record({
  gap: fc.integer({ min: 1, max: 40_000 }),
  code: fc.integer({ min: 1, max: 255 }),
});

test("papers with a term in their title come back from a file as they are picked from all its postings", () => {
  fc.assert(
    fc.property(fc.array(posting, { maxLength: 60 }), (list) => {
      let doc = -1;
      const docs = Int32Array.from(list, ({ gap }) => {
        doc += gap;
        return doc;
      });
      const codes = Uint8Array.from(list, ({ code }) => code);
      const lengths = new Uint32Array(doc + 1).fill(packLengths(9, 150, 4));
      const out = new ByteWriter();
      for (const _ of writeTitled({ docs, codes }, out));
      const read = readTitled(out.view(), lengths);
      const { titled } = makePostings(docs, codes, lengths);
      expect([read.docs, read.codes, read.at]).toEqual([titled.docs, titled.codes, titled.at]);
      expect([read.maxBound, read.bounds, read.table]).toEqual([
        titled.maxBound,
        titled.bounds,
        titled.table,
      ]);
    }),
  );
});
