// A paper in a list of chosen or ranked ones: its place, title, authors, the beginning of its abstract, and why it is there.
import type { Child } from "hono/jsx";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { cutAbstract } from "../reading/key-sentences.ts";
import { toLine } from "./cut.ts";
import { MarkControl } from "./mark-control.tsx";
import { Mark } from "./marks.tsx";
import { Headline } from "./title.tsx";
import { Watched } from "./watched.tsx";
import { formatAuthors } from "./words.ts";

const abstractChars = 340;

export interface ListedPaperProps {
  paper: Paper;
  rank: number;
  /** Where the place is explained. */
  explainedAt?: string;
  /** When it came, for "new since your visit". */
  enteredAt?: string;
  reason: Child;
  /** What stands below the reason. */
  children?: Child;
}

export function ListedPaper({ paper, rank, explainedAt, enteredAt, reason, children }: ListedPaperProps) {
  const where = toLine(paper.primaryCategory ?? paper.venue ?? "", 60);
  return (
    <article class="paper hit" id={`p${paper.id}`} data-entered={enteredAt}>
      <p class="margin">
        {explainedAt === undefined ? (
          <span class="rank">{rank}</span>
        ) : (
          <a class="rank" href={explainedAt} aria-label={`Number ${rank}: why`}>
            {rank}
          </a>
        )}
      </p>
      <hgroup>
        <h2 class="headline" dir="auto">
          <a href={links.paper(paper.id)}>
            <Headline paper={paper} />
          </a>
        </h2>
        <p class="by">
          {[formatAuthors(paper.authors, 3), where].filter(Boolean).join(" · ") || "Authors not held"}
        </p>
      </hgroup>
      {paper.abstractText === "" ? null : (
        <p class="abstract" dir="auto">
          <Watched text={cutAbstract(paper.abstractText, abstractChars).text} />
        </p>
      )}
      <p class="hit-why reasons" dir="auto">
        <Mark name="why" />
        {reason}
      </p>
      {children}
      <MarkControl paper={paper} />
    </article>
  );
}
