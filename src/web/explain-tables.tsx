// The tables of an explanation: terms, the estimate by its sides, and what waits for data.
import type { ExplainedEstimate, ExplainedTerm, Explanation } from "../editions/explain.ts";
import { links } from "../links.ts";
import { toLine } from "./cut.ts";
import {
  describeTerm,
  formatPart,
  formatPoints,
  formatSigned,
  formatTermValue,
  TermBar,
} from "./score-terms.tsx";

export function TermsTable({ explanation: { terms, score, formula } }: { explanation: Explanation }) {
  return (
    <table class="explain-table">
      <caption>
        Its score by formula <a href={`${links.about()}#formula`}>{formula}</a>, term by term
      </caption>
      <thead>
        <tr>
          <th scope="col">Term</th>
          <th scope="col">Recorded</th>
          <th scope="col">Points</th>
          <th scope="col">Share</th>
          <th scope="col" class="bar-cell">
            <span class="unseen">As a bar</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {terms.map((term) => (
          <TermRow term={term} score={score} />
        ))}
        <tr class="sum">
          <th scope="row">Score</th>
          <td />
          <td>{formatPoints(score)}</td>
          <td>{score > 0 ? "100 %" : ""}</td>
          <td class="bar-cell" />
        </tr>
      </tbody>
    </table>
  );
}

function TermRow({ term, score }: { term: ExplainedTerm; score: number }) {
  return (
    <tr>
      <th scope="row">
        {describeTerm(term)} <span class="how">{term.weight}</span>
      </th>
      <td>{formatTermValue(term) || "yes"}</td>
      <td>{formatPoints(term.points)}</td>
      <td>{formatPart(term.part)}</td>
      <td class="bar-cell">
        <TermBar term={term} score={score} />
      </td>
    </tr>
  );
}

/** Parts of sides, each in standard deviations of a day's papers; they add up to the estimate. */
export function EstimateTable({ estimate: { value, sides } }: { estimate: ExplainedEstimate }) {
  return (
    <table class="explain-table">
      <caption>
        Expected before anybody voted: {formatSigned(value, 2, true)} standard deviations from the day’s mean
      </caption>
      <thead>
        <tr>
          <th scope="col">Side</th>
          <th scope="col">What said so</th>
          <th scope="col">Deviations</th>
        </tr>
      </thead>
      <tbody>
        {sides.map(({ side, value: ofSide, parts }) => (
          <tr>
            <th scope="row">Its {side}</th>
            <td class="words">
              {parts.map(({ words, value: ofPart, said }, i) => (
                <>
                  {i > 0 ? "; " : ""}
                  {words}
                  {said && said.length > 0 ? (
                    <bdi> ({said.map((word) => toLine(word, 40)).join(", ")})</bdi>
                  ) : null}{" "}
                  {formatSigned(ofPart, 2, true)}
                </>
              ))}
            </td>
            <td>{formatSigned(ofSide, 2, true)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const switchNames = {
  field: "A vote’s weight by field",
  weekday: "A vote’s weight by weekday",
  stars: "Star velocity",
} as const;

/** Parts of the formula that switch on by themselves once there is data for them. */
export function SwitchesTable({ explanation: { switches } }: { explanation: Explanation }) {
  return (
    <table class="explain-table">
      <caption>What waits for data</caption>
      <thead>
        <tr>
          <th scope="col">Part of the formula</th>
          <th scope="col">Because</th>
          <th scope="col">Is</th>
        </tr>
      </thead>
      <tbody>
        {(["field", "weekday", "stars"] as const).map((name) => (
          <tr>
            <th scope="row">{switchNames[name]}</th>
            <td class="words">{switches[name].why}</td>
            <td>{switches[name].on ? "on" : "off"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
