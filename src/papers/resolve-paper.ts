// The paper that any of its ids leads to, in one step: what every door needs that shows a paper and no redirect.
import type { Db } from "../database/dialect.ts";
import { parseHubId } from "./hub-id.ts";
import type { Paper } from "./paper.ts";
import { findPaper, findPapersByPk } from "./papers-store.ts";

/** By any id it has or had, in any form `parseIdentifier` reads; null when nothing leads anywhere. */
export async function resolvePaper(db: Db, anyId: string): Promise<Paper | null> {
  const found = await findPaper(db, anyId);
  if (!found || "paper" in found) return found?.paper ?? null;
  const target = await findPaper(db, found.redirectTo);
  return target && "paper" in target ? target.paper : null;
}

/** The same for programs of the hub: also by the id that `formatHubId` gave it. */
export async function resolveHubPaper(db: Db, anyId: string): Promise<Paper | null> {
  const pk = parseHubId(anyId);
  return pk === null ? resolvePaper(db, anyId) : ((await findPapersByPk(db, [pk])).get(pk) ?? null);
}

/** The id here of the paper that a parsed identifier names, held or merged into another; null when none is held. */
export async function findNamedId(
  db: Db,
  { scheme, value }: { scheme: string; value: string },
): Promise<string | null> {
  const found = await findPaper(
    db,
    scheme === "broadsheet" || scheme === "arxiv" ? value : `${scheme}:${value}`,
  );
  if (!found) return null;
  return "redirectTo" in found ? found.redirectTo : found.paper.id;
}
