// What scrapers of the hub's daily pages read out of one element of the page: its papers as JSON, in the hub's shape.
import type { Edition, EmptyEdition } from "../editions/edition.ts";
import { factsOfItem } from "./hub-edition.ts";
import { formatHubItem } from "./hub-paper.ts";

/** A page of the API has no more either; who wants all asks there. */
const mostPapers = 100;
/** Of one paper: collaborations have thousands. */
const mostAuthors = 50;

export interface HubProps {
  periodType: Edition["kind"];
  dateString: string;
  /** By votes, falling. */
  dailyPapers: object[];
  prevDate: string | null;
  nextDate: string | null;
}

/** `base`: public address without trailing slash. Authors have no keys here: they would be a fifth of the page. */
export function formatHubProps(edition: Edition | EmptyEdition, base: string): HubProps {
  const best = edition.items.toSorted((a, b) => (b.votes ?? 0) - (a.votes ?? 0)).slice(0, mostPapers);
  const dailyPapers = best.map((item) => {
    const { paper, ...rest } = formatHubItem({
      paper: { ...item.paper, authors: item.paper.authors.slice(0, mostAuthors) },
      facts: factsOfItem(edition, item),
      base,
    });
    const authors = paper.authors.map(({ name, hidden }) => ({ name, hidden }));
    return { paper: { ...paper, authors }, ...rest };
  });
  const { kind, key, previous, next } = edition;
  return { periodType: kind, dateString: key, dailyPapers, prevDate: previous, nextDate: next };
}
