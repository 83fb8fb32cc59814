// How an edition is shown: what its rules are drawn against, and whether every score is shown in place.
import type { Edition, EditionItem } from "../editions/edition.ts";
import { links } from "../links.ts";

export interface EditionView {
  edition: Edition;
  /** Score that stands for 100 % of the page. */
  fullScore: number;
  /** Each item with the terms of its score. */
  explained: boolean;
}

/** A page is drawn for some fifty papers; on longer editions the fifty best are the full scale, as they are for sizes. */
const papersOfOnePage = 50;

export function viewOf(edition: Edition, { explained }: { explained: boolean }): EditionView {
  const fullScore = edition.items.slice(0, papersOfOnePage).reduce((sum, item) => sum + item.score, 0);
  return { edition, fullScore, explained };
}

/** The explanation of an item: of the page as it stands, or as it stood. */
export function whyOf(
  { paper }: EditionItem,
  { edition: { key, cut } }: Pick<EditionView, "edition">,
): string {
  return links.explain(key, paper.id, cut?.asOf);
}
