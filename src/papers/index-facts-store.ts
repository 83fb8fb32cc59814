// What the search index keeps of papers beside their own row: which sources have them, which lists, whether there is code.
import { sql } from "kysely";
import { type Db, numbersIn } from "../database/dialect.ts";
import { listAllPlaces } from "./lists-store.ts";

export interface IndexFacts {
  /** Families of sources, each once: all of arXiv's voices are "arxiv". */
  sources: string[];
  /** Ids of lists, each once. */
  lists: string[];
  /** A repository was observed; links to code are in the paper itself. */
  hasRepository: boolean;
}

/** By pk; a constant number of statements. */
export async function listIndexFacts(db: Db, pks: readonly number[]): Promise<Map<number, IndexFacts>> {
  const facts = new Map(
    pks.map((pk): [number, IndexFacts] => [pk, { sources: [], lists: [], hasRepository: false }]),
  );
  if (pks.length === 0) return facts;
  for (const { paper_pk, source } of await listSources(db, pks))
    addOnce(facts.get(paper_pk)!.sources, familyOf(source));
  for (const { pk, listId } of await listAllPlaces(db, pks)) addOnce(facts.get(pk)!.lists, listId);
  for (const { paper_pk } of await listWithRepository(db, pks)) facts.get(paper_pk)!.hasRepository = true;
  return facts;
}

function listSources(db: Db, pks: readonly number[]): Promise<{ paper_pk: number; source: string }[]> {
  return db
    .selectFrom("paper_records")
    .select(["paper_pk", "source"])
    .distinct()
    .where("paper_pk", "in", numbersIn(db, pks))
    .orderBy("source")
    .execute();
}

/** "arxiv-api" is arXiv too. */
function familyOf(source: string): string {
  return source.startsWith("arxiv-") ? "arxiv" : source;
}

function addOnce(names: string[], name: string): void {
  if (!names.includes(name)) names.push(name);
}

function listWithRepository(db: Db, pks: readonly number[]): Promise<{ paper_pk: number }[]> {
  return db
    .selectFrom("signals")
    .select("paper_pk")
    .distinct()
    .where("paper_pk", "in", numbersIn(db, pks))
    .where("kind", "=", "repository")
    .execute();
}

export interface VotedPaper {
  pk: number;
  /** The latest count of each source, summed; above 0. */
  votes: number;
  /** When it was first put forward, else published, else first voted for. */
  day: string;
}

/** Every paper with votes. */
export async function listVotedPapers(db: Db): Promise<VotedPaper[]> {
  const result = await sql<{ pk: number; votes: number | string; day: string }>`
    select latest.paper_pk as pk, sum(latest.value) as votes,
      coalesce(min(put.day), min(papers.published_on), min(latest.first_at)) as day
    from (
      select paper_pk, value, min(observed_at) over (partition by paper_pk) as first_at,
        row_number() over (partition by paper_pk, source order by observed_at desc) as place
      from signals where kind = 'upvotes'
    ) as latest
    join papers on papers.pk = latest.paper_pk
    left join (select paper_pk, min(day) as day from submissions group by paper_pk) as put
      on put.paper_pk = latest.paper_pk
    where latest.place = 1 and latest.value > 0
    group by latest.paper_pk
    order by latest.paper_pk`.execute(db);
  return result.rows.map(({ pk, votes, day }) => ({ pk, votes: Number(votes), day: day.slice(0, 10) }));
}
