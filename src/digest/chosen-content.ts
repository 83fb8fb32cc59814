// From what was chosen just now to what the letter shows, before and without any row.
import type { ChosenPaper } from "./choose.ts";
import type { ReaderRow } from "./deliveries-store.ts";
import { type IssueContent, marksOf, readerOf } from "./issue.ts";
import type { LetterContext } from "./letter-context.ts";
import type { IssueMaker } from "./make-issue.ts";
import type { Subscriber } from "./subscribers-store.ts";

/** A reader as the choice sees one who is asked for by hand. */
export function readerRow(reader: Subscriber): ReaderRow {
  return { ...reader, confirmed_at: reader.confirmed_at ?? "", last_issue: null, last_made_at: null };
}

/** As it will be when its row is made; for a stranger without private addresses. */
export function contentOf(
  context: LetterContext,
  { facts, wordsOf }: IssueMaker,
  chosen: readonly ChosenPaper[],
  reader: Subscriber | null,
): IssueContent {
  const baseUrl = context.baseUrl();
  const items = chosen.map((paper) => ({
    ...paper,
    words: wordsOf(paper.pk),
    marks: reader && marksOf(reader, facts.day, paper.pk, baseUrl),
  }));
  return { facts, items, baseUrl, reader: reader && readerOf(reader, facts.day, baseUrl) };
}
