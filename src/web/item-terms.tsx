// The terms of a score, in place under a paper: of an edition's item, and of what a search found.
import type { EditionItem } from "../editions/edition.ts";
import { type ExplainedTerm, explainTerms } from "../editions/explain.ts";
import { toLine } from "./cut.ts";
import { capitalise, formatPart, formatPoints, formatTermValue } from "./score-terms.tsx";

export function ItemTerms({ item }: { item: EditionItem }) {
  return <ScoreTerms label={`Score of number ${item.rank}`} terms={explainTerms(item)} score={item.score} />;
}

interface ScoreTermsProps {
  label: string;
  /** `said`: a value as people read it. */
  terms: readonly (ExplainedTerm & { said?: string })[];
  score: number;
}

/** A row a term: what it is, how its points are made, points, and their part of the score. */
export function ScoreTerms({ label, terms, score }: ScoreTermsProps) {
  return (
    <table class="terms" aria-label={label}>
      <tbody>
        {terms.map((term) => (
          <tr>
            <th scope="row">
              {capitalise(term.words)}
              <TermValue term={term} />
              <span class="how"> {term.weight}</span>
            </th>
            <td>{formatPoints(term.points)}</td>
            <td>{formatPart(term.part)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">Score</th>
          <td>{formatPoints(score)}</td>
          <td />
        </tr>
      </tbody>
    </table>
  );
}

function TermValue({ term }: { term: ScoreTermsProps["terms"][number] }) {
  const value = term.said === undefined ? formatTermValue(term) : toLine(term.said, 200);
  return value === "" ? null : (
    <>
      : <bdi>{value}</bdi>
    </>
  );
}
