// Our own format: everything known of a paper on one JSON line, written and read back without loss. What is read is checked
// field by field, because a file that says it is ours may come from anybody.
import { AppError } from "../lib/errors.ts";
import type { SourceItem } from "../papers/paper.ts";
import { itemSchema } from "./broadsheet-schema.ts";
import { readJsonLines } from "./entries.ts";
import type { Fields, Refusal } from "./fields.ts";
import type { Entry, FileFormat } from "./format.ts";
import { headHasKeys } from "./head.ts";

/** Raised when a line's meaning changes; a reader of version n reads every version up to n. */
export const broadsheetVersion = 1;

export const broadsheet: FileFormat = {
  name: "broadsheet",
  detect: (head) => headHasKeys(head, ["broadsheet"]) || headHasKeys(head, ["type", "id", "records"]),
  read: readBroadsheet,
};

/** The first line of an export, without its newline. */
export function formatHeader(): string {
  return JSON.stringify({ broadsheet: broadsheetVersion, content: "papers" });
}

/** A paper's line, without its newline. Places travel with their paper, so lists need no lines of their own. */
export function formatPaperLine(item: SourceItem & { id: string }): string {
  const { id, aliases, records, submissions, announcements, signals, places, merges, changes } = item;
  return JSON.stringify({
    type: "paper",
    id,
    ...(aliases === undefined ? {} : { aliases }),
    records,
    submissions,
    announcements,
    signals,
    places,
    ...(merges === undefined ? {} : { merges }),
    ...(changes === undefined ? {} : { changes }),
  });
}

/** Reads an export, whole or in part (a file without its header is read all the same). */
export function readBroadsheet(input: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  return readJsonLines(input, (fields) => {
    if (Object.hasOwn(fields, "broadsheet")) return checkHeader(fields);
    if (fields.type !== "paper")
      return { refused: `a line of type ${JSON.stringify(fields.type)?.slice(0, 40)} is unknown` };
    return readItem(fields);
  });
}

/** Throws newer-version: guessing at a newer format could lose what its lines say. */
function checkHeader({ broadsheet: version }: Fields): null | Refusal {
  if (!Number.isInteger(version) || (version as number) < 1)
    return { refused: "its header names no version" };
  if ((version as number) <= broadsheetVersion) return null;
  throw new AppError("newer-version", `The file was written by a newer version (format ${version}).`, {
    remedy: `This program reads format ${broadsheetVersion}: update it, or export again with an older one.`,
  });
}

function readItem({ type: _, ...fields }: Fields): SourceItem | Refusal {
  const checked = itemSchema.safeParse(fields);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  return { refused: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "is not as it should be"}` };
}
