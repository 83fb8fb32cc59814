// The record of a paper: dates, versions, identifiers, sources.
import type { Child } from "hono/jsx";
import { formatDay } from "../lib/dates.ts";
import { links } from "../links.ts";
import type { Place } from "../papers/lists-store.ts";
import type { Announcement, Identifier, Paper, RecordChange, Submission, Version } from "../papers/paper.ts";
import { toLine } from "./cut.ts";
import { safeHref } from "./safe-href.ts";
import { formatNumber } from "./words.ts";

export interface RecordProps {
  paper: Paper;
  identifiers: readonly Identifier[];
  places: readonly Place[];
  submissions: readonly Submission[];
  /** In followed categories. */
  announcements: readonly Announcement[];
  repository: string | null;
  /** What its sources took back, the latest first. */
  changes: readonly RecordChange[];
}

interface RecordRow {
  name: string;
  value: Child;
}

export function RecordTable(props: RecordProps) {
  return (
    <table>
      <caption>Record</caption>
      <tbody>
        {recordRows(props).map(({ name, value }) => (
          <tr>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function recordRows({ paper, identifiers, changes }: RecordProps): RecordRow[] {
  const { details } = paper;
  const rows: [string, Child | undefined][] = [
    ["Published", paper.publishedOn ? formatDay(paper.publishedOn) : paper.year?.toString()],
    [
      "Updated",
      paper.updatedOn && paper.updatedOn !== paper.publishedOn ? formatDay(paper.updatedOn) : undefined,
    ],
    ["Versions", paper.versions.length > 0 ? <Versions versions={paper.versions} /> : undefined],
    ["Changed", changes.length > 0 ? <Changes changes={changes} /> : undefined],
    ["Venue", lineOf(paper.venue)],
    ["Journal", lineOf(details.journalReference)],
    ["Award", lineOf(details.award)],
    ["Comments", lineOf(details.comments)],
    ["Categories", paper.categories.length > 0 ? <Categories categories={paper.categories} /> : undefined],
    ["Citations", details.citations === undefined ? undefined : formatNumber(details.citations)],
    ["Licence", details.license ? <Licence text={details.license} /> : undefined],
    ...identifiers.filter(({ scheme }) => scheme in identifierNames).map(identifierRow),
    ["From", <Sources paper={paper} />],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** Comments and references are as authors typed them. */
function lineOf(given: string | null | undefined): string | undefined {
  return given ? toLine(given, 500) : undefined;
}

const identifierNames: Partial<Record<Identifier["scheme"], string>> = {
  arxiv: "arXiv",
  doi: "DOI",
  acl: "ACL Anthology",
  openreview: "OpenReview",
};

function identifierRow({ scheme, value }: Identifier): [string, Child] {
  return [identifierNames[scheme] ?? scheme, value];
}

/** "12 May 2026: the title was …; the abstract was another." What stands now is on the page. */
function Changes({ changes }: { changes: readonly RecordChange[] }) {
  const shown = changes.slice(0, changesShown);
  return (
    <>
      {shown.map(({ changedAt, before }) => (
        <span class="change">
          {formatDay(changedAt.slice(0, 10))}: {wordsOf(before).join("; ")}.{" "}
        </span>
      ))}
      {changes.length > shown.length ? `And ${formatNumber(changes.length - shown.length)} before.` : null}
    </>
  );
}

const changesShown = 5;

function wordsOf({ title, abstract, authors, withdrawn }: RecordChange["before"]): string[] {
  return [
    ...(title === undefined ? [] : [`the title was “${toLine(title, 300)}”`]),
    ...(authors === undefined ? [] : [`the authors were ${toLine(authors.join(", "), 300)}`]),
    ...(abstract === undefined ? [] : ["the abstract was another"]),
    ...(withdrawn === undefined ? [] : [withdrawn ? "no longer withdrawn" : "withdrawn"]),
  ];
}

/** A paper with many versions names the first and the last. */
function Versions({ versions }: { versions: readonly Version[] }) {
  const shown = versions.length <= 4 ? versions : [versions[0]!, versions.at(-1)!];
  const words = shown.map(({ number, submittedAt }) => `v${number}, ${formatDay(submittedAt.slice(0, 10))}`);
  return <>{words.join(versions.length <= 4 ? "; " : " … ")}</>;
}

function Categories({ categories }: { categories: readonly string[] }) {
  return (
    <>
      {categories.map((category, i) => (
        <>
          {i > 0 ? ", " : ""}
          <a href={links.category([category])}>{category}</a>
        </>
      ))}
    </>
  );
}

function Licence({ text }: { text: string }) {
  const href = safeHref(text);
  if (!href) return <>{text}</>;
  return (
    <a href={href}>
      {new URL(href).pathname.replace(/^\/(licenses|publicdomain)\//, "").replace(/\/$/, "") || href}
    </a>
  );
}

/** "hub (title, authors, date), conference (venue)" */
function Sources({ paper }: { paper: Paper }) {
  const fields = Map.groupBy(Object.entries(paper.details.fieldSources), ([, source]) => source);
  const words = [...fields].map(
    ([source, own]) => `${source} (${own.map(([field]) => fieldWord(field)).join(", ")})`,
  );
  return <>{words.join("; ")}</>;
}

/** "publishedOn" → "published on" */
function fieldWord(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
