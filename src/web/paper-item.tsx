// A paper on an edition's page, in one of the five sizes of its share.
import type { Child } from "hono/jsx";
import type { EditionItem, Step } from "../editions/edition.ts";
import { formatDayMonth } from "../lib/dates.ts";
import { links } from "../links.ts";
import { cutAbstract } from "../reading/key-sentences.ts";
import { toLine } from "./cut.ts";
import { type EditionView, whyOf } from "./edition-view.ts";
import { abstractBudgets } from "./estimates.ts";
import { ItemTerms } from "./item-terms.tsx";
import { MarkControl } from "./mark-control.tsx";
import { Mark, ShareRule } from "./marks.tsx";
import { Headline, LineTitle } from "./title.tsx";
import { Watched } from "./watched.tsx";
import {
  count,
  formatAuthors,
  formatShare,
  formatSubmitters,
  joinNames,
  mainReason,
  missingOf,
} from "./words.ts";

export interface ItemProps {
  item: EditionItem;
  view: EditionView;
  /** Columns of the row that it takes; a quarto in two or more has room for a folio's abstract. */
  columns?: number;
}

const stepNames = { 1: "sheet", 2: "folio", 3: "quarto", 4: "octavo", 5: "line" } as const;
const authorsShown = { 1: 4, 2: 3, 3: 2, 4: 2, 5: 0 } as const;

/** Steps 1 to 4: rule, margin, headline, by-line, abstract; `children` are the notes beside the lead. */
export function PaperItem({ item, view, columns = 1, children }: ItemProps & { children?: Child }) {
  const { paper, step } = item;
  const { fullScore, explained } = view;
  const Heading = step <= 2 ? "h2" : "h3";
  return (
    <article class={`paper ${stepNames[step]}`} id={anchorOf(item)} data-entered={item.enteredAt}>
      <ShareRule share={fullScore > 0 ? item.score / fullScore : 0} />
      <Margin item={item} view={view} />
      <hgroup>
        <Heading class="headline" dir="auto">
          <a href={links.paper(paper.id)}>
            <Headline paper={paper} />
          </a>
        </Heading>
        <ByLine item={item} />
      </hgroup>
      <Abstract item={item} step={item.step === 3 && columns > 1 ? 2 : item.step} />
      {explained ? <ItemTerms item={item} /> : null}
      {children}
      <MarkControl paper={paper} />
    </article>
  );
}

/** Fragment of the paper on an edition's page. */
export function anchorOf({ paper }: EditionItem): string {
  return `p${paper.id}`;
}

/** Rank, reason and gap: each a link to its explanation. */
function Margin({ item, view }: { item: EditionItem; view: EditionView }) {
  const missing = missingOf(item.paper, item.repository);
  const page = links.paper(item.paper.id);
  const why = whyOf(item, view);
  return (
    <p class="margin">
      <a class="rank" href={why} aria-label={rankLabel(item)}>
        {item.rank}
      </a>
      <a href={why}>
        <Mark name="why" />
        {mainReason(item)}
      </a>
      <LateMark item={item} />
      {missing.length > 0 ? (
        <a href={`${page}#missing`} aria-label={`Missing: ${missing.join(", ")}`}>
          <Mark name="gap" />
          {missing.join(", ")}
        </a>
      ) : null}
    </p>
  );
}

/** The account of its day says the rest. */
function LateMark({ item }: { item: EditionItem }) {
  if (item.carriedFrom)
    return (
      <a class="late" href={links.edition("day", item.carriedFrom)}>
        carried over from {formatDayMonth(item.carriedFrom)}
      </a>
    );
  if (!item.late) return null;
  return (
    <a class="late" href={links.status()} aria-label="late: held only after its day, by filling in">
      late
    </a>
  );
}

function rankLabel({ rank, share }: EditionItem): string {
  return `Rank ${rank}, ${formatShare(share)} of the score`;
}

function ByLine({ item }: { item: EditionItem }) {
  const { paper, step, organisation, submitters } = item;
  const parts = [formatAuthors(paper.authors, authorsShown[step]), toLine(organisation ?? "", 80)];
  if (step <= 2 && submitters.length > 0) parts.push(`submitted by ${formatSubmitters(submitters)}`);
  const text = parts.filter(Boolean).join(" · ");
  return <p class="by">{text || "Authors not held"}</p>;
}

/** The key sentences; on a phone the lead's second half stays on the paper's own page. */
function Abstract({ item: { paper }, step }: { item: EditionItem; step: Step }) {
  const budget = abstractBudgets[step] ?? 0;
  if (budget === 0 || paper.abstractText === "") return null;
  const { text } = cutAbstract(paper.abstractText, budget);
  const short = step === 1 ? cutAbstract(paper.abstractText, abstractBudgets[2]!).text : text;
  const more = text.startsWith(short) ? text.slice(short.length) : "";
  return (
    <p class="abstract" dir="auto">
      {paper.abstractKind === "summary" ? <span class="kind">Summary </span> : null}
      <Watched text={more === "" ? text : short} />
      {more === "" ? null : (
        <span class="more">
          <Watched text={more} />
        </span>
      )}
    </p>
  );
}

function LineLateMark({ item: { carriedFrom, late } }: { item: EditionItem }) {
  if (carriedFrom) return <span class="late"> carried over from {formatDayMonth(carriedFrom)}</span>;
  return late ? <span class="late"> late</span> : null;
}

/** Step 5: one line. Its rank is the link to the reason. */
export function PaperLine({ item, view }: { item: EditionItem; view: EditionView }) {
  const { paper, votes, organisation, rank } = item;
  const page = links.paper(paper.id);
  const why = whyOf(item, view);
  const missing = missingOf(paper, item.repository);
  return (
    <li class="line" id={anchorOf(item)} data-entered={item.enteredAt}>
      <a class="rank" href={why} aria-label={rankLabel(item)}>
        {rank}
      </a>
      <p class="line-title" dir="auto">
        <a href={page}>
          <LineTitle paper={paper} />
          <LineLateMark item={item} />
        </a>
      </p>
      <span class="line-by">{toLine(organisation ?? "", 60)}</span>
      <span class="line-votes">{votes === null ? "" : count(votes, "vote")}</span>
      {missing.length > 0 ? (
        <a class="line-gap" href={`${page}#missing`} aria-label={`Missing: ${joinNames(missing)}`}>
          <Mark name="gap" />
        </a>
      ) : null}
      {view.explained ? <ItemTerms item={item} /> : null}
      <MarkControl paper={paper} />
    </li>
  );
}
