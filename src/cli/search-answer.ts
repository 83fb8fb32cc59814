// What a search found, as the terminal prints it.

import type { HitExplanation } from "../search/hit-terms.ts";
import { outsideNotes } from "../search/outside-notes.ts";
import type { SearchAnswer, SearchHit } from "../search/search.ts";

/** "121 papers for token position (9 hold all the words), 0.3 ms", then a numbered title and its id for each. */
export function formatAnswer(answer: SearchAnswer): string {
  const { query, total, bound, complete, tookMs } = answer;
  const number = `${bound === "at-least" ? "at least " : ""}${total.toLocaleString("en-US")}`;
  const papers = total === 1 ? "1 paper" : `${number} papers`;
  const partly = complete < total ? ` (${complete.toLocaleString("en-US")} hold all the words)` : "";
  const head = `${papers} for ${answer.corrected?.query ?? query}${partly}, ${tookMs.toFixed(1)} ms`;
  return [...formatRepairs(answer), head, ...formatHits(answer.hits)].join("\n");
}

function formatRepairs(answer: SearchAnswer): string[] {
  const { direct, corrected, didYouMean, problem, query, outside, leftOut } = answer;
  return [
    ...(direct && !direct.id
      ? ["No paper with this id or address is held here; its words are searched."]
      : []),
    ...(problem ? [`Taken as plain words: ${problem.message}`] : []),
    ...(corrected ? [`Nothing held "${query}"; --as-typed searches it all the same.`] : []),
    ...(didYouMean ? [`Did you mean "${didYouMean}"?`] : []),
    ...(leftOut ? [leftOut] : []),
    ...(outside && outside !== "used" ? [outsideNotes[outside]] : []),
  ];
}

/** Numbered titles, the id of each below, and the terms of its score where they were asked for. */
export function formatHits(hits: readonly Pick<SearchHit, "id" | "title" | "explanation">[]): string[] {
  const width = String(hits.length).length;
  return hits.map(({ id, title, explanation }, i) =>
    [
      `${String(i + 1).padStart(width)}  ${title}`,
      `${" ".repeat(width)}  ${id}`,
      ...(explanation ? explanationLines(explanation, width + 2) : []),
    ].join("\n"),
  );
}

/** "   1.42   38 %  words of the query in its title: token 1, position 1 (6 each, by BM25F)" */
function explanationLines({ terms, score }: HitExplanation, indent: number): string[] {
  const line = (points: number, part: string, text: string) =>
    `${" ".repeat(indent)}${formatPoints(points).padStart(9)}  ${part.padStart(6)}  ${text}`;
  return [
    ...terms.map(({ words, value, said, weight, points, part }) =>
      line(
        points,
        `${(part * 100).toFixed(1)} %`,
        `${words}: ${said ?? formatPoints(value)}${weight ? ` (${weight})` : ""}`,
      ),
    ),
    line(score, "", "score"),
  ];
}

function formatPoints(points: number): string {
  return points.toLocaleString("en-US", { maximumFractionDigits: 3 });
}
