// The page of an edition: lead, front, sections by field, briefs; and of a day without papers.
import type { Edition, EditionItem, EmptyEdition } from "../editions/edition.ts";
import { links } from "../links.ts";
import {
  type AnyEdition,
  EditionHead,
  editionTitle,
  type FieldShare,
  SharesLine,
  shortTitle,
} from "./edition-head.tsx";
import {
  type Cell,
  type EditionLayout,
  layoutEdition,
  type Row,
  type SectionLayout,
} from "./edition-layout.ts";
import { type NavigationName, Page, SectionHeading } from "./layout.tsx";
import { LeadNotes } from "./lead-notes.tsx";
import { MarkShapes } from "./marks.tsx";
import { anchorOf, PaperItem, PaperLine } from "./paper-item.tsx";
import type { Site } from "./site.ts";
import { count, formatNumber, formatShare } from "./words.ts";

export interface EditionPageProps {
  site: Site;
  edition: Edition;
  /** Where the page is at home: "/" for the latest. */
  path: string;
}

export function EditionPage({ site, edition, path }: EditionPageProps) {
  const layout = layoutEdition(edition);
  const fullScore = scoreOfPage(edition);
  return (
    <Page
      site={site}
      title={editionTitle(edition)}
      path={path}
      description={describe(edition)}
      current={currentName(edition, path)}
      masthead={<EditionHead edition={edition} />}
      colophon={<Colophon edition={edition} />}
    >
      <MarkShapes />
      <SharesLine shares={fieldShares(layout, edition)} />
      <div class="front">
        <PaperItem item={layout.lead} fullScore={fullScore}>
          <LeadNotes item={layout.lead} />
        </PaperItem>
        {layout.front.map((row) => (
          <RowOfCells row={row} columns={4} fullScore={fullScore} />
        ))}
      </div>
      <div class="sections">
        {layout.sections.map((section) => (
          <Section section={section} fullScore={fullScore} />
        ))}
      </div>
    </Page>
  );
}

/** A page is drawn for some fifty papers; on longer editions the fifty best are the full scale, as they are for sizes. */
const papersOfOnePage = 50;

function scoreOfPage({ items }: Edition): number {
  return items.slice(0, papersOfOnePage).reduce((sum, item) => sum + item.score, 0);
}

function currentName({ kind }: AnyEdition, path: string): NavigationName | undefined {
  if (path === links.front()) return "today";
  return kind === "day" ? undefined : kind;
}

function describe(edition: Edition): string {
  const lead = edition.items[0]!.paper.titleText;
  const title = lead.length > 120 ? `${lead.slice(0, 119)}…` : lead;
  return `${editionTitle(edition)}: ${count(edition.items.length, "paper")}, ordered by a published formula, led by “${title}”.`;
}

/** Fields link to their section; one that is all on the front links to its first paper there. */
function fieldShares({ shares, sections }: EditionLayout, { items }: Edition): FieldShare[] {
  const withSection = new Set(sections.map((section) => section.field));
  return shares.map(({ field, share }) => {
    const first = items.find((item) => item.field === field)!;
    return { field, share, href: `#${withSection.has(field) ? sectionId(field) : anchorOf(first)}` };
  });
}

function sectionId(field: string): string {
  return field.toLowerCase().replaceAll(" ", "-");
}

function Section({ section, fullScore }: { section: SectionLayout; fullScore: number }) {
  return (
    <section class={section.columns === 4 ? "section" : "section half"} id={sectionId(section.field)}>
      <SectionHeading title={section.field} note={sectionNote(section)} />
      {section.rows.map((row) => (
        <RowOfCells row={row} columns={section.columns} fullScore={fullScore} />
      ))}
      {section.lines.length > 0 ? <Lines items={section.lines} across /> : null}
    </section>
  );
}

function sectionNote({ papers, share, onFront }: SectionLayout): string {
  const front = onFront > 0 ? `; ${formatNumber(onFront)} on the front` : "";
  return `${count(papers, "paper")}, ${formatShare(share)} of the score${front}`;
}

function RowOfCells({ row, columns, fullScore }: { row: Row; columns: number; fullScore: number }) {
  return (
    <div class={`row of-${columns}`}>
      {row.map((cell) => (
        <CellOfRow cell={cell} fullScore={fullScore} />
      ))}
    </div>
  );
}

/** Quartos side by side share the line on which their abstracts begin; see .level in the stylesheet. */
function CellOfRow({ cell, fullScore }: { cell: Cell; fullScore: number }) {
  if (cell.lines.length > 0) {
    return (
      <div class={`cell span-${cell.columns}`}>
        <Lines items={cell.lines} />
      </div>
    );
  }
  const papers = cell.papers.map((item) => (
    <PaperItem item={item} fullScore={fullScore} columns={cell.columns} />
  ));
  const kind = cell.papers[0]?.step === 3 ? "cell level" : "cell";
  return <div class={`${kind} span-${cell.columns}`}>{papers}</div>;
}

/** Above this many, full-width briefs stand in two columns. */
const longList = 14;

function Lines({ items, across }: { items: EditionItem[]; across?: boolean }) {
  const kind = across ? (items.length > longList ? "lines across two" : "lines across") : "lines";
  return (
    <ol class={kind}>
      {items.map((item) => (
        <PaperLine item={item} />
      ))}
    </ol>
  );
}

function Colophon({ edition }: { edition: Edition }) {
  return (
    <>
      {editionTitle(edition)}, ordered by formula <a href={`${links.about()}#formula`}>{edition.formula}</a>{" "}
      from what was recorded by{" "}
      <time datetime={edition.asOf}>{edition.asOf.slice(0, 16).replace("T", " ")}</time> UTC.
    </>
  );
}

/** A day, week or month without papers, with the nearest that have some. */
export function EmptyEditionPage({
  site,
  edition,
  path,
}: {
  site: Site;
  edition: EmptyEdition;
  path: string;
}) {
  const title = editionTitle(edition);
  return (
    <Page site={site} title={title} path={path} unlisted masthead={<EditionHead edition={edition} />}>
      <div class="prose">
        <h2 class="statement">{edition.future ? `${title} has not come yet.` : `No papers on ${title}.`}</h2>
        <NearestEditions edition={edition} />
      </div>
    </Page>
  );
}

/** The front before the first paper. */
export function NoPapersPage({ site }: { site: Site }) {
  return (
    <Page site={site} title="Broadsheet" path={links.front()} current="today">
      <div class="prose">
        <h1 class="statement">There are no papers here yet.</h1>
        <p>
          Add some with <code>./broadsheet import FILE…</code>; the page appears with the first that belongs
          to a day.
        </p>
      </div>
    </Page>
  );
}

function NearestEditions({ edition: { kind, previous, next } }: { edition: EmptyEdition }) {
  const nearest = [previous, next].filter((key) => key !== null);
  if (nearest.length === 0) return <p>No {kind} has papers yet.</p>;
  return (
    <p>
      The nearest with papers:{" "}
      {nearest.map((key, i) => (
        <>
          {i > 0 ? " and " : ""}
          <a href={links.edition(kind, key)}>
            {kind === "day" ? editionTitle({ kind, key, from: key }) : shortTitle(kind, key)}
          </a>
        </>
      ))}
      .
    </p>
  );
}
