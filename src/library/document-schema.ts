// The shape of a library as one JSON document, version 1: what export writes and import reads.
import { z } from "zod";
import { longestAbstract, longestTitle } from "../papers/limits.ts";
import { followKinds, longestFolder, markKinds, mostFollows, mostMarks } from "./library.ts";
import { settingsSchema } from "./settings.ts";

/** References beyond papers here; a whole reference manager fits. */
export const mostReferences = 20_000;

const instant = z.iso.datetime({ precision: 3 });
const folder = z.string().max(longestFolder).default("");
const identifiers = z.array(z.string().min(1).max(600)).max(20).default([]);

const mark = z.strictObject({
  /** The paper's id here; elsewhere it is found by its identifiers, or by title and authors. */
  paper: z.string().min(1).max(600),
  identifiers,
  title: z.string().max(longestTitle).default(""),
  authors: z.array(z.string().max(400)).max(5_000).default([]),
  year: z.number().int().nullable().default(null),
  kind: z.enum(markKinds),
  folder,
  at: instant,
});

const reference = z.strictObject({
  title: z.string().min(1).max(longestTitle),
  abstract: z.string().max(longestAbstract).default(""),
  identifiers,
  folder,
  at: instant,
});

const follow = z.strictObject({
  kind: z.enum(followKinds),
  value: z.string().min(1).max(2_000),
  at: instant,
});

export const documentSchema = z.strictObject({
  broadsheetLibrary: z.literal(1),
  exportedAt: instant.optional(),
  settings: settingsSchema.prefault({}),
  marks: z.array(mark).max(mostMarks).default([]),
  follows: z.array(follow).max(mostFollows).default([]),
  references: z.array(reference).max(mostReferences).default([]),
  /** What was learned of the reader, to be read by people; import does not need it. */
  learned: z.unknown().optional(),
});

export type LibraryDocument = z.infer<typeof documentSchema>;
export type DocumentMark = LibraryDocument["marks"][number];
export type DocumentReference = LibraryDocument["references"][number];
