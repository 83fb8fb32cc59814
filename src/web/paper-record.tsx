// The record of a paper: dates, versions, identifiers, sources, where it appears, and what is not held.
import type { Child } from "hono/jsx";
import { links } from "../links.ts";
import type { Place } from "../papers/lists-store.ts";
import type { Identifier, Paper, Submission, Version } from "../papers/paper.ts";
import { toLine } from "./cut.ts";
import { formatDay } from "./dates.ts";
import { Mark } from "./marks.tsx";
import { safeHref } from "./safe-href.ts";
import { count, formatNumber, missingOf } from "./words.ts";

export interface RecordProps {
  paper: Paper;
  identifiers: readonly Identifier[];
  places: readonly Place[];
  submissions: readonly Submission[];
  repository: string | null;
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

function recordRows({ paper, identifiers }: RecordProps): RecordRow[] {
  const { details } = paper;
  const rows: [string, Child | undefined][] = [
    ["Published", paper.publishedOn ? formatDay(paper.publishedOn) : paper.year?.toString()],
    [
      "Updated",
      paper.updatedOn && paper.updatedOn !== paper.publishedOn ? formatDay(paper.updatedOn) : undefined,
    ],
    ["Versions", paper.versions.length > 0 ? <Versions versions={paper.versions} /> : undefined],
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

/** Editions and lists the paper is in. */
export function AppearancesTable({ submissions, places }: RecordProps) {
  if (submissions.length === 0 && places.length === 0) return null;
  return (
    <table>
      <caption>Where it appears</caption>
      <tbody>
        {submissions.map(({ day, submitter }) => (
          <tr>
            <th scope="row">
              <a href={links.day(day)}>{formatDay(day)}</a>
            </th>
            <td>{submitter ? `submitted by ${toLine(submitter, 80)}` : "submitted"}</td>
          </tr>
        ))}
        {places.map(({ listId, listTitle, position }) => (
          <tr>
            <th scope="row">
              <a href={links.list(listId)}>{toLine(listTitle)}</a>
            </th>
            <td>number {formatNumber(position)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const missingSentences: Record<string, string> = {
  code: "No repository: none of the sources names one.",
  authors: "No authors: the source lists titles only.",
  abstract: "No authors’ abstract.",
};

/** The explanation behind the gap mark. */
export function MissingNote({ paper, repository }: RecordProps) {
  const sentences = missingOf(paper, repository).map((word) => missingSentences[word]!);
  if (!paper.publishedOn) sentences.push(paper.year ? "No day of publication, only the year." : "No date.");
  if (sentences.length === 0) return null;
  return (
    <div id="missing">
      <h2>
        <Mark name="gap" />
        What is missing
      </h2>
      <p>{sentences.join(" ")}</p>
    </div>
  );
}

/** "3 versions" for the by-line. */
export function versionWords(paper: Paper): string {
  return paper.versions.length > 1 ? count(paper.versions.length, "version") : "";
}
