// What is known of a paper before anybody votes, as named numbers: its words, facts about it, what came of earlier papers.
import type { Day } from "../../lib/clock.ts";
import type { Credits, PastVotes } from "./past-votes.ts";
import { unsayingWords } from "./unsaying-words.ts";

/** What an estimate is made from; all of it is recorded, nothing of it is a vote or a comment. */
export interface EstimateInput extends Credits {
  /** Plain text. */
  title: string;
  abstract: string;
  /** A repository and a project page are known. */
  code: boolean;
  project: boolean;
  /** Stars of the repository as observed; null when nobody looked. */
  stars: number | null;
  publishedOn: Day | null;
  /** The day it is put forward for. */
  day: Day;
  /** Papers that its submitter put forward for the same day, itself included; 0 without a submitter. */
  sameSubmitter: number;
}

/** Kinds in the order of the model file. */
export const featureKinds = ["fact", "past", "title", "pair", "abstract"] as const;
export type FeatureKind = (typeof featureKinds)[number];

export interface Feature {
  kind: FeatureKind;
  name: string;
  value: number;
}

const longAgoDays = 148;

/** All features of a paper that are not 0, each once. */
export function featuresOf(input: EstimateInput, past: PastVotes): Feature[] {
  return [...factsOf(input), ...pastOf(input, past), ...wordsOf(input)].filter(({ value }) => value !== 0);
}

function factsOf(input: EstimateInput): Feature[] {
  const authors = Math.log1p(input.authors.length);
  const facts: Record<string, number> = {
    organisation: Number(input.organisation !== null),
    code: Number(input.code),
    project: Number(input.project),
    "stars known": Number(input.stars !== null),
    stars: Math.log1p(Math.max(0, input.stars ?? 0)),
    authors,
    "authors squared": authors ** 2 / 5,
    "title length": input.title.length / 50,
    "title with colon": Number(input.title.includes(":")),
    "title asks": Number(input.title.includes("?")),
    age: ageOf(input),
    "no submitter": Number(input.submitter === null),
    "same submitter": Math.log1p(Math.max(0, input.sameSubmitter)),
  };
  return Object.entries(facts).map(([name, value]) => ({ kind: "fact", name, value }));
}

/** ln(1 + days) since it was published, at most that of five months. */
function ageOf({ publishedOn, day }: EstimateInput): number {
  if (publishedOn === null) return 0;
  const days = (Date.parse(day) - Date.parse(publishedOn)) / 86_400_000;
  return Math.log1p(Math.min(longAgoDays, Math.max(0, days)));
}

function pastOf({ submitter, organisation, authors }: EstimateInput, past: PastVotes): Feature[] {
  const known = [...new Set(authors)].flatMap((name) => past.expectedOf("author", name) ?? []);
  const total = known.reduce((sum, value) => sum + value, 0);
  const values: [string, number][] = [
    ["submitter", (submitter && past.expectedOf("submitter", submitter)) || 0],
    ["organisation", (organisation && past.expectedOf("organisation", organisation)) || 0],
    ["authors", total / Math.sqrt(Math.max(1, authors.length))],
    ["best author", Math.max(0, ...known)],
  ];
  return values.map(([name, value]) => ({ kind: "past", name, value }));
}

function wordsOf({ title, abstract }: EstimateInput): Feature[] {
  const titleWords = wordsIn(title);
  const abstractWords = new Set(wordsIn(abstract).filter(says));
  // So that a long abstract says no more in all than a short one.
  const share = 1 / Math.sqrt(Math.max(1, abstractWords.size));
  const pairs = titleWords.slice(1).flatMap((word, i) => {
    const before = titleWords[i]!;
    return says(before) && says(word) ? [`${before} ${word}`] : [];
  });
  return [
    ...[...new Set(titleWords.filter(says))].map(named("title", 1)),
    ...[...new Set(pairs)].map(named("pair", 1)),
    ...[...abstractWords].map(named("abstract", share)),
  ];
}

function named(kind: FeatureKind, value: number): (name: string) => Feature {
  return (name) => ({ kind, name, value });
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[a-z][a-z0-9]{0,39}/g) ?? [];
}

function says(word: string): boolean {
  return !unsayingWords.has(word);
}
