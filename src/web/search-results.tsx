// What a search found, best first. The rule over a hit is its match, the best one being full.
import type { Child } from "hono/jsx";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import type { SearchAnswer, SearchHit } from "../search/search.ts";
import { toLine } from "./cut.ts";
import { SectionHeading } from "./layout.tsx";
import { ShareRule } from "./marks.tsx";
import { HighlightedTitle, Snippet } from "./snippet.tsx";
import { count, formatAuthors, formatNumber } from "./words.ts";

/** Hits a page. */
export const hitsPerPage = 20;
/** Deeper pages are for nobody who reads. */
export const maxOffset = 10_000;

interface FoundPaper {
  hit: SearchHit;
  paper: Paper;
}

export interface SearchResult {
  answer: SearchAnswer;
  found: FoundPaper[];
  offset: number;
}

export function Results({ query, answer, found, offset }: SearchResult & { query: string }) {
  if (answer.total === 0) return <NothingFound query={query} refused={answer.refused} />;
  return (
    <section class="hits">
      <SectionHeading title={resultTitle(answer, query)} note={resultNote(answer, offset, found.length)} />
      {found.map(({ hit, paper }, i) => (
        <Hit hit={hit} paper={paper} place={offset + i + 1} best={found[0]!.hit.score} />
      ))}
      <HitPager query={query} offset={offset} total={answer.total} />
    </section>
  );
}

function resultTitle({ total }: SearchAnswer, query: string): Child {
  return (
    <>
      {count(total, "paper")} for “<bdi>{query}</bdi>”
    </>
  );
}

/** "29 hold all the words; found in 3 ms" */
function resultNote({ tookMs, total, complete }: SearchAnswer, offset: number, shown: number): string {
  const parts = [];
  if (offset > 0) parts.push(`${formatNumber(offset + 1)} to ${formatNumber(offset + shown)}`);
  if (complete < total) parts.push(`${formatNumber(complete)} with all the words`);
  parts.push(`found in ${tookMs < 1 ? "less than 1" : Math.round(tookMs)} ms`);
  return parts.join("; ");
}

/** The best hit's rule is as long as that of a share of 8 %. */
const fullMatch = 0.08;

function Hit({ hit, paper, place, best }: FoundPaper & { place: number; best: number }) {
  return (
    <article class="paper hit">
      <ShareRule share={best > 0 ? (hit.score / best) * fullMatch : 0} />
      <p class="margin">
        <span class="rank">{place}</span>
        <span>{paper.year ?? "undated"}</span>
      </p>
      <hgroup>
        <h3 class="headline" dir="auto">
          <a href={links.paper(paper.id)}>
            <HighlightedTitle paper={paper} matched={hit.matched} />
          </a>
        </h3>
        <p class="by">
          {[formatAuthors(paper.authors, 3), toLine(paper.venue ?? "", 80)].filter(Boolean).join(" · ") ||
            "Authors not held"}
        </p>
      </hgroup>
      <Snippet paper={paper} matched={hit.matched} />
    </article>
  );
}

function HitPager({ query, offset, total }: { query: string; offset: number; total: number }) {
  const next = offset + hitsPerPage;
  const address = (at: number) => (at > 0 ? `${links.search(query)}&offset=${at}` : links.search(query));
  return (
    <nav class="actions" aria-label="Pages of results">
      {offset > 0 ? (
        <a href={address(Math.max(0, offset - hitsPerPage))} rel="prev">
          Previous {hitsPerPage}
        </a>
      ) : null}
      {next < total && next <= maxOffset ? (
        <a href={address(next)} rel="next">
          Next {Math.min(hitsPerPage, total - next)}
        </a>
      ) : null}
    </nav>
  );
}

function NothingFound({ query, refused }: { query: string; refused: string | undefined }) {
  return (
    <div class="prose">
      <h2 class="statement">
        {refused ? (
          "This cannot be searched."
        ) : (
          <>
            No paper holds “<bdi>{query}</bdi>”.
          </>
        )}
      </h2>
      <p>
        {refused ?? "Try fewer words, or another spelling; without quotation marks words may stand apart."}
      </p>
    </div>
  );
}
