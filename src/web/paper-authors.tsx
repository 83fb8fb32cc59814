// The by-line of a paper's page: all authors, each a link, many of them folded; then date, venue, versions.

import { formatDay } from "../lib/dates.ts";
import { links } from "../links.ts";
import type { Author, Paper } from "../papers/paper.ts";
import { toLine } from "./cut.ts";
import { count, formatNumber } from "./words.ts";

/** So many authors are named at once; the others unfold. */
const authorsShown = 12;

export function Authors({ paper }: { paper: Paper }) {
  const { authors } = paper;
  const facts = [
    paper.publishedOn ? formatDay(paper.publishedOn) : "",
    toLine(paper.venue ?? ""),
    versionWords(paper),
  ].filter(Boolean);
  const hidden = authors.length > authorsShown + 1 ? authors.slice(authorsShown) : [];
  return (
    <div class="by">
      {authors.length === 0 ? (
        "Authors not held"
      ) : (
        <AuthorNames authors={authors.slice(0, authors.length - hidden.length)} />
      )}
      {hidden.length > 0 ? (
        <>
          {", "}
          <details class="more-authors">
            <summary>{formatNumber(hidden.length)} more</summary>
            <AuthorNames authors={hidden} />
          </details>
        </>
      ) : null}
      {facts.length > 0 ? ` · ${facts.join(" · ")}` : ""}
    </div>
  );
}

function AuthorNames({ authors }: { authors: readonly Author[] }) {
  return (
    <>
      {authors.map((author, i) => (
        <>
          {i > 0 ? ", " : ""}
          <a href={links.author(author.name)} dir="auto">
            {author.name}
          </a>
        </>
      ))}
    </>
  );
}

/** "3 versions" for the by-line. */
function versionWords(paper: Paper): string {
  return paper.versions.length > 1 ? count(paper.versions.length, "version") : "";
}
