// Why a paper was picked, in words, the weightiest reason first.
import { formatDay } from "../../lib/dates.ts";
import type { Candidate, Candidates } from "./candidates.ts";
import { changingFor } from "./changing-rows.ts";
import type { ExampleName, LearnedTaste } from "./learn.ts";
import type { ChangingProducts } from "./products.ts";
import { categoryPoints, points, type Scores, topOfCategory } from "./score.ts";
import type { Taste } from "./taste.ts";

export type ReasonKind = "taste" | "author" | "search" | "keyword" | "category" | "popular" | "outside";

export interface Reason {
  kind: ReasonKind;
  /** A sentence's end: "because you saved “Attention Is All You Need”". */
  text: string;
  /** What it added to the score. */
  points: number;
  /** What settings.vetoes.reasons silences it by, beside its kind: "author:Ada Lovelace". */
  veto: string;
  /** The paper that speaks for it, where one of the reader's own does and it is held here. */
  because?: number;
}

export interface ReasonContext {
  taste: Taste;
  candidates: Candidates;
  scores: Scores;
  found: ReadonlyMap<string, ReadonlySet<number>>;
  today: string;
  /** The reader's example that adds most to item i by meaning, of those that speak for anything. */
  near(i: number): ExampleName | null;
}

/** From so many standard deviations on, the model is a reason. */
export const telling = 0.5;

/** All reasons of item i, those that added most first. */
export function reasonsOf(i: number, context: ReasonContext): Reason[] {
  const { taste, candidates, scores, found, today } = context;
  const item = candidates.items[i]!;
  const reasons: Reason[] = [];
  const add = (kind: ReasonKind, value: number, text: string, veto: string, because?: number | null) =>
    reasons.push({ kind, text, points: value, veto, ...(because ? { because } : {}) });
  for (const [key, name] of taste.authors)
    if (item.authorKeys.has(key))
      add("author", points.author, `by ${name}, an author you follow`, `author:${name}`);
  for (const query of taste.searches)
    if (found.get(query)?.has(item.paper.pk))
      add("search", points.search, `matches your search ‘${query}’`, `search:${query}`);
  for (const [stems, word] of taste.keywords)
    if (candidates.withKeyword(stems).includes(i))
      add("keyword", points.keyword, `speaks of ‘${word}’, which you watch`, `keyword:${word}`);
  for (const [key, name] of taste.categories) {
    const place = candidates.inCategory(key).indexOf(i);
    if (place >= 0)
      add(
        "category",
        categoryPoints(item.votes, place),
        sayCategory(name, place, item, today),
        `category:${name}`,
      );
  }
  const tells = taste.learned !== null && scores.model[i]! >= telling;
  const nearest = tells ? context.near(i) : null;
  if (nearest) add("taste", scores.model[i]!, sayExample(nearest), vetoOf(nearest), nearest.pk);
  // Nothing liked is like it, but it is far from what was not.
  else if (tells) add("taste", scores.model[i]!, "because it is unlike what you did not want", "taste");
  if (item.popularity > 0 && !taste.silent.has("popular"))
    add("popular", points.popular * item.popularity, `${sayVotes(item)} ${sayDay(item, today)}`, "popular");
  return reasons.sort((a, b) => b.points - a.points);
}

/** Why a paper from outside is there. */
export function outsideReason(item: Candidate, today: string): Reason {
  const votes = (item.votes ?? 0) > 0 ? `: ${sayVotes(item)} ${sayDay(item, today)}` : "";
  return { kind: "outside", text: `from outside your field${votes}`, points: 0, veto: "outside" };
}

function sayCategory(name: string, place: number, item: Candidate, today: string): string {
  if ((item.votes ?? 0) === 0 || place >= topOfCategory) return `in ${name}, which you follow`;
  const top = place === 0 ? "top of" : "among the top of";
  return `${top} ${name} ${sayDay(item, today)}: ${sayVotes(item)}`;
}

function sayVotes({ votes }: Candidate): string {
  return votes === 1 ? "1 vote" : `${(votes ?? 0).toLocaleString("en-US")} votes`;
}

function sayDay({ day }: Candidate, today: string): string {
  return day === today ? "today" : `on ${formatDay(day)}`;
}

/** The examples are laid out when first asked for; nothing else may be, until the reader's reasons are told. */
export function openNear({ learned }: Taste, { vectors }: Candidates): ReasonContext["near"] {
  let products: ChangingProducts | null = null;
  return (i) => {
    if (!learned) return null;
    const vector = vectors.rowAt(i);
    if (!products) {
      products = changingFor(learned.examples.length, vector.length);
      products.load(learned.examples.map((example) => example.vector));
    }
    return nearestOf(learned.examples, products.multiply(vector, learned.examples.length));
  };
}

function nearestOf(examples: LearnedTaste["examples"], near: Float32Array): ExampleName | null {
  let best: ExampleName | null = null;
  let most = 0;
  for (let k = 0; k < examples.length; k++) {
    const { weight } = examples[k]!;
    const adds = weight * near[k]!;
    if (weight > 0 && adds > most) {
      best = examples[k]!;
      most = adds;
    }
  }
  return best;
}

function sayExample({ kind, title }: ExampleName): string {
  const named = `“${title}”`;
  switch (kind) {
    case "more":
      return `because you asked for more like ${named}`;
    case "own":
      return `because it is near your own ${named}`;
    case "reference":
      return `because ${named} is among your references`;
    case "later":
      return `because you put ${named} on your reading list`;
    default:
      return `because you saved ${named}`;
  }
}

function vetoOf({ pk, title }: ExampleName): string {
  return pk === null ? `like:${title}` : `like:${pk}`;
}
