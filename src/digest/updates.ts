// What there is to tell of a paper that a reader had: a new version, a withdrawal, with what changed. Pure.
import type { SentPapersTable } from "../database/letter-schema.ts";
import type { Paper, RecordChange } from "../papers/paper.ts";
import { foldChanges } from "../papers/record-changes.ts";
import type { UpdatedPaper } from "./choose.ts";

/** Longest earlier title that is quoted. */
const longestTitle = 120;

/**
 * Null when nothing is. A paper with versions is news with a higher number or when it is withdrawn; one without, when its
 * title or abstract changed. `changes`: all that is known of the paper.
 */
export function findUpdate(
  paper: Paper,
  changes: readonly RecordChange[],
  told: Pick<SentPapersTable, "version" | "told_at">,
): UpdatedPaper | null {
  const { told_at } = told;
  if (told_at === null) return null;
  const since = foldChanges(changes.filter(({ changedAt }) => changedAt > told_at));
  const before = Object.assign({}, ...since.map((change) => change.before)) as RecordChange["before"];
  const version = paper.versions.at(-1)?.number ?? null;
  const withdrawn = paper.withdrawn && before.withdrawn === false;
  const newer = version !== null && told.version !== null && version > told.version;
  const reworded = told.version === null && (before.title !== undefined || before.abstract !== undefined);
  if (!withdrawn && !newer && !reworded) return null;
  const what = withdrawn
    ? "withdrawn"
    : `${newer ? `version ${version}` : "changed"}: ${formatChange(before)}`;
  return { pk: paper.pk, version, reason: `updated since you had it, ${what}` };
}

/** "new abstract, other authors, new title (it was “…”)" */
function formatChange({ title, abstract, authors }: RecordChange["before"]): string {
  const parts = [
    ...(abstract === undefined ? [] : ["new abstract"]),
    ...(authors === undefined ? [] : ["other authors"]),
    ...(title === undefined ? [] : [`new title (it was “${clip(title)}”)`]),
  ];
  return parts.join(", ") || "title, abstract and authors as they were";
}

function clip(title: string): string {
  const text = [...title.replace(/\s+/g, " ").trim()];
  return text.length <= longestTitle ? text.join("") : `${text.slice(0, longestTitle).join("")}…`;
}
