import { expect, test } from "vitest";
import { fc } from "../../test/support/properties.ts";
import { ByteWriter } from "./bytes.ts";
import { bitIn, listTable, makeTable, rankIn, readTable } from "./paper-table.ts";

const papers = 70_000;

test("a table holds its papers and no others, read or made", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: papers - 1 }), { maxLength: 300 }), (list) => {
      const docs = Int32Array.from(list).sort();
      const table = makeTable(docs, papers);
      expect(listTable(table, docs.length)).toEqual(docs);
      expect([...docs].map((doc) => [bitIn(table, doc), rankIn(table, doc)])).toEqual(
        list.map((_, i) => [1, i]),
      );
      // Of a paper that is not in it: where it would stand.
      const other = docs.findIndex((doc, i) => docs[i + 1] !== doc + 1);
      if (other >= 0 && docs[other]! + 1 < papers)
        expect([bitIn(table, docs[other]! + 1), rankIn(table, docs[other]! + 1)]).toEqual([0, other + 1]);
      const bytes = new ByteWriter();
      for (const [i, doc] of docs.entries()) bytes.varint(doc - (docs[i - 1] ?? -1) - 1);
      expect(readTable(bytes.view(), docs.length, papers)).toEqual(table);
    }),
    { numRuns: 30 },
  );
});
