// The paper that any of its ids leads to, in one step: what every door needs that shows a paper and no redirect.
import type { Db } from "../database/dialect.ts";
import type { Paper } from "./paper.ts";
import { findPaper } from "./papers-store.ts";

/** By any id it has or had, in any form `parseIdentifier` reads; null when nothing leads anywhere. */
export async function resolvePaper(db: Db, anyId: string): Promise<Paper | null> {
  const found = await findPaper(db, anyId);
  if (!found || "paper" in found) return found?.paper ?? null;
  const target = await findPaper(db, found.redirectTo);
  return target && "paper" in target ? target.paper : null;
}
