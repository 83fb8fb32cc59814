// Lists of conference papers: one JSON object a line, with a key of venue and year ("iclr2018:B1x").
import type { Identifier, PaperRecord } from "../papers/paper.ts";
import { itemOf, readJsonLines } from "./entries.ts";
import {
  addIdentifier,
  type Fields,
  isRefusal,
  type Refusal,
  readAbstract,
  readAuthors,
  readCount,
  readId,
  readLinks,
  readText,
  readTitle,
  readYear,
} from "./fields.ts";
import type { FileFormat } from "./format.ts";
import { headHasKeys } from "./head.ts";

export const conferenceList: FileFormat = {
  name: "conference-list",
  detect: (head) => headHasKeys(head, ["id", "title", "venue", "year"]),
  read: (input) =>
    readJsonLines(input, (fields) => {
      const record = readRecord(fields);
      return isRefusal(record) ? record : itemOf(record);
    }),
};

function readRecord(fields: Fields): PaperRecord | Refusal {
  const id = readId(fields.id, "id");
  if (isRefusal(id)) return id;
  const title = readTitle(fields.title);
  if (isRefusal(title)) return title;
  const abstract = readAbstract(fields.abstract);
  if (isRefusal(abstract)) return abstract;
  const authors = readAuthors(fields.authors);
  if (isRefusal(authors)) return authors;
  const record: PaperRecord = {
    source: "conference",
    sourceId: id,
    identifiers: readIdentifiers(id, fields),
    title,
    authors: withoutRepetition(authors),
    categories: [],
    versions: [],
    links: readLinks([
      ["site", fields.site],
      ["pdf", fields.pdf],
      ["code", fields.github],
      ["project", fields.project],
    ]),
  };
  if (abstract !== undefined) Object.assign(record, { abstract, abstractKind: "abstract" });
  return Object.assign(record, readOptional(fields));
}

function readOptional(fields: Fields): Partial<PaperRecord> {
  const optional: Partial<PaperRecord> = {};
  const venue = readText(fields.venue);
  if (venue !== undefined) optional.venue = venue;
  const year = readYear(fields.year);
  if (year !== undefined) optional.year = year;
  const citations = readCount(fields.citations);
  if (citations !== undefined) optional.citations = citations;
  const area = readText(fields.area);
  if (area !== undefined) optional.area = area;
  // The lists say only that there was one.
  const award = fields.award === true ? "Award" : readText(fields.award);
  if (award !== undefined) optional.award = award;
  return optional;
}

/** The id, what is named outright, and what the addresses of the paper say; a project page may be another paper's. */
function readIdentifiers(id: string, fields: Fields): Identifier[] {
  const identifiers: Identifier[] = [{ scheme: "conference", value: id }];
  addIdentifier(identifiers, fields.arxiv, ["arxiv"]);
  // Some of Springer's have a space in the middle.
  const doi = typeof fields.doi === "string" ? fields.doi.replace(/\s/g, "") : undefined;
  addIdentifier(identifiers, doi, ["doi", "arxiv"]);
  for (const address of [fields.site, fields.pdf])
    addIdentifier(identifiers, address, ["acl", "openreview", "doi", "arxiv"]);
  return identifiers;
}

/** Some IEEE lists give the whole list of authors twice over. */
function withoutRepetition<T extends { name: string }>(authors: T[]): T[] {
  const half = authors.length / 2;
  if (half < 1 || !Number.isInteger(half)) return authors;
  const repeats = authors
    .slice(0, half)
    .every((author, index) => author.name === authors[half + index]?.name);
  return repeats ? authors.slice(0, half) : authors;
}
