// Why a paper stood where it stood: the terms of its score in its latest edition.
import type { Edition, EditionItem, ScoreTerm } from "../editions/edition.ts";
import { formatDay } from "../lib/dates.ts";
import { links } from "../links.ts";
import { whyOf } from "./edition-view.ts";
import { describeTerm, formatPoints, TermBar } from "./score-terms.tsx";
import { formatNumber, formatShare } from "./words.ts";

export interface Appearance {
  edition: Edition;
  item: EditionItem;
}

/** The explanation behind the reason mark; that of the latest edition has the plain address. */
export function WhyTable({ edition, item, latest }: Appearance & { latest: boolean }) {
  return (
    <table id={latest ? "why" : `why-${edition.key}`}>
      <caption>
        Why it was number {item.rank} on {formatDay(edition.from)}
      </caption>
      <tbody>
        {item.terms.map((term) => (
          <TermRow term={term} score={item.score} />
        ))}
        <tr class="sum">
          <th scope="row">
            Score by formula <a href={`${links.about()}#formula`}>{edition.formula}</a>
          </th>
          <td>{formatPoints(item.score)}</td>
          <td class="bar-cell">
            <a href={whyOf(item, { edition })}>{formatShare(item.share)} of the page</a>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function TermRow({ term, score }: { term: ScoreTerm; score: number }) {
  return (
    <tr>
      <th scope="row">
        {describeTerm(term)}
        {term.name === "votes" ? `: ${formatNumber(term.value)}` : ""}
      </th>
      <td>{formatPoints(term.points)}</td>
      <td class="bar-cell">
        <TermBar term={term} score={score} />
      </td>
    </tr>
  );
}
