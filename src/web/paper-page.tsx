// The page of a paper: title, authors, abstract, links, and beside them its record.

import { formatDayMonth } from "../lib/dates.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { Page } from "./layout.tsx";
import { MarkControl } from "./mark-control.tsx";
import { Mark, MarkShapes, ShareRule } from "./marks.tsx";
import { PaperActions, type PaperActs } from "./paper-acts.tsx";
import { AppearancesTable, MissingNote } from "./paper-appearances.tsx";
import { Authors } from "./paper-authors.tsx";
import { describePaper, PaperHead } from "./paper-head.tsx";
import { listPaperLinks } from "./paper-links.ts";
import { type RecordProps, RecordTable } from "./paper-record.tsx";
import { PaperText } from "./paper-text.tsx";
import { type Appearance, WhyTable } from "./paper-why.tsx";
import { absoluteUrl, type Site } from "./site.ts";
import { Headline } from "./title.tsx";
import { count, formatNumber, missingOf } from "./words.ts";

export interface PaperPageProps extends RecordProps {
  site: Site;
  /** Its latest editions, the latest first; none for a paper of lists and conferences only. */
  appearances: readonly Appearance[];
  bibtex: string;
  acts: PaperActs;
}

/** Longer titles are cut even here; none has been seen that is longer and a title. */
const maxTitleChars = 1_000;

export function PaperPage(props: PaperPageProps) {
  const { site, paper, identifiers, appearances } = props;
  const path = links.paper(paper.id);
  const paperLinks = listPaperLinks(withRepository(paper, props.repository), identifiers);
  return (
    <Page
      site={site}
      title={paper.titleText.slice(0, 200)}
      path={path}
      description={describePaper(paper)}
      also={{
        json: links.apiV1(`papers/${encodeURIComponent(paper.id)}`),
        feed: { name: `similar/${encodeURIComponent(paper.id)}`, title: "Papers like this one" },
      }}
      head={
        <PaperHead
          paper={paper}
          identifiers={identifiers}
          paperLinks={paperLinks}
          url={absoluteUrl(site, path)}
          image={absoluteUrl(site, links.thumbnail(paper.id))}
        />
      }
    >
      <MarkShapes />
      <article class="page">
        {appearances[0] ? <ShareRule share={appearances[0].item.share} /> : null}
        <Margin {...props} />
        <hgroup>
          <h1 dir="auto">
            <Headline paper={paper} maxChars={maxTitleChars} />
          </h1>
          <Authors paper={paper} />
        </hgroup>
        <div class="text">
          <PaperText paper={paper} paperLinks={paperLinks} bibtex={props.bibtex} />
        </div>
        <div class="notes">
          <MarkControl paper={paper} />
          <PaperActions {...props.acts} />
          {appearances.map((appearance, i) => (
            <WhyTable {...appearance} latest={i === 0} />
          ))}
          <AppearancesTable {...props} />
          <MissingNote {...props} />
          <RecordTable {...props} />
        </div>
      </article>
    </Page>
  );
}

/** A repository that was observed beside the paper counts as its link. */
function withRepository(paper: Paper, repository: string | null): Paper {
  if (!repository || paper.links.some((link) => link.kind === "code")) return paper;
  return { ...paper, links: [...paper.links, { kind: "code", url: repository }] };
}

function Margin({ paper, appearances: [latest], repository }: PaperPageProps) {
  const missing = missingOf(paper, repository);
  return (
    <p class="margin">
      {latest ? <RankWords {...latest} /> : <span class="rank year">{paper.year ?? ""}</span>}
      {missing.length > 0 ? (
        <a href="#missing">
          <Mark name="gap" />
          {missing.join(", ")}
        </a>
      ) : null}
    </p>
  );
}

function RankWords({ edition, item }: Appearance) {
  return (
    <>
      <a class="rank" href="#why" aria-label={`Rank ${item.rank} of ${edition.items.length}`}>
        {item.rank}
      </a>
      <a href={`${links.day(edition.key)}#p${item.paper.id}`}>
        of {formatNumber(edition.items.length)} on {formatDayMonth(edition.from)}
      </a>
      <a href="#why">
        <Mark name="why" />
        {item.votes ? count(item.votes, "vote") : "why"}
      </a>
    </>
  );
}
