// The learned weights behind the estimate of a paper without votes: a text file that a person can read, and its use.
import type { Day } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import { type Feature, type FeatureKind, featureKinds } from "./features.ts";
import type { Past } from "./past-votes.ts";

export interface EstimateModel {
  /** The last day it has learned from. */
  trainedUntil: Day;
  /** Rows it has learned from. */
  rows: number;
  /** By "kind name". */
  weights: ReadonlyMap<string, number>;
  /** What earlier papers did until `trainedUntil`, by hash of the name; see PastVotes. */
  past: ReadonlyMap<string, Past>;
}

/** How far a paper is expected to stand above (or below) its day, in standard deviations; and from what. */
export interface Estimate {
  value: number;
  /** By what said it, largest first; they add up to `value`. */
  parts: EstimatePart[];
}

export interface EstimatePart {
  /** "words", "past submitter", "fact stars", … */
  name: string;
  value: number;
  /** Of "words": those that said most, largest first; a pair of neighbours in the title is one. */
  said?: { word: string; value: number }[];
}

/** So many words are named. */
const wordsNamed = 5;

export function estimateOf(model: Pick<EstimateModel, "weights">, features: readonly Feature[]): Estimate {
  const parts = new Map<string, number>();
  const words = new Map<string, number>();
  for (const { kind, name, value } of features) {
    const weight = model.weights.get(`${kind} ${name}`);
    if (weight === undefined) continue;
    const part = kind === "fact" || kind === "past" ? `${kind} ${name}` : "words";
    parts.set(part, (parts.get(part) ?? 0) + weight * value);
    if (part === "words") words.set(name, (words.get(name) ?? 0) + weight * value);
  }
  const said = strongest([...words].map(([word, value]) => ({ word, value }))).slice(0, wordsNamed);
  const listed = [...parts].map(
    ([name, value]): EstimatePart => (name === "words" ? { name, value, said } : { name, value }),
  );
  return { value: listed.reduce((sum, { value }) => sum + value, 0), parts: strongest(listed) };
}

function strongest<Part extends { value: number; name?: string; word?: string }>(parts: Part[]): Part[] {
  const nameOf = ({ name, word }: Part) => name ?? word ?? "";
  return parts.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || (nameOf(a) < nameOf(b) ? -1 : 1));
}

const heading = [
  "# What is expected of a paper before anybody has voted: weights learned from recorded votes by `broadsheet ranking train`.",
  "# docs/ranking.md explains every kind of line. Weight: standard deviations of a day's papers for each unit of the feature.",
  "# past-sum: what earlier papers of a submitter, an organisation or an author did beyond their day's mean, in ln(1 + votes),",
  "# by hash of the name; papers, sum.",
];

/** Lines of tab-separated fields, in a fixed order: the same model is the same bytes. */
export function formatModel(model: EstimateModel): string {
  const kindOrder = (key: string) => featureKinds.indexOf(key.slice(0, key.indexOf(" ")) as FeatureKind);
  const weights = [...model.weights].sort(
    ([a, x], [b, y]) => kindOrder(a) - kindOrder(b) || Math.abs(y) - Math.abs(x) || (a < b ? -1 : 1),
  );
  const past = [...model.past].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...heading,
    `trained-until\t${model.trainedUntil}`,
    `rows\t${model.rows}`,
    ...weights.map(([key, value]) => `${key.replace(" ", "\t")}\t${value}`),
    ...past.map(([key, { papers, beyond }]) => `past-sum\t${key}\t${papers}\t${beyond}`),
    "",
  ].join("\n");
}

/** Throws AppError "bad-input" with the line when it is no such file. */
export function parseModel(text: string, file: string): EstimateModel {
  const weights = new Map<string, number>();
  const past = new Map<string, Past>();
  const facts = new Map<string, string>();
  text.split("\n").forEach((line, i) => {
    if (line === "" || line.startsWith("#")) return;
    const [kind = "", name = "", ...rest] = line.split("\t");
    const numbers = rest.map(Number);
    const wanted = kind === "past-sum" ? 2 : featureKinds.some((known) => known === kind) ? 1 : 0;
    if (rest.length !== wanted || !numbers.every(Number.isFinite) || (wanted === 0 && !isFact(kind)))
      throw badModel(file, `line ${i + 1} is not understood: "${line.slice(0, 60)}"`);
    if (wanted === 0) facts.set(kind, name);
    else if (kind === "past-sum") past.set(name, { papers: numbers[0]!, beyond: numbers[1]! });
    else weights.set(`${kind} ${name}`, numbers[0]!);
  });
  const trainedUntil = facts.get("trained-until") ?? "";
  const rows = Number(facts.get("rows"));
  if (!/^\d{4}-\d\d-\d\d$/.test(trainedUntil) || !Number.isInteger(rows))
    throw badModel(file, "it does not say until when and on how many rows it was trained");
  return { trainedUntil, rows, weights, past };
}

function isFact(kind: string): boolean {
  return kind === "trained-until" || kind === "rows";
}

function badModel(file: string, what: string): AppError {
  return new AppError("bad-input", `${file} is no ranking model: ${what}.`, {
    remedy: "Make it again with broadsheet ranking train, or take the one that ships with the project.",
  });
}
