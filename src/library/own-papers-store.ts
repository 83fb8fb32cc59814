// The keeper's own papers, by the name papers print or by the author's id at arXiv.
import { type Db, textsIn } from "../database/dialect.ts";
import { authorKey } from "../papers/names.ts";
import type { LibrarySettings } from "./settings.ts";

const mostPapers = 200;

/** Pks, newest papers first; an arXiv author ("warner_s_1") is taken by family name and initial. */
export async function selectOwnPapers(
  db: Db,
  { name, arxivAuthor }: Pick<LibrarySettings, "name" | "arxivAuthor">,
): Promise<number[]> {
  const keys = [authorKey(name), ...(await keysOfArxivAuthor(db, arxivAuthor))].filter((key) => key !== "");
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom("paper_authors")
    .select("paper_pk")
    .distinct()
    .where("author_key", "in", textsIn(db, keys))
    .orderBy("paper_pk", "desc")
    .limit(mostPapers)
    .execute();
  return rows.map((row) => row.paper_pk);
}

/** The last path of https://arxiv.org/a/warner_s_1: family name, first initial, number among those who share both. */
const arxivAuthorId = /(?:^|\/)([a-z][a-z-]*)_([a-z])_\d+$/i;

async function keysOfArxivAuthor(db: Db, id: string): Promise<string[]> {
  const match = arxivAuthorId.exec(id.trim());
  if (!match) return [];
  const [family, initial] = [authorKey(match[1]!), match[2]!.toLowerCase()];
  const rows = await db
    .selectFrom("paper_authors")
    .select("author_key")
    .distinct()
    .where("author_key", "like", `${initial}% ${family}`)
    .limit(mostPapers)
    .execute();
  return rows.map((row) => row.author_key);
}
