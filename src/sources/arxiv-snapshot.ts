// The public metadata dump of arXiv: one JSON object a line, texts hard-wrapped, dates as in mail.
import { parseInstant } from "../lib/written-date.ts";
import { parseArxiv } from "../papers/identifiers.ts";
import { parseAuthorTriple } from "../papers/names.ts";
import type { Announcement, Author, PaperRecord, SourceItem, Version } from "../papers/paper.ts";
import { announcementDay } from "./arxiv-calendar.ts";
import { arxivRecord, splitCategories } from "./arxiv-fields.ts";
import { itemOf, readJsonLines } from "./entries.ts";
import {
  type Fields,
  isFields,
  isRefusal,
  type Refusal,
  readAbstract,
  readAuthors,
  readDay,
  readId,
  readText,
} from "./fields.ts";
import type { FileFormat } from "./format.ts";
import { headHasKeys } from "./head.ts";

export const arxivSnapshot: FileFormat = {
  name: "arxiv-snapshot",
  detect: (head) => headHasKeys(head, ["id", "title", "categories", "versions"]),
  read: (input) => readJsonLines(input, readItem),
};

function readItem(fields: Fields): SourceItem | Refusal {
  const record = readRecord(fields);
  return isRefusal(record) ? record : { ...itemOf(record), announcements: announce(record) };
}

function readRecord(fields: Fields): PaperRecord | Refusal {
  const given = readId(fields.id, "id");
  if (isRefusal(given)) return given;
  const id = parseArxiv(given)?.value;
  if (id === undefined) return { refused: `its id "${given.slice(0, 40)}" is no arXiv id` };
  const abstract = readAbstract(fields.abstract);
  if (isRefusal(abstract)) return abstract;
  const authors = readParsedAuthors(fields.authors_parsed) ?? readAuthors(fields.authors);
  if (isRefusal(authors)) return authors;
  // The day the dump last heard of the paper: a later dump wins over an earlier one.
  const heardOn = readDay(fields.update_date);
  return arxivRecord({
    source: "arxiv",
    id,
    title: readText(fields.title),
    abstract,
    authors,
    categories: typeof fields.categories === "string" ? splitCategories(fields.categories) : [],
    comments: readText(fields.comments),
    journalReference: readText(fields["journal-ref"]),
    dois: readText(fields.doi),
    license: readText(fields.license),
    versions: readVersions(fields.versions),
    statedAt: heardOn === undefined ? undefined : `${heardOn}T00:00:00.000Z`,
  });
}

/** [family, given, suffix, ...affiliations]; the dump writes "C. -P." for "C.-P.". */
function readParsedAuthors(value: unknown): Author[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const authors: Author[] = [];
  for (const triple of value) {
    if (!Array.isArray(triple)) continue;
    const parts = triple.map((part) => (typeof part === "string" ? part.replaceAll(". -", ".-") : ""));
    const author = parseAuthorTriple(parts);
    if (author !== null) authors.push(author);
  }
  return authors.length > 0 ? authors : undefined;
}

function readVersions(value: unknown): Version[] {
  if (!Array.isArray(value)) return [];
  const versions: Version[] = [];
  for (const version of value) {
    if (!isFields(version) || typeof version.version !== "string" || typeof version.created !== "string")
      continue;
    const number = /^v([1-9]\d{0,3})$/.exec(version.version)?.[1];
    const submittedAt = parseInstant(version.created)?.instant;
    if (number !== undefined && submittedAt !== undefined)
      versions.push({ number: Number(number), submittedAt });
  }
  return versions.sort((a, b) => a.number - b.number);
}

/** The first version's announcement: new in the primary category, a cross-listing in the others. */
function announce({ versions, categories }: PaperRecord): Announcement[] {
  const first = versions.find((version) => version.number === 1);
  if (first === undefined) return [];
  const day = announcementDay(first.submittedAt);
  return categories.map((category, index) => ({
    source: "arxiv",
    category,
    day,
    kind: index === 0 ? "new" : "cross",
  }));
}
