// Where a paper appears, and what is not held of it.
import type { Day } from "../lib/clock.ts";
import { formatDay } from "../lib/dates.ts";
import { links } from "../links.ts";
import { toLine } from "./cut.ts";
import { Mark } from "./marks.tsx";
import type { RecordProps } from "./paper-record.tsx";
import { formatNumber, missingOf } from "./words.ts";

/** Editions and lists the paper is in. */
export function AppearancesTable(props: RecordProps) {
  const days = describeDays(props);
  if (days.length === 0 && props.places.length === 0) return null;
  return (
    <table>
      <caption>Where it appears</caption>
      <tbody>
        {days.map(({ day, words }) => (
          <tr>
            <th scope="row">
              <a href={links.day(day)}>{formatDay(day)}</a>
            </th>
            <td>{words}</td>
          </tr>
        ))}
        {props.places.map(({ listId, listTitle, position }) => (
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

/** "submitted by Ada, announced in cs.CL", a day each, the latest first. */
function describeDays({ submissions, announcements }: RecordProps): { day: Day; words: string }[] {
  const ways = [
    ...submissions.map(({ day, submitter }) => ({
      day,
      words: submitter ? `submitted by ${toLine(submitter, 80)}` : "submitted",
    })),
    ...announcements.map(({ day, category, late }) => ({
      day,
      words: `announced in ${category}${late ? " (held late)" : ""}`,
    })),
  ];
  return [...Map.groupBy(ways, (way) => way.day)]
    .map(([day, own]) => ({ day, words: [...new Set(own.map((way) => way.words))].join(", ") }))
    .sort((a, b) => (a.day < b.day ? 1 : -1));
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
