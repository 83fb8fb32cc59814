// Search as the hub's programs ask for it: a query and how many answers, best first.
import type { DoorDeps } from "../http/deps.ts";
import { resolveHubPaper } from "../papers/resolve-paper.ts";
import type { SearchAnswer } from "../search/search.ts";

/** Keys of the papers found; one that the query itself names comes first. */
export async function searchAsHub(
  deps: Pick<DoorDeps, "db" | "search">,
  { q, limit }: { q: string; limit: number },
): Promise<number[]> {
  const query = q.trim().toWellFormed();
  if (query === "") return [];
  const answer = deps.search.search(await deps.search.prepare({ query, limit }));
  const found = answer.hits.map(({ key }) => key);
  const named = await findNamed(deps, answer);
  return named === null ? found : [named, ...found.filter((key) => key !== named)].slice(0, limit);
}

async function findNamed({ db }: Pick<DoorDeps, "db">, { direct }: SearchAnswer): Promise<number | null> {
  if (!direct) return null;
  const { scheme, value } = direct;
  const id = scheme === "broadsheet" || scheme === "arxiv" ? value : `${scheme}:${value}`;
  return (await resolveHubPaper(db, id))?.pk ?? null;
}
