// From what a letter's row fixed to what the letter shows: the words as the issue wrote them, the reader's private addresses.
import { findPapersByPk } from "../papers/papers-store.ts";
import type { ChosenPaper } from "./choose.ts";
import { type IssueContent, type IssueItem, type LetterOwner, marksOf, readerOf } from "./issue.ts";
import { listIssueWords } from "./issue-words-store.ts";
import type { LetterContext } from "./letter-context.ts";
import { type PaperWords, wordsOf } from "./letter-words.ts";
import { readIssuePayload } from "./payload.ts";

/** Words of one run by issue and paper pk, so that a thousand readers of a day cost one query. */
export type WordsMemo = Map<string, Map<number, PaperWords | null>>;

/** The content of a letter; papers that nobody knows any more are left out. */
export async function readContent(
  context: Pick<LetterContext, "db" | "baseUrl">,
  { payload, owner }: { payload: string; owner: LetterOwner },
  memo: WordsMemo,
): Promise<IssueContent> {
  const { papers, ...facts } = readIssuePayload(payload);
  const baseUrl = context.baseUrl();
  const known = await fillMemo(context, facts.day, papers, memo);
  const items = papers.flatMap((paper): IssueItem[] => {
    const words = known.get(paper.pk);
    return words ? [{ ...paper, words, marks: marksOf(owner, facts.day, paper.pk, baseUrl) }] : [];
  });
  return { facts, items, baseUrl, reader: readerOf(owner, facts.day, baseUrl) };
}

/** The issue's words, of these papers at least; papers that are gone are remembered as gone. */
async function fillMemo(
  { db }: Pick<LetterContext, "db">,
  issue: string,
  papers: readonly ChosenPaper[],
  memo: WordsMemo,
): Promise<Map<number, PaperWords | null>> {
  const known = memo.get(issue) ?? new Map<number, PaperWords | null>();
  memo.set(issue, known);
  const missing = papers.filter(({ pk }) => !known.has(pk));
  if (missing.length === 0) return known;
  const pks = missing.map(({ pk }) => pk);
  const words = await listIssueWords(db, issue, pks);
  // Letters that were made before words were kept.
  const old = missing.filter(({ pk }) => !words.has(pk));
  const found = old.length === 0 ? new Map() : await findPapersByPk(db, pks);
  for (const paper of old) {
    const now = found.get(paper.pk);
    if (now) words.set(paper.pk, wordsOf(now, organisationOf(paper)));
  }
  for (const pk of pks) known.set(pk, words.get(pk) ?? null);
  return known;
}

function organisationOf(paper: ChosenPaper & { organisation?: string | null }): string | null {
  return paper.organisation ?? null;
}
