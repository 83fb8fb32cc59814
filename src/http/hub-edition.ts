// An edition's papers as the hub's lists have them.
import type { Edition, EditionItem, EmptyEdition } from "../editions/edition.ts";
import type { PaperFacts } from "../editions/paper-facts.ts";
import { dayOf } from "../lib/clock.ts";

/** What the edition knows of a paper beside its bibliography. The day of a day's edition is the day it was put forward for. */
export function factsOfItem(edition: Edition | EmptyEdition, item: EditionItem): PaperFacts {
  const { votes, comments, stars, repository, organisation, submitters, enteredAt } = item;
  const submittedOn = edition.kind === "day" ? edition.key : dayOf(enteredAt);
  return { votes, comments, stars, repository, organisation, submitters, submittedOn };
}
