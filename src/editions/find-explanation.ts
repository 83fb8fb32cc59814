// The explanation of one paper's place on one page, with the recorded rows behind it.
import type { Db } from "../database/dialect.ts";
import { findCut } from "./cut.ts";
import type { Edition, EditionItem, EditionKey } from "./edition.ts";
import type { CacheOptions, EditionCache } from "./edition-cache.ts";
import { type Evidence, findEvidence } from "./evidence-store.ts";
import { type Explanation, explainItem } from "./explain.ts";

export interface FoundExplanation {
  edition: Edition;
  item: EditionItem;
  explanation: Explanation;
  evidence: Evidence;
}

/** Null where the key means no page, or the page does not have the paper by this very id. */
export async function findExplanation(
  { db, editions }: { db: Db; editions: EditionCache },
  { key, id }: { key: EditionKey; id: string },
  options: CacheOptions,
): Promise<FoundExplanation | null> {
  const edition = await editions.get(key, options);
  if (!edition || !("counts" in edition)) return null;
  const item = edition.items.find(({ paper }) => paper.id === id);
  if (!item) return null;
  const { categories, asOf } = options;
  const { from, to } = edition;
  const cut = asOf === undefined ? null : await findCut(db, edition, { asOf, categories });
  const range = { from: item.carriedFrom ?? from, to };
  const evidence = await findEvidence(db, item.paper.pk, { range, categories, cut });
  return { edition, item, explanation: explainItem(edition, item), evidence };
}
