// The shape of a paper's line in our own format. Every field of the shared types must be named here, or it would be lost on
// the way: the `satisfies` clauses make a forgotten one a type error.
import { z } from "zod";
import { longestAbstract, longestSourceId, longestTitle } from "../papers/limits.ts";
import type {
  AbstractKind,
  Announcement,
  Author,
  Identifier,
  Link,
  ListPlace,
  MergeNote,
  PaperRecord,
  RecordChange,
  Signal,
  SourceItem,
  Submission,
  Version,
} from "../papers/paper.ts";
import { readDay, readInstant } from "./fields.ts";

type Shape<T> = Record<keyof T, z.ZodType>;

/** One of the words of a union, every one of which must be named. */
function oneOf<T extends string>(words: Record<T, true>) {
  return z.enum(Object.keys(words) as T[]);
}

const text = z.string();
const name = z.string().min(1).max(longestSourceId);
const day = z.string().refine((value) => value.length === 10 && readDay(value) !== undefined, "is no day");
const instant = z
  .string()
  .refine((value) => readInstant(value) === value, "is no instant (ISO 8601, UTC, milliseconds)");
const address = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\//i, "is no http(s) address");
const count = z.number().int();
const position = z.number().int().positive();

const identifier = z.object({
  scheme: oneOf<Identifier["scheme"]>({
    arxiv: true,
    doi: true,
    acl: true,
    openreview: true,
    conference: true,
    listing: true,
    broadsheet: true,
  }),
  value: name,
} satisfies Shape<Identifier>);

const author = z.object({
  name: text,
  family: text.optional(),
  given: text.optional(),
  suffix: text.optional(),
  affiliations: z.array(text).optional(),
  literal: z.boolean().optional(),
} satisfies Shape<Author>);

const link = z.object({
  kind: oneOf<Link["kind"]>({ abstract: true, pdf: true, html: true, code: true, project: true, site: true }),
  url: address,
} satisfies Shape<Link>);

const version = z.object({
  number: position,
  submittedAt: instant,
  withdrawn: z.boolean().optional(),
} satisfies Shape<Version>);

const sourceName = oneOf<PaperRecord["source"]>({
  arxiv: true,
  "arxiv-api": true,
  "arxiv-listing": true,
  "arxiv-rss": true,
  acl: true,
  conference: true,
  biorxiv: true,
  feed: true,
  hub: true,
  references: true,
  typed: true,
  listing: true,
  sample: true,
});

const record = z.object({
  source: sourceName,
  sourceId: name,
  statedAt: instant.optional(),
  identifiers: z.array(identifier),
  title: text.max(longestTitle).refine((value) => value.trim() !== "", "is blank"),
  abstract: z.string().max(longestAbstract).optional(),
  abstractKind: oneOf<AbstractKind>({ abstract: true, summary: true }).optional(),
  authors: z.array(author),
  publishedOn: day.optional(),
  updatedOn: day.optional(),
  year: z.number().int().optional(),
  venue: text.optional(),
  categories: z.array(text),
  versions: z.array(version),
  links: z.array(link),
  comments: text.optional(),
  journalReference: text.optional(),
  license: text.optional(),
  withdrawn: z.boolean().optional(),
  citations: count.optional(),
  area: text.optional(),
  award: text.optional(),
  keywords: z.array(text).optional(),
} satisfies Shape<PaperRecord>);

const submission = z.object({
  day,
  source: name,
  submitter: text.optional(),
  submittedAt: instant.optional(),
} satisfies Shape<Submission>);

const announcement = z.object({
  source: name,
  category: name,
  day,
  kind: oneOf<Announcement["kind"]>({ new: true, cross: true, replacement: true }),
  late: z.boolean().optional(),
} satisfies Shape<Announcement>);

const signal = z.object({
  kind: oneOf<Signal["kind"]>({
    upvotes: true,
    comments: true,
    repository: true,
    stars: true,
    organisation: true,
  }),
  source: name,
  observedAt: instant,
  value: z.number().optional(),
  detail: text.optional(),
  approximate: z.boolean().optional(),
} satisfies Shape<Signal>);

const place = z.object({
  listId: name,
  listTitle: text,
  sourceFile: text,
  position,
} satisfies Shape<ListPlace>);

const merge = z.object({
  source: text,
  sourceId: text,
  reason: text,
  evidence: text,
  mergedAt: instant,
  mergedId: text.optional(),
} satisfies Shape<MergeNote>);

const change = z.object({
  source: sourceName,
  sourceId: name,
  changedAt: instant,
  before: z.object({
    title: text.optional(),
    abstract: text.optional(),
    authors: z.array(text).optional(),
    withdrawn: z.boolean().optional(),
  }),
} satisfies Shape<RecordChange>);

/** Checks a line; unknown fields are left out, wrong ones refused with their path. */
export const itemSchema: z.ZodType<SourceItem> = z.object({
  id: name.optional(),
  aliases: z.array(name).optional(),
  records: z.array(record).min(1, "names no record of a source"),
  submissions: z.array(submission),
  announcements: z.array(announcement),
  signals: z.array(signal),
  places: z.array(place),
  merges: z.array(merge).optional(),
  changes: z.array(change).optional(),
} satisfies Shape<SourceItem>);
