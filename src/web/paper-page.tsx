// The page of a paper: title, authors, abstract, links, and beside them its record.
import { toPlainText } from "../lib/plain-text.ts";
import { links } from "../links.ts";
import type { Author, Paper } from "../papers/paper.ts";
import { toLine } from "./cut.ts";
import { formatDay, formatDayMonth } from "./dates.ts";
import { Page } from "./layout.tsx";
import { Mark, MarkShapes, ShareRule } from "./marks.tsx";
import { RichText } from "./math.tsx";
import { describePaper, PaperHead } from "./paper-head.tsx";
import { listPaperLinks, type PaperLink } from "./paper-links.ts";
import {
  AppearancesTable,
  MissingNote,
  type RecordProps,
  RecordTable,
  versionWords,
} from "./paper-record.tsx";
import { type Appearance, WhyTable } from "./paper-why.tsx";
import { absoluteUrl, type Site } from "./site.ts";
import { Headline } from "./title.tsx";
import { count, formatNumber, missingOf } from "./words.ts";

export interface PaperPageProps extends RecordProps {
  site: Site;
  /** The latest edition it was in; null for a paper that was in none. */
  appearance: Appearance | null;
  bibtex: string;
}

/** Longer titles are cut even here; none has been seen that is longer and a title. */
const maxTitleChars = 1_000;

export function PaperPage(props: PaperPageProps) {
  const { site, paper, identifiers, appearance } = props;
  const path = links.paper(paper.id);
  const paperLinks = listPaperLinks(withRepository(paper, props.repository), identifiers);
  return (
    <Page
      site={site}
      title={paper.titleText.slice(0, 200)}
      path={path}
      description={describePaper(paper)}
      head={
        <PaperHead
          paper={paper}
          identifiers={identifiers}
          paperLinks={paperLinks}
          url={absoluteUrl(site, path)}
        />
      }
    >
      <MarkShapes />
      <article class="page">
        {appearance ? <ShareRule share={appearance.item.share} /> : null}
        <Margin {...props} />
        <hgroup>
          <h1 dir="auto">
            <Headline paper={paper} maxChars={maxTitleChars} />
          </h1>
          <Authors paper={paper} />
        </hgroup>
        <div class="text">
          {paper.withdrawn ? (
            <p class="kind">This paper has been withdrawn by its authors or its archive.</p>
          ) : null}
          <Abstract paper={paper} />
          <Actions paper={paper} paperLinks={paperLinks} />
          <details class="cite">
            <summary>BibTeX</summary>
            <pre tabindex={0}>{props.bibtex}</pre>
            <a href={links.bibtex(paper.id)}>As a file</a>
          </details>
        </div>
        <div class="notes">
          {appearance ? <WhyTable {...appearance} /> : null}
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

function Margin({ paper, appearance, repository }: PaperPageProps) {
  const missing = missingOf(paper, repository);
  return (
    <p class="margin">
      {appearance ? <RankWords {...appearance} /> : <span class="rank year">{paper.year ?? ""}</span>}
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

/** So many authors are named at once; the others unfold. */
const authorsShown = 12;

function Authors({ paper }: { paper: Paper }) {
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

function Abstract({ paper }: { paper: Paper }) {
  if (paper.abstractKind === "none" || paper.abstractText === "")
    return <p class="by">No abstract is held.</p>;
  return (
    <>
      {paper.abstractKind === "summary" ? <p class="kind">Summary, not the authors’ abstract</p> : null}
      {splitParagraphs(paper).map(({ given, plain }) => (
        <p class="abstract" dir="auto">
          <RichText given={given} plain={plain} />
        </p>
      ))}
    </>
  );
}

/** Paragraphs of abstracts: blank lines, and lines that begin indented after a sentence's end (arXiv's way). */
const paragraphBreak = /\n\s*\n|(?<=[.!?:)”"])\n {2,}(?=\S)/;

function splitParagraphs({ abstract, abstractText }: Paper): { given: string; plain: string }[] {
  const parts = abstract.split(paragraphBreak).filter((part) => part.trim() !== "");
  if (parts.length < 2) return [{ given: abstract, plain: abstractText }];
  return parts.map((given) => ({ given, plain: toPlainText(given) }));
}

function Actions({ paper, paperLinks }: { paper: Paper; paperLinks: readonly PaperLink[] }) {
  return (
    <p class="actions">
      {paperLinks.map(({ href, label }) => (
        <a href={href}>{label}</a>
      ))}
      <a href={links.paperJson(paper.id)}>JSON</a>
    </p>
  );
}
