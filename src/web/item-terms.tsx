// The terms of a score, in place under a paper.
import type { EditionItem } from "../editions/edition.ts";
import { explainTerms } from "../editions/explain.ts";
import { describeTerm, formatPart, formatPoints, formatTermValue } from "./score-terms.tsx";

/** A row a term: what it is, how its points are made, points, and their part of the score. */
export function ItemTerms({ item }: { item: EditionItem }) {
  return (
    <table class="terms" aria-label={`Score of number ${item.rank}`}>
      <tbody>
        {explainTerms(item).map((term) => (
          <tr>
            <th scope="row">
              {[describeTerm(term), formatTermValue(term)].filter(Boolean).join(": ")}
              <span class="how"> {term.weight}</span>
            </th>
            <td>{formatPoints(term.points)}</td>
            <td>{formatPart(term.part)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">Score</th>
          <td>{formatPoints(item.score)}</td>
          <td />
        </tr>
      </tbody>
    </table>
  );
}
