import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { listBits } from "./bits.ts";
import { ByteWriter } from "./bytes.ts";
import { bitIn, makeTable, paperTeller, rankIn, readTable } from "./paper-table.ts";

const papers = 70_000;
/** Far apart, or so close that each is one byte. */
const lists = fc
  .constantFrom(papers, 600)
  .chain((below) => fc.uniqueArray(fc.nat({ max: below - 1 }), { maxLength: 300 }));

test("a table holds its papers and no others, read or made", () => {
  fc.assert(
    fc.property(lists, (list) => {
      const docs = Int32Array.from(list).sort();
      const table = makeTable(docs, papers);
      expect(listBits(table.bits, docs.length)).toEqual(docs);
      expect([...docs].map((doc) => [bitIn(table, doc), rankIn(table, doc)])).toEqual(
        list.map((_, i) => [1, i]),
      );
      const paperOf = paperTeller(table);
      const some = [...docs.keys()].filter((i) => i % 3 !== 1);
      expect(some.map(paperOf)).toEqual(some.map((i) => docs[i]));
      // Of a paper that is not in it: where it would stand.
      const other = docs.findIndex((doc, i) => docs[i + 1] !== doc + 1);
      if (other >= 0 && docs[other]! + 1 < papers)
        expect([bitIn(table, docs[other]! + 1), rankIn(table, docs[other]! + 1)]).toEqual([0, other + 1]);
      const bytes = new ByteWriter();
      for (const [i, doc] of docs.entries()) bytes.varint(doc - (docs[i - 1] ?? -1) - 1);
      expect(readTable(bytes.view(), docs.length, papers)).toEqual(table);
    }),
    { numRuns: 60 },
  );
});
