// The sample that is shipped: facts of three weeks of daily papers and of the founding collection, with our own summaries.
import { parseArxiv } from "../papers/identifiers.ts";
import type { ListPlace, PaperRecord, Signal, SourceItem } from "../papers/paper.ts";
import { itemOf, readJsonLines } from "./entries.ts";
import {
  type Fields,
  isRefusal,
  type Refusal,
  readAbstract,
  readAddress,
  readAuthors,
  readCount,
  readDay,
  readId,
  readInstant,
  readLinks,
  readTitle,
} from "./fields.ts";
import type { FileFormat } from "./format.ts";
import { headHasKeys } from "./head.ts";

export const sample: FileFormat = {
  name: "sample",
  detect: (head) =>
    headHasKeys(head, ["title", "summary", "listing"]) || headHasKeys(head, ["day", "arxiv", "summary"]),
  async *read(input) {
    let position = 0;
    yield* readJsonLines(input, (fields) => {
      if (fields.listing === undefined) return readDaily(fields);
      position += 1;
      return readFounding(fields, position);
    });
  },
};

const founding: Omit<ListPlace, "position"> = {
  listId: "founding",
  listTitle: "The founding collection",
  sourceFile: "founding.jsonl",
};

function readDaily(fields: Fields): SourceItem | Refusal {
  const given = readId(fields.arxiv, "arxiv");
  if (isRefusal(given)) return given;
  const id = parseArxiv(given)?.value;
  if (id === undefined) return { refused: `its id "${given.slice(0, 40)}" is no arXiv id` };
  const day = readDay(fields.day);
  if (day === undefined) return { refused: "it has no day" };
  const record = readRecord(fields, { sourceId: id, identifiers: [{ scheme: "arxiv", value: id }] });
  if (isRefusal(record)) return record;
  const publishedOn = readDay(fields.publishedAt);
  if (publishedOn !== undefined)
    Object.assign(record, { publishedOn, year: Number(publishedOn.slice(0, 4)) });
  record.links = readLinks([["code", fields.repository]]);
  const submittedAt = readInstant(fields.submittedAt);
  return {
    ...itemOf(record),
    submissions: [{ day, source: "hub", ...(submittedAt === undefined ? {} : { submittedAt }) }],
    signals: readSignals(fields, `${day}T08:30:00.000Z`),
  };
}

function readSignals(fields: Fields, observedAt: string): Signal[] {
  const common = { source: "hub", observedAt, approximate: true };
  const signals: Signal[] = [];
  const upvotes = readCount(fields.upvotes);
  if (upvotes !== undefined) signals.push({ kind: "upvotes", ...common, value: upvotes });
  const repository = readAddress(fields.repository);
  if (repository !== undefined) signals.push({ kind: "repository", ...common, detail: repository });
  return signals;
}

/** Known by the fingerprint of its listing entry, so that importing the page itself finds the same paper. */
function readFounding(fields: Fields, position: number): SourceItem | Refusal {
  const fingerprint = fields.listing;
  if (typeof fingerprint !== "string" || !/^[0-9a-f]{24}$/.test(fingerprint)) {
    return { refused: "its listing is no fingerprint of 24 hex digits" };
  }
  const record = readRecord(fields, {
    sourceId: fingerprint,
    identifiers: [{ scheme: "listing", value: fingerprint }],
  });
  return isRefusal(record) ? record : { ...itemOf(record), places: [{ ...founding, position }] };
}

function readRecord(
  fields: Fields,
  identity: Pick<PaperRecord, "sourceId" | "identifiers">,
): PaperRecord | Refusal {
  const title = readTitle(fields.title);
  if (isRefusal(title)) return title;
  const summary = readAbstract(fields.summary);
  if (isRefusal(summary)) return summary;
  const authors = readAuthors(fields.authors);
  if (isRefusal(authors)) return authors;
  const record: PaperRecord = {
    source: "sample",
    ...identity,
    title,
    authors,
    categories: [],
    versions: [],
    links: [],
  };
  return summary === undefined ? record : { ...record, abstract: summary, abstractKind: "summary" };
}
