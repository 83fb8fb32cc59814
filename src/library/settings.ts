// What a keeper sets: who they are among the authors, and what must not speak for a paper.
import { z } from "zod";

const shortText = z.string().trim().min(1).max(200);
const listOf = (most: number) => z.array(shortText).max(most).default([]);

export const settingsSchema = z.strictObject({
  /** The keeper's own name as papers print it; their papers teach the taste. */
  name: z.string().trim().max(200).default(""),
  /** The keeper's id as an author at arXiv: "warner_s_1". */
  arxivAuthor: z.string().trim().max(100).default(""),
  vetoes: z
    .strictObject({
      /** Words that must not count, neither for nor against. */
      words: listOf(500),
      /** Reasons that must not choose a paper: kinds ("popular"), or one of a kind ("search:graph neural"). */
      reasons: listOf(500),
    })
    .prefault({}),
});

export type LibrarySettings = z.infer<typeof settingsSchema>;

export const defaultSettings: LibrarySettings = settingsSchema.parse({});

/** What is stored, read back; a document of an older or newer program never keeps anybody from his library. */
export function parseSettings(stored: string): LibrarySettings {
  const parsed = settingsSchema.safeParse(JSON.parse(stored));
  return parsed.success ? parsed.data : defaultSettings;
}
