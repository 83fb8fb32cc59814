// Whether the service works, for whoever watches it: one small JSON document.
import type { Context } from "hono";
import { countPapers, latestChangeNumber } from "../papers/papers-store.ts";
import type { PageDeps } from "./deps.ts";

export interface Health {
  status: "ok" | "degraded";
  papers: number;
  /** Changes of papers that the search index has not followed yet. */
  searchBehind: number;
  /** What is wrong with the index files, if anything. */
  searchDamage: string | null;
}

/** 200 with status "ok" or "degraded" (search is rebuilding); a database that does not answer is a 500. */
export function healthRoute({ db, search }: PageDeps) {
  return async (c: Context) => {
    const { changeNumber, damage } = search.status();
    const searchBehind = Math.max(0, (await latestChangeNumber(db)) - changeNumber);
    const health: Health = {
      status: damage ? "degraded" : "ok",
      papers: await countPapers(db),
      searchBehind,
      searchDamage: damage,
    };
    return c.json(health, 200, { "Cache-Control": "no-store" });
  };
}
