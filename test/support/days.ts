// Papers of a day as a source would bring them, written by us, saved the way an import does.
import type { Db } from "../../src/database/dialect.ts";
import type { Announcement, Identifier, Signal, SourceItem } from "../../src/papers/paper.ts";
import { saveItems } from "../../src/papers/save-store.ts";

export interface DayPaper {
  /** arXiv id or DOI. */
  id: string;
  title?: string;
  abstract?: string;
  /** Absent: nobody counted. */
  votes?: number;
  /** Absent: not put forward by anybody. */
  submitter?: string | null;
  announcements?: Pick<Announcement, "category" | "kind" | "late">[];
  authors?: string[];
  /** As an archive placed it; default: no archive did. */
  categories?: string[];
  signals?: Signal[];
  /** Another identifier it turns out to have. */
  alsoId?: string;
}

/** Saves papers put forward for a day (unless `submitter` is null), with votes counted at 08:30 UTC; recorded at 09:00. */
export async function saveDay(
  db: Db,
  day: string,
  papers: readonly DayPaper[],
  now = `${day}T09:00:00.000Z`,
): Promise<void> {
  const items = papers.map((paper) => itemOf(day, paper));
  const options = { now, origin: "import" } as const;
  await db.transaction().execute((trx) => saveItems(trx, items, options));
}

/** So many papers of a day, the first with the most votes. */
export function papersOf(day: string, count: number): DayPaper[] {
  const prefix = day.slice(2, 7).replace("-", "");
  return Array.from({ length: count }, (_, i) => ({
    id: `${prefix}.${day.slice(8)}${String(i).padStart(3, "0")}`,
    title: `Paper ${i + 1} of ${day}: A Study of Counting`,
    votes: (count - i) * 3,
  }));
}

function identifierOf(value: string): Identifier {
  return { scheme: value.includes("/") ? "doi" : "arxiv", value };
}

function itemOf(day: string, paper: DayPaper): SourceItem {
  const { id, votes, submitter = "Ada", announcements = [] } = paper;
  const title = paper.title ?? `Paper ${id}`;
  const observedAt = `${day}T08:30:00.000Z`;
  const counted: Signal[] =
    votes === undefined
      ? []
      : [{ kind: "upvotes", source: "hub", observedAt, value: votes, approximate: true }];
  return {
    records: [
      {
        source: "hub",
        sourceId: id,
        identifiers: [id, ...(paper.alsoId ? [paper.alsoId] : [])].map(identifierOf),
        title,
        abstract:
          paper.abstract ?? `We introduce ${title}, which counts. It counts well. It counts for long.`,
        abstractKind: "abstract",
        authors: (paper.authors ?? ["Grace Hopper", "Ada Lovelace"]).map((name) => ({ name })),
        publishedOn: day,
        categories: paper.categories ?? [],
        versions: [],
        links: [],
      },
    ],
    submissions: submitter === null ? [] : [{ day, source: "hub", submitter }],
    announcements: announcements.map((announcement) => ({ source: "arxiv", day, ...announcement })),
    signals: [...counted, ...(paper.signals ?? [])],
    places: [],
  };
}
