// A shelf of papers, one line each: on lists, by category, by author. Pages on by a stable cursor.
import type { Child } from "hono/jsx";
import { formatDay } from "../lib/dates.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { toLine } from "./cut.ts";
import { MarkControl } from "./mark-control.tsx";
import { LineTitle } from "./title.tsx";
import { formatAuthors } from "./words.ts";

/** Papers a page. */
export const papersPerPage = 50;

export interface ShelfEntry {
  /** What stands before the title: the place on a list; absent, the date. */
  place?: number;
  paper: Paper;
}

export function Shelf({ entries }: { entries: readonly ShelfEntry[] }) {
  return (
    <ol class="shelf">
      {entries.map(({ place, paper }) => (
        <li id={`p${paper.id}`}>
          {place === undefined ? null : <span class="place">{place}</span>}
          <div class="entry">
            <p class="entry-title" dir="auto">
              <a href={links.paper(paper.id)}>
                <LineTitle paper={paper} />
              </a>
            </p>
            <p class="entry-by">{byLineOf(paper)}</p>
          </div>
          <span class="entry-venue">{toLine(paper.venue ?? paper.primaryCategory ?? "", 60)}</span>
          <span class="entry-date">{dateOf(paper)}</span>
          <MarkControl paper={paper} />
        </li>
      ))}
    </ol>
  );
}

function byLineOf({ authors, withdrawn }: Paper): string {
  return [withdrawn ? "withdrawn" : "", formatAuthors(authors, 6)].filter(Boolean).join(" · ");
}

function dateOf({ publishedOn, year }: Paper): Child {
  if (publishedOn) return <time datetime={publishedOn}>{formatDay(publishedOn)}</time>;
  return year;
}

/** Links to the next page and back to the first. `path` carries no query of its own. */
export function Pager({
  path,
  after,
  next,
}: {
  path: string;
  after: string | undefined;
  next: string | null;
}) {
  if (!next && after === undefined) return null;
  return (
    <nav class="actions" aria-label="Pages of this list">
      {after === undefined ? null : <a href={path}>First page</a>}
      {next ? (
        <a href={`${path}?after=${encodeURIComponent(next)}`} rel="next">
          Next page
        </a>
      ) : null}
    </nav>
  );
}
