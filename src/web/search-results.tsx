// What a search found, best first. The rule over a hit is its match, the best one being full.
import type { Child } from "hono/jsx";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import type { MatchReason, SearchAnswer, SearchHit } from "../search/search.ts";
import { cutAtCharacter, toLine } from "./cut.ts";
import { ScoreTerms } from "./item-terms.tsx";
import { SectionHeading } from "./layout.tsx";
import { MarkControl } from "./mark-control.tsx";
import { Mark, MarkShapes, ShareRule } from "./marks.tsx";
import { SearchNotes } from "./search-notes.tsx";
import { NothingFound } from "./search-nothing.tsx";
import { type PageSearch, searchAddress, shortQuery } from "./search-request.ts";
import { HighlightedTitle, Snippet } from "./snippet.tsx";
import { count, formatAuthors, formatNumber } from "./words.ts";

/** Hits a page. */
export const hitsPerPage = 20;

export interface FoundPaper {
  hit: SearchHit;
  paper: Paper;
}

interface ResultsProps {
  search: PageSearch;
  answer: SearchAnswer;
  found: FoundPaper[];
}

export function Results({ search, answer, found }: ResultsProps) {
  const { from } = search;
  // Sorted by a date or by votes, scores say nothing.
  const best = answer.sort === "relevance" ? (found[0]?.hit.score ?? 0) : 0;
  return (
    <section class="hits">
      <MarkShapes />
      <SearchNotes search={search} answer={answer} />
      {found.length === 0 ? (
        <NothingFound {...{ search, answer }} />
      ) : (
        <>
          <SectionHeading
            title={resultTitle(answer, search)}
            note={<ResultNote {...{ search, answer }} shown={found.length} />}
          />
          {found.map(({ hit, paper }, i) => (
            <Hit hit={hit} paper={paper} place={from + i} best={best} />
          ))}
          <HitPager search={search} answer={answer} end={from + found.length} />
        </>
      )}
    </section>
  );
}

/** "121 papers for “token position”", "At least 1,000 papers …" */
function resultTitle({ total, bound, corrected }: SearchAnswer, { query }: PageSearch): Child {
  return (
    <>
      {bound === "at-least" ? "At least " : ""}
      {count(total, "paper")} for “<bdi>{shortQuery(corrected?.query ?? query)}</bdi>”
    </>
  );
}

/** "29 with all the words; found in 3 ms; every score" */
function ResultNote({ search, answer, shown }: { search: PageSearch; answer: SearchAnswer; shown: number }) {
  const { cursor, from, explained } = search;
  const address = searchAddress(search, { explained: !explained, cursor, from });
  return (
    <>
      {describeAnswer(answer, from, shown)};{" "}
      <a href={address} rel="nofollow">
        {explained ? "without the scores" : "every score"}
      </a>
    </>
  );
}

function describeAnswer({ tookMs, total, complete }: SearchAnswer, from: number, shown: number): string {
  const parts = [];
  if (from > 1) parts.push(`${formatNumber(from)} to ${formatNumber(from + shown - 1)}`);
  if (complete > 0 && complete < total) parts.push(`${formatNumber(complete)} with all the words`);
  parts.push(`found in ${tookMs < 1 ? "less than 1" : Math.round(tookMs)} ms`);
  return parts.join("; ");
}

/** The best hit's rule is as long as that of a share of 8 %. */
const fullMatch = 0.08;

function Hit({ hit, paper, place, best }: FoundPaper & { place: number; best: number }) {
  return (
    <article class="paper hit" id={`p${paper.id}`}>
      <ShareRule share={best > 0 ? Math.min(1, hit.score / best) * fullMatch : 0} />
      <p class="margin">
        <span class="rank">{place}</span>
        <span>{paper.year ?? "undated"}</span>
        <MainReason why={hit.why} place={place} />
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
      <p class="hit-why" id={`why-${place}`}>
        {hit.why.length > 0 ? <>Found by {hit.why.map(formatReason).join("; ")}. </> : null}
        <a href={links.similar(paper.id)} rel="nofollow" aria-label={`More like this, number ${place}`}>
          More like this
        </a>
      </p>
      {hit.explanation ? <ScoreTerms label={`Score of number ${place}`} {...hit.explanation} /> : null}
      <MarkControl paper={paper} />
    </article>
  );
}

/** A condition holds for every paper, so it tells least of one; other reasons without a share are the whole reason. */
function tellingOf({ kind, share }: MatchReason): number {
  return share ?? (kind === "field" ? 0 : 1);
}

/** The word beside the mark: what the paper was found by most. */
function MainReason({ why, place }: { why: readonly MatchReason[]; place: number }) {
  const main = why.reduce<MatchReason | undefined>(
    (best, reason) => (best && tellingOf(best) >= tellingOf(reason) ? best : reason),
    undefined,
  );
  if (!main) return null;
  return (
    <a href={`#why-${place}`}>
      <Mark name="why" />
      {main.kind}
    </a>
  );
}

function formatReason({ kind, detail, share }: MatchReason): string {
  const percent = Math.round((share ?? 0) * 100);
  const part = percent === 0 ? "" : ` (${percent} %)`;
  const said = toLine(cutAtCharacter(detail, 120), 120);
  switch (kind) {
    case "title":
      return "its very title";
    case "meaning":
    case "like":
      return `being ${said}`;
    case "words":
      return `the words ${said}${part}`;
    case "author":
      return `its author: ${said}${part}`;
    case "phrase":
      return `the phrase “${said}”${part}`;
    default:
      return `${said}${part}`;
  }
}

function HitPager({ search, answer, end }: { search: PageSearch; answer: SearchAnswer; end: number }) {
  const { next, total, bound } = answer;
  if (search.from === 1 && next === undefined) return null;
  // Papers that are only near in meaning may go on behind all that are counted.
  const left = total - end + 1;
  const coming = bound === "exact" && left > 0 ? Math.min(hitsPerPage, left) : hitsPerPage;
  return (
    <nav class="actions" aria-label="Pages of results">
      {search.from > 1 ? <a href={searchAddress(search, {})}>First results</a> : null}
      {next === undefined ? null : (
        <a href={searchAddress(search, { cursor: next, from: end })} rel="next">
          Next {coming}
        </a>
      )}
    </nav>
  );
}
