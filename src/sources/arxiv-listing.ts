// The announcement listing of an arXiv category (/list/{category}/new): what was announced, on which day, and whether the
// page holds all that it says it shows. A browser reads a page that was cut as gladly as a whole one, so we count.
import type { Day } from "../lib/clock.ts";
import type { AnnouncementKind } from "../papers/paper.ts";
import { type ListingEntry, type ListingPlace, readListingEntry } from "./arxiv-listing-entry.ts";
import { type ListingBlock, readOutline } from "./arxiv-listing-outline.ts";
import { isRefusal, type Refusal } from "./fields.ts";

export interface ListingSection {
  kind: AnnouncementKind;
  /** "showing 50 of 75 entries": how many the page says it shows, and how many there are. */
  shown: number;
  declared: number;
  entries: ListingEntry[];
  /** Why entries cannot be taken. */
  rejected: string[];
}

export interface ArxivListing {
  /** As the page names itself; null where it does not. */
  category: string | null;
  /** The page's own date: the UTC day of the announcement. */
  announcedOn: Day;
  /** In the page's order; one without entries is left out by arXiv. */
  sections: ListingSection[];
  /** "Total of 298 entries", over all pages; null where it does not say. */
  total: number | null;
  /** The page itself says that nothing was announced. */
  quiet: boolean;
  /** The page ends early or has not what it says it shows: nothing may be concluded from what is missing. */
  truncated: boolean;
  /** Nothing of the announcement is on further pages. */
  whole: boolean;
}

export type ListingReading = { ok: true; listing: ArxivListing } | { ok: false; reason: string };

/** 2,000 entries, the most a page shows, take some 6 MB. */
const byteLimit = 32 * 1024 * 1024;
/** Reads the page of `category`. A page of another category, or no listing at all, is a reason. */
export function parseArxivListing(body: string | Uint8Array, category: string): ListingReading {
  const text = decode(body);
  if (isRefusal(text)) return { ok: false, reason: text.refused };
  const outline = readOutline(text);
  if (outline.category !== null && outline.category !== category)
    return { ok: false, reason: `it is the listing of ${outline.category}` };
  if (outline.announcedOn === null) return { ok: false, reason: "it has no date of announcement" };
  if (outline.blocks.length === 0 && !outline.quiet)
    return { ok: false, reason: "it has no section and does not say that nothing was announced" };
  const place = { category, announcedOn: outline.announcedOn };
  const sections = outline.blocks.map((block) => readSection(block, place));
  const found = sections.map(({ entries, rejected }) => entries.length + rejected.length);
  const shown = sum(sections.map((section) => section.shown));
  const declared = sum(sections.map((section) => section.declared));
  const total = outline.total;
  return {
    ok: true,
    listing: {
      category: outline.category,
      announcedOn: outline.announcedOn,
      sections,
      total,
      quiet: outline.quiet && sections.length === 0,
      truncated:
        !/<\/html>\s*$/i.test(text) || sections.some((section, index) => section.shown !== found[index]),
      whole: shown === declared && (total === null || total === shown),
    },
  };
}

function decode(body: string | Uint8Array): string | Refusal {
  if (body.length > byteLimit) return { refused: `it is larger than ${byteLimit} bytes` };
  if (typeof body === "string") return body;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return { refused: "its bytes are not UTF-8" };
  }
}

function readSection(
  { kind, shown, declared, pairs }: ListingBlock,
  place: Omit<ListingPlace, "kind">,
): ListingSection {
  const section: ListingSection = { kind, shown, declared, entries: [], rejected: [] };
  for (const { term, definition } of pairs) {
    const entry = readListingEntry(term, definition, { ...place, kind });
    if (isRefusal(entry)) section.rejected.push(entry.refused);
    else section.entries.push(entry);
  }
  return section;
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
