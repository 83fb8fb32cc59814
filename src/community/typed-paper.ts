// A paper that somebody typed in, because no archive that is known here can be asked for it. Checked, then a record as any other.
import { sha256Hex } from "../lib/hash.ts";
import { parseAuthorList } from "../papers/author-list.ts";
import { parseIdentifier } from "../papers/identifiers.ts";
import type { Identifier, Link, SourceItem } from "../papers/paper.ts";
import { titleKey } from "../papers/title-key.ts";

export interface TypedPaper {
  title: string;
  /** Separated by commas, or by semicolons when names hold commas. */
  authors: string;
  abstract: string;
  /** An identifier or a web address; may be empty. */
  where: string;
}

export type TypedProblems = Partial<Record<keyof TypedPaper, string>>;

export const typedLimits = { title: 500, authors: 4_000, abstract: 8_000, where: 500 } as const;

/** The item to save, or what is wrong with each field. */
export function readTypedPaper(typed: TypedPaper, day: string): SourceItem | { problems: TypedProblems } {
  const title = oneLine(typed.title);
  const authors = parseAuthorList(oneLine(typed.authors));
  const place = readPlace(typed.where.trim());
  const problems: TypedProblems = {
    ...(titleKey(title).length < 8 ? { title: "Write the whole title." } : {}),
    ...(authors.length === 0
      ? { authors: "Name one author at least, such as Ada Lovelace, Grace Hopper." }
      : {}),
    ...(place === null
      ? { where: "Write an identifier (a DOI, an ACL id) or a web address, or leave it empty." }
      : {}),
    ...Object.fromEntries(
      Object.entries(typedLimits)
        .filter(([field, most]) => typed[field as keyof TypedPaper].length > most)
        .map(([field, most]) => [field, `At most ${most.toLocaleString("en-US")} characters.`]),
    ),
  };
  if (place === null || Object.keys(problems).length > 0) return { problems };
  const abstract = typed.abstract.replace(/\r\n?/g, "\n").trim();
  const record = {
    source: "typed" as const,
    sourceId: sha256Hex(`${titleKey(title)}\n${titleKey(authors[0]?.name ?? "")}`).slice(0, 32),
    identifiers: place.identifiers,
    title,
    ...(abstract === "" ? {} : { abstract, abstractKind: "abstract" as const }),
    authors,
    publishedOn: day,
    categories: [],
    versions: [],
    links: place.links,
  };
  return { records: [record], submissions: [], announcements: [], signals: [], places: [] };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function readPlace(text: string): { identifiers: Identifier[]; links: Link[] } | null {
  if (text === "") return { identifiers: [], links: [] };
  const parsed = parseIdentifier(text);
  // Ids of our own lead to papers that are here; nobody types such a paper in.
  if (parsed && parsed.scheme !== "broadsheet" && parsed.scheme !== "listing")
    return { identifiers: [{ scheme: parsed.scheme, value: parsed.value }], links: [] };
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return null;
  return { identifiers: [], links: [{ kind: "site", url: url.href }] };
}
