// One item of arXiv's feed of the day.
import { parseInstant } from "../lib/written-date.ts";
import { childrenOf, childText, textOf } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { parseAuthorList } from "../papers/author-list.ts";
import { parseArxiv } from "../papers/identifiers.ts";
import type { Announcement, AnnouncementKind, SourceItem } from "../papers/paper.ts";
import { arxivRecord, splitCategories } from "./arxiv-fields.ts";
import { itemOf } from "./entries.ts";
import { arxivSchema, atom, dublinCore, rssTwo } from "./feed-vocabulary.ts";
import { isRefusal, type Refusal } from "./fields.ts";

export type AnnounceType = "new" | "cross" | "replace" | "replace-cross";

export interface RssEntry {
  /** Canonical arXiv id. */
  id: string;
  version: number | null;
  /** Null where the item names none that we know. */
  announceType: AnnounceType | null;
  /** One record of the source "arxiv-rss", and its announcements in the feed's categories. */
  item: SourceItem;
}

const kinds: Record<AnnounceType, AnnouncementKind> = {
  new: "new",
  cross: "cross",
  replace: "replacement",
  "replace-cross": "replacement",
};

/** Reads an <item> of RSS or an <entry> of Atom. */
export function readRssEntry(
  element: XmlElement,
  feed: { form: "rss" | "atom"; categories: string[] },
): RssEntry | Refusal {
  const isAtom = feed.form === "atom";
  const text = (rss: string, ofAtom = rss) => childText(element, isAtom ? atom(ofAtom) : rssTwo(rss)) ?? "";
  const given = text("guid", "id").replace(/^oai:arxiv\.org:/i, "");
  const identifier = parseArxiv(given);
  if (identifier === null) return { refused: `its id "${given.slice(0, 40)}" is no arXiv id` };
  const announcedOn = parseInstant(text("pubDate", "published"))?.day;
  if (announcedOn === undefined) return { refused: `${identifier.value}: it has no date` };
  const description = readDescription(text("description", "summary"));
  const categories = readCategories(element, isAtom);
  const record = arxivRecord({
    source: "arxiv-rss",
    id: identifier.value,
    title: text("title"),
    abstract: description.abstract,
    authors: parseAuthorList(childText(element, dublinCore("creator")) ?? ""),
    categories,
    journalReference: childText(element, arxivSchema("journal_reference")),
    dois: childText(element, arxivSchema("DOI")),
    license: childText(element, dublinCore("rights")),
    statedAt: `${announcedOn}T00:00:00.000Z`,
  });
  if (isRefusal(record)) return { refused: `${identifier.value}: ${record.refused}` };
  const announceType = readAnnounceType(childText(element, arxivSchema("announce_type")) ?? description.type);
  const announcements =
    announceType === null ? [] : announce({ categories, announceType, announcedOn }, feed.categories);
  return {
    id: identifier.value,
    version: identifier.version ?? null,
    announceType,
    item: { ...itemOf(record), announcements },
  };
}

/** "arXiv:0904.3110v3 Announce Type: new \nAbstract: Let …"; without these words the text is the abstract. */
function readDescription(text: string): { type: string; abstract: string } {
  const match = /^arXiv:\S{5,40}\s+Announce Type:\s*(\S{1,20})\s+Abstract:\s*/i.exec(text);
  return match === null
    ? { type: "", abstract: text }
    : { type: match[1]!, abstract: text.slice(match[0].length) };
}

function readAnnounceType(text: string): AnnounceType | null {
  const type = text.trim().toLowerCase();
  return Object.hasOwn(kinds, type) ? (type as AnnounceType) : null;
}

function readCategories(element: XmlElement, isAtom: boolean): string[] {
  const written = isAtom
    ? childrenOf(element, atom("category")).map((category) => category.attributes.get("term"))
    : childrenOf(element, rssTwo("category")).map(textOf);
  return splitCategories(written.join(" "));
}

/**
 * In which of the feed's categories the paper was announced, and how. The feed of one category tells of that one; in a
 * feed of several, or of a whole archive ("math"), the paper's own categories tell, the first being its primary.
 */
function announce(
  paper: { categories: string[]; announceType: AnnounceType; announcedOn: string },
  ofFeed: string[],
): Announcement[] {
  const { announceType, announcedOn: day } = paper;
  const kind = kinds[announceType];
  const single = ofFeed.length === 1 && (ofFeed[0]!.includes(".") || paper.categories.includes(ofFeed[0]!));
  if (single) return [{ source: "arxiv", category: ofFeed[0]!, day, kind }];
  const covered = paper.categories.filter((category) =>
    ofFeed.some((name) => name === category || category.startsWith(`${name}.`)),
  );
  return covered.map((category) => {
    const isCross = kind === "new" && category !== paper.categories[0];
    return { source: "arxiv", category, day, kind: isCross ? "cross" : kind };
  });
}
