// The words of an issue's papers: written once with the first letter that holds them, so that every repeat and every web copy
// says the same.
import { type Db, insertRows, numbersIn } from "../database/dialect.ts";
import type { PaperWords } from "./letter-words.ts";

/** What is written stays: the first words of an issue count. */
export async function saveIssueWords(
  db: Db,
  issue: string,
  words: ReadonlyMap<number, PaperWords>,
): Promise<void> {
  const rows = [...words].map(([paper_pk, said]) => ({ issue, paper_pk, words: JSON.stringify(said) }));
  await insertRows(db, "issue_words", rows, { onConflict: "do nothing" });
}

/** By paper pk; papers of letters from before words were kept are missing. */
export async function listIssueWords(
  db: Db,
  issue: string,
  paperPks: readonly number[],
): Promise<Map<number, PaperWords>> {
  const rows = await db
    .selectFrom("issue_words")
    .select(["paper_pk", "words"])
    .where("issue", "=", issue)
    .where("paper_pk", "in", numbersIn(db, paperPks))
    .execute();
  return new Map(rows.map(({ paper_pk, words }) => [paper_pk, JSON.parse(words) as PaperWords]));
}
