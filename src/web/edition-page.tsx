// The page of an edition: lead, front, sections by field, briefs.
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { Edition } from "../editions/edition.ts";
import { editionTitle } from "../editions/edition-title.ts";
import { breathe } from "../lib/pace.ts";
import { links } from "../links.ts";
import type { AlsoAs } from "./also-as.tsx";
import { type AnyEdition, EditionHead, type FieldShare, SharesLine } from "./edition-head.tsx";
import { type EditionLayout, layoutEdition } from "./edition-layout.ts";
import { RowOfCells, Section, sectionId } from "./edition-sections.tsx";
import { type EditionView, viewOf } from "./edition-view.ts";
import { HubElement } from "./hub-element.tsx";
import type { KeeperView } from "./keeper-context.ts";
import { asSeen } from "./keeper-view.tsx";
import { type NavigationName, Page, renderPage } from "./layout.tsx";
import { LeadNotes } from "./lead-notes.tsx";
import { MarkShapes } from "./marks.tsx";
import { anchorOf, PaperItem } from "./paper-item.tsx";
import type { Site } from "./site.ts";
import { StartNotice, type StartNoticeProps } from "./start-notice.tsx";
import { count } from "./words.ts";

export interface EditionPageProps {
  site: Site;
  edition: Edition;
  /** Where the page is at home: "/" for the latest. */
  path: string;
  /** The way in, above the papers. */
  notice?: StartNoticeProps | null;
  /** Each item with the terms of its score. */
  explained: boolean;
}

/**
 * The whole page, as `keeper` sees it. A month has hundreds of papers: it is made in pieces, between which others are served.
 */
export async function renderEditionPage(
  props: EditionPageProps,
  keeper: KeeperView | null = null,
): Promise<string> {
  const layout = layoutEdition(props.edition);
  const view = viewOf(props.edition, props);
  const front = await renderPieces(frontOf(layout, view), keeper);
  const sections = await renderPieces(
    layout.sections.map((section) => <Section section={section} view={view} />),
    keeper,
  );
  return renderPage(asSeen(<EditionPage {...props} {...{ layout, view, front, sections }} />, keeper));
}

async function renderPieces(pieces: readonly Child[], keeper: KeeperView | null): Promise<Child> {
  let html = "";
  for (const piece of pieces) {
    html += String(asSeen(piece, keeper));
    await breathe();
  }
  return raw(html);
}

function frontOf({ lead, front }: EditionLayout, view: EditionView): Child[] {
  return [
    <PaperItem item={lead} view={view}>
      <LeadNotes item={lead} explained={view.explained} />
    </PaperItem>,
    ...front.map((row) => <RowOfCells row={row} columns={4} view={view} />),
  ];
}

interface MadeUp extends EditionPageProps {
  layout: EditionLayout;
  view: EditionView;
  front: Child;
  sections: Child;
}

function EditionPage({ site, edition, path, notice, explained, ...made }: MadeUp) {
  return (
    <Page
      site={site}
      title={editionTitle(edition)}
      path={path}
      description={describe(edition)}
      current={currentName(edition, path)}
      masthead={<EditionHead edition={edition} view={{ path, explained }} />}
      unlisted={explained || edition.cut !== null}
      colophon={<Colophon edition={edition} />}
      also={alsoOf(edition, path)}
    >
      <MarkShapes />
      {notice ? <StartNotice {...notice} /> : null}
      <SharesLine shares={fieldShares(made.layout, edition)} />
      <div class="front">{made.front}</div>
      <div class="sections">{made.sections}</div>
      {path === links.front() || edition.cut ? null : <HubElement site={site} edition={edition} />}
    </Page>
  );
}

function alsoOf(edition: Edition, path: string): AlsoAs {
  const { kind, key } = edition;
  if (edition.cut) {
    const asOf = edition.cut.asOf;
    return { json: links.apiV1(`editions/${key}`, { asOf }), files: links.editionView(path, { asOf }) };
  }
  const feed =
    path === links.front()
      ? { name: "today", title: "The papers of the day" }
      : { name: `editions/${key}`, title: editionTitle(edition) };
  return { json: links.apiV1(`editions/${key}`), feed, files: links.edition(kind, key) };
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

function Colophon({ edition }: { edition: Edition }) {
  return (
    <>
      {editionTitle(edition)}, ordered by formula <a href={`${links.about()}#formula`}>{edition.formula}</a>{" "}
      from what was recorded by{" "}
      <time datetime={edition.asOf}>{edition.asOf.slice(0, 16).replace("T", " ")}</time> UTC.
    </>
  );
}
