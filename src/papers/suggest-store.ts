// What suggestions need that the search index does not keep: the names of authors with their papers, and votes. In pages, so
// that reading them holds nobody up.
import type { Db } from "../database/dialect.ts";

/** Names in order of their keys, the papers of each; from behind a key ("" begins). */
export async function listAuthorNames(
  db: Db,
  afterKey: string,
  limit: number,
): Promise<{ key: string; name: string; papers: number }[]> {
  const rows = await db
    .selectFrom("paper_authors")
    .select(({ fn }) => ["author_key as key", fn.min("name").as("name"), fn.countAll().as("papers")])
    .where("author_key", ">", afterKey)
    .groupBy("author_key")
    .orderBy("author_key")
    .limit(limit)
    .execute();
  return rows.map(({ key, name, papers }) => ({ key, name, papers: Number(papers) }));
}

/** The most votes counted of each paper, in order of papers, from behind one (0 begins); papers without any are left out. */
export async function listMostVotes(
  db: Db,
  afterKey: number,
  limit: number,
): Promise<{ key: number; votes: number }[]> {
  const rows = await db
    .selectFrom("signals")
    .select(({ fn }) => ["paper_pk as key", fn.max("value").as("votes")])
    .where("kind", "=", "upvotes")
    .where("paper_pk", ">", afterKey)
    .groupBy("paper_pk")
    .orderBy("paper_pk")
    .limit(limit)
    .execute();
  return rows.map(({ key, votes }) => ({ key, votes: Number(votes ?? 0) }));
}
