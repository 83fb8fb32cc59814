// Papers as public JSON, many at once: a fixed number of queries, however many papers.
import type { Db } from "../database/dialect.ts";
import { listIdentifiersOf, listSubmissionsOf } from "./export-store.ts";
import { listAllPlaces } from "./lists-store.ts";
import type { Paper } from "./paper.ts";
import { formatPaperJson, type PaperJson } from "./paper-json.ts";

/** In the order of the papers. Three queries. */
export async function listPaperJson(db: Db, papers: readonly Paper[]): Promise<PaperJson[]> {
  if (papers.length === 0) return [];
  const pks = papers.map(({ pk }) => pk);
  const identifiers = await listIdentifiersOf(db, pks);
  const submissions = await listSubmissionsOf(db, pks);
  const places = Map.groupBy(await listAllPlaces(db, pks), ({ pk }) => pk);
  return papers.map((paper) => {
    const lists = new Map<string, { id: string; title: string; position: number }>();
    for (const { listId, listTitle, position } of places.get(paper.pk) ?? [])
      if (!lists.has(listId)) lists.set(listId, { id: listId, title: listTitle, position });
    const days = (submissions.get(paper.pk) ?? []).map(({ day }) => day);
    return formatPaperJson(paper, identifiers.get(paper.pk) ?? [], {
      lists: [...lists.values()],
      editions: [...new Set(days)],
    });
  });
}
