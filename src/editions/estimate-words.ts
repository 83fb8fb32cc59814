// The estimate in words: what it says, and which sides of the paper said it. Pure.
import type { Estimate, EstimatePart } from "./estimate/estimate-model.ts";

/** The sides of a paper that an estimate is made from. */
export const estimateSides = ["text", "authors", "organisation", "code", "submitter", "age"] as const;
export type EstimateSide = (typeof estimateSides)[number];

const sideOfPart: Record<string, EstimateSide> = {
  words: "text",
  "fact title length": "text",
  "fact title with colon": "text",
  "fact title asks": "text",
  "fact authors": "authors",
  "fact authors squared": "authors",
  "past authors": "authors",
  "past best author": "authors",
  "fact organisation": "organisation",
  "past organisation": "organisation",
  "fact code": "code",
  "fact project": "code",
  "fact stars": "code",
  "fact stars known": "code",
  "fact submitter": "submitter",
  "fact no submitter": "submitter",
  "fact same submitter": "submitter",
  "past submitter": "submitter",
  "fact age": "age",
};

const words: Record<string, string> = {
  words: "words of its title and abstract",
  "fact title length": "length of its title",
  "fact title with colon": "a colon in its title",
  "fact title asks": "a title that asks",
  "fact authors": "number of its authors",
  "fact authors squared": "number of its authors",
  "past authors": "earlier papers of its authors",
  "past best author": "earlier papers of its best-known author",
  "fact organisation": "an organisation that stands behind it",
  "past organisation": "earlier papers of its organisation",
  "fact code": "code that is known",
  "fact project": "a project page",
  "fact stars": "stars of its repository",
  "fact stars known": "that its stars were counted",
  "fact no submitter": "that nobody put it forward",
  "fact same submitter": "papers its submitter put forward that day",
  "past submitter": "earlier papers its submitter put forward",
  "fact age": "its age",
};

export function describePart({ name }: EstimatePart): string {
  return words[name] ?? name;
}

export function sideOf({ name }: EstimatePart): EstimateSide {
  return sideOfPart[name] ?? "text";
}

/** What each side says, in standard deviations of a day's papers, largest first; they add up to the estimate. */
export function sumSides({
  parts,
}: Estimate): { side: EstimateSide; value: number; parts: EstimatePart[] }[] {
  return [...Map.groupBy(parts, sideOf)]
    .map(([side, ofSide]) => ({
      side,
      value: ofSide.reduce((sum, { value }) => sum + value, 0),
      parts: ofSide,
    }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || (a.side < b.side ? -1 : 1));
}

/** Below this it is expected to stand like the others. */
const noticeable = 0.25;
const far = 1;

/** "expected well above the day's mean: its text, its authors"; null where there is no estimate worth a word. */
export function joinEstimate(estimate: Estimate | null): string | null {
  if (!estimate || Math.abs(estimate.value) < noticeable) return null;
  const sign = Math.sign(estimate.value);
  const sides = sumSides(estimate)
    .filter(({ value }) => value * sign >= noticeable / 2)
    .slice(0, 2)
    .map(({ side }) => `its ${side}`);
  const how = `${Math.abs(estimate.value) >= far ? "well " : ""}${sign > 0 ? "above" : "below"}`;
  return `expected ${how} the day’s mean${sides.length > 0 ? `: ${sides.join(", ")}` : ""}`;
}
