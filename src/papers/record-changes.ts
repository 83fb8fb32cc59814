// What a source takes back when it says something new of a paper: the words that were there before. Pure.
import type { PaperRecord, RecordChange } from "./paper.ts";

/** What `before` said and `after` says otherwise; null where all that was said still stands. */
export function describeChange(before: PaperRecord, after: PaperRecord): RecordChange["before"] | null {
  const change: RecordChange["before"] = {};
  if (plain(before.title) !== plain(after.title)) change.title = before.title;
  if (before.abstract !== undefined && plain(before.abstract) !== plain(after.abstract ?? ""))
    change.abstract = before.abstract;
  const authors = before.authors.map(({ name }) => name);
  if (authors.length > 0 && authors.join("\n") !== after.authors.map(({ name }) => name).join("\n"))
    change.authors = authors;
  if ((before.withdrawn ?? false) !== (after.withdrawn ?? false))
    change.withdrawn = before.withdrawn ?? false;
  return Object.keys(change).length > 0 ? change : null;
}

/** Where lines break is no matter of what is said. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The same words taken back by several voices of one archive are one change, told by the first. Latest first. */
export function foldChanges(changes: readonly RecordChange[]): RecordChange[] {
  const seen = new Set<string>();
  const folded: RecordChange[] = [];
  for (const change of changes.toSorted((a, b) => (a.changedAt < b.changedAt ? -1 : 1))) {
    const news = Object.entries(change.before).filter(([field, value]) => {
      const key = `${field} ${typeof value === "string" ? plain(value) : JSON.stringify(value)}`;
      return !seen.has(key) && seen.add(key);
    });
    if (news.length > 0) folded.push({ ...change, before: Object.fromEntries(news) });
  }
  return folded.reverse();
}
