// The terms of a score in words, and as bars.
import type { ScoreTerm } from "../editions/edition.ts";
import { describeTermName } from "../editions/explain.ts";
import { formatNumber, formatShare } from "./words.ts";

/** Pixels of a bar for the whole score. */
const barPixels = 120;

/** As at the beginning of a row. */
export function describeTerm({ name }: ScoreTerm): string {
  return capitalise(describeTermName(name));
}

export function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What is taken away is as long as what it takes, but no bar is longer than that of the whole score. */
export function TermBar({ term, score }: { term: ScoreTerm; score: number }) {
  const part = score > 0 ? Math.min(1, Math.abs(term.points) / score) : 0;
  return <svg class="bar" width={Math.round(part * barPixels)} height="9" aria-hidden="true" />;
}

/** That they are there is all there is to say. */
const yesOrNo = new Set(["submitted", "announced", "complete", "exact title"]);

/** What was recorded, as people write it: "50", "−0.83", "half the page". */
export function formatTermValue({ name, value }: ScoreTerm): string {
  if (name === "votes") return formatNumber(value);
  if (yesOrNo.has(name)) return "";
  if (name.startsWith("share of ")) return formatShare(value);
  return formatSigned(value, 2, name === "estimate");
}

/** "50", "0.1", "−3.25" */
export function formatPoints(points: number): string {
  return formatSigned(points, 2, false);
}

/** With a true minus; with a plus where the sign is what matters. */
export function formatSigned(value: number, digits: number, plus: boolean): string {
  const text = Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: digits });
  if (text === "0") return text;
  return `${value < 0 ? "−" : plus ? "+" : ""}${text}`;
}

/** "96 %", "−4.0 %" */
export function formatPart(part: number): string {
  return `${part < 0 ? "−" : ""}${formatShare(Math.abs(part))}`;
}
