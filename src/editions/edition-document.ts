// An edition as one JSON document: what was on the page, and nothing that moves without it (no keys of the database). Pure.
import type { Paper } from "../papers/paper.ts";
import type { Edition, EditionItem, EmptyEdition } from "./edition.ts";
import { type Explanation, explainItem } from "./explain.ts";

export type EditionDocument = Omit<Edition, "items"> & { items: DocumentItem[] };

export interface DocumentItem extends Omit<EditionItem, "paper"> {
  paper: Omit<Paper, "pk" | "changeNumber">;
  explanation?: Explanation;
}

/** The same edition gives the same bytes. */
export function editionDocument(
  edition: Edition | EmptyEdition,
  { explain }: { explain: boolean },
): EditionDocument | EmptyEdition {
  if (!("formula" in edition)) return edition;
  const items = edition.items.map(({ paper: { pk: _pk, changeNumber: _number, ...paper }, ...item }, i) => ({
    ...item,
    paper,
    ...(explain ? { explanation: explainItem(edition, edition.items[i]!) } : {}),
  }));
  return { ...edition, items };
}
