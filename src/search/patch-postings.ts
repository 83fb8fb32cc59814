// Postings of a common term with those of rare ones put in: copied in long pieces, so that the cost is that of the rare ones.

import { addDocs } from "./bits.ts";
import { boundOf, inTitle } from "./paper-list.ts";
import { bitIn, type PaperTable, rankIn, tableOf } from "./paper-table.ts";
import { type Postings, postingsOf } from "./postings.ts";
import { TitledPostings } from "./titled-postings.ts";

/** Rising papers with their packed frequencies, none of them smaller than what was there. */
export interface Changes {
  docs: Int32Array;
  codes: Uint8Array;
}

/** The postings, which have a table, with these in them. */
export function patchPostings(large: Postings, table: PaperTable, changes: Changes): Postings {
  const { lengths } = large;
  const codes = patchCodes(large.codes, table, changes);
  const largest = {
    all: large.maxBound,
    untitled: large.maxUntitled,
    anyCode: large.anyCode,
  };
  changes.docs.forEach((doc, i) => {
    const code = changes.codes[i]!;
    const bound = boundOf(code, lengths[doc]!);
    largest.all = Math.max(largest.all, bound);
    if (code < inTitle) largest.untitled = Math.max(largest.untitled, bound);
    largest.anyCode |= code;
  });
  const titled = patchTitled(large.titled, changes, lengths);
  const lists = { docs: null, codes, table: withDocs(table, changes.docs) };
  return postingsOf({ lists, largest, titled }, lengths);
}

function patchCodes(codes: Uint8Array, table: PaperTable, changes: Changes): Uint8Array {
  let added = 0;
  for (const doc of changes.docs) added += 1 - bitIn(table, doc);
  const patched = new Uint8Array(codes.length + added);
  let from = 0;
  let to = 0;
  for (let i = 0; i < changes.docs.length; i++) {
    const doc = changes.docs[i]!;
    const at = rankIn(table, doc);
    patched.set(codes.subarray(from, at), to);
    to += at - from;
    patched[to++] = changes.codes[i]!;
    from = at + bitIn(table, doc);
  }
  patched.set(codes.subarray(from), to);
  return patched;
}

function withDocs({ bits }: PaperTable, docs: Int32Array): PaperTable {
  const more = bits.slice();
  addDocs(more, docs);
  return tableOf(more);
}

function patchTitled(titled: TitledPostings, { docs, codes }: Changes, lengths: Uint32Array): TitledPostings {
  const most = titled.count + docs.length;
  const lists = { docs: new Int32Array(most), codes: new Uint8Array(most) };
  let count = 0;
  let k = 0;
  for (let i = 0; i <= titled.count; i++) {
    const next = i < titled.count ? titled.docs[i]! : Number.POSITIVE_INFINITY;
    for (; k < docs.length && docs[k]! < next; k++) {
      if (codes[k]! < inTitle) continue;
      lists.docs[count] = docs[k]!;
      lists.codes[count++] = codes[k]!;
    }
    if (i === titled.count) break;
    lists.docs[count] = next;
    lists.codes[count++] = docs[k] === next ? codes[k++]! : titled.codes[i]!;
  }
  return new TitledPostings(
    { docs: lists.docs.slice(0, count), codes: lists.codes.slice(0, count) },
    lengths,
  );
}
