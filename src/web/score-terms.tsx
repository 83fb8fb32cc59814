// The terms of a score in words, and as bars.
import type { ScoreTerm } from "../editions/edition.ts";

/** Pixels of a bar for the whole score. */
const barPixels = 120;

const words: Record<string, string> = {
  votes: "Votes",
  submitted: "Put forward for the day",
  announced: "Announced by an archive",
  estimate: "Expected before anybody votes",
  field: "A vote’s weight in its field",
  weekday: "A vote’s weight on its weekday",
  stars: "Stars its repository gains a day",
  "share of submitter": "Less, because one submitter fills much of the page",
  "share of organisation": "Less, because one organisation fills much of the page",
};

export function describeTerm({ name }: ScoreTerm): string {
  return words[name] ?? name;
}

/** What is taken away is as long as what it takes, but no bar is longer than that of the whole score. */
export function TermBar({ term, score }: { term: ScoreTerm; score: number }) {
  const part = score > 0 ? Math.min(1, Math.abs(term.points) / score) : 0;
  return <svg class="bar" width={Math.round(part * barPixels)} height="9" aria-hidden="true" />;
}
