// The outline of arXiv's announcement listing: its date and category, its sections with their counts, the entries unread.
import type { Day } from "../lib/clock.ts";
import {
  attributeOf,
  elementsBelow,
  type HtmlElement,
  hasClass,
  parseHtml,
  visibleText,
} from "../lib/html.ts";
import { formatDay, parsePartialDate } from "../lib/written-date.ts";
import type { AnnouncementKind } from "../papers/paper.ts";

const kinds: Record<string, AnnouncementKind> = { new: "new", cross: "cross", replacement: "replacement" };
const sectionHeading =
  /^(new|cross|replacement)\b[^(]{0,100}\((?:continued\s*,\s*)?showing\s+(?:(?:first|last)\s+)?([\d,]{1,9})\s+of\s+([\d,]{1,9})\s+entr/i;

/** A section as it stands on the page. */
export interface ListingBlock {
  kind: AnnouncementKind;
  shown: number;
  declared: number;
  /** Terms and their definitions, in order. */
  pairs: { term: HtmlElement; definition: HtmlElement | null }[];
}

export interface ListingOutline {
  category: string | null;
  announcedOn: Day | null;
  total: number | null;
  quiet: boolean;
  blocks: ListingBlock[];
}

/** One walk over the page: headings, terms and definitions, and the few lines that say something of the whole. */
export function readOutline(text: string): ListingOutline {
  const outline: ListingOutline = {
    category: null,
    announcedOn: null,
    total: null,
    quiet: false,
    blocks: [],
  };
  for (const element of elementsBelow(parseHtml(text))) {
    const block = outline.blocks.at(-1);
    if (element.tagName === "h3") readHeading(outline, visibleText(element));
    else if (element.tagName === "dt") block?.pairs.push({ term: element, definition: null });
    else if (element.tagName === "dd") {
      const pair = block?.pairs.at(-1);
      if (pair !== undefined) pair.definition ??= element;
    } else if (element.tagName === "a") outline.category ??= categoryOf(attributeOf(element, "href"));
    else if (element.tagName === "p")
      outline.quiet ||= /^no updates\b/i.test(visibleText(element).slice(0, 40));
    else if (hasClass(element, "paging")) outline.total ??= totalOf(visibleText(element));
  }
  return outline;
}

function readHeading(outline: ListingOutline, heading: string): void {
  const date = /(?:listings|submissions) for ([^(]{6,40})/i.exec(heading)?.[1];
  if (date !== undefined) outline.announcedOn ??= formatDay(parsePartialDate(date) ?? { year: 0 });
  const match = sectionHeading.exec(heading);
  if (match === null) return;
  const [, name = "", shown = "", declared = ""] = match;
  const count = (text: string) => Number(text.replaceAll(",", ""));
  const kind = kinds[name.toLowerCase()]!;
  outline.blocks.push({ kind, shown: count(shown), declared: count(declared), pairs: [] });
}

/** "/list/cs.AI/recent": the page's link to its own category. */
function categoryOf(address: string | undefined): string | null {
  return (
    /^(?:https?:\/\/(?:www\.)?arxiv\.org)?\/list\/([a-z-]+(?:\.[A-Za-z-]+)?)\/(?:recent|new|pastweek)\b/.exec(
      address ?? "",
    )?.[1] ?? null
  );
}

function totalOf(paging: string): number | null {
  const total = /total of ([\d,]{1,9}) entr/i.exec(paging)?.[1];
  return total === undefined ? null : Number(total.replaceAll(",", ""));
}
