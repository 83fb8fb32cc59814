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

/** The search resolves what the query names; an address may also end in an id that the hub's form gave a paper. */
async function findNamed({ db }: Pick<DoorDeps, "db">, { direct }: SearchAnswer): Promise<number | null> {
  const id = direct?.id ?? (direct?.scheme === "broadsheet" ? direct.value : null);
  return id === null ? null : ((await resolveHubPaper(db, id))?.pk ?? null);
}
