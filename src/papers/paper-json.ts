// A paper as the public JSON that the command line, and later the API, gives out.
import type { Identifier, Paper, PaperDetails, Scheme } from "./paper.ts";

/** What else is known of a paper, from other tables. */
export interface PaperJsonExtra {
  /** Lists it is on, with its first place there. */
  lists?: { id: string; title: string; position: number }[];
  /** Days it was put forward for. */
  editions?: string[];
}

/** `title` and `abstract` are as given, `titleText` and `abstractText` clean text; the details stand beside the fields. */
export type PaperJson = Omit<Paper, "pk" | "changeNumber" | "details"> &
  PaperDetails &
  Required<PaperJsonExtra> & {
    /** Every identifier that leads here, by scheme: { "arxiv": ["1706.03762"], "doi": […] }. */
    sourceIds: Partial<Record<Scheme, string[]>>;
  };

/** Without what only this installation knows (keys, change numbers) and without addresses no browser should follow. */
export function formatPaperJson(
  paper: Paper,
  identifiers: readonly Identifier[],
  extra: PaperJsonExtra = {},
): PaperJson {
  const { pk: _pk, changeNumber: _changeNumber, details, links, ...fields } = paper;
  return {
    ...fields,
    links: links.filter((link) => /^https?:\/\//i.test(link.url)),
    sourceIds: groupIdentifiers(identifiers),
    lists: extra.lists ?? [],
    editions: extra.editions ?? [],
    ...details,
  };
}

function groupIdentifiers(identifiers: readonly Identifier[]): Partial<Record<Scheme, string[]>> {
  const groups: Partial<Record<Scheme, string[]>> = {};
  for (const { scheme, value } of identifiers) groups[scheme] = [...(groups[scheme] ?? []), value];
  return groups;
}
