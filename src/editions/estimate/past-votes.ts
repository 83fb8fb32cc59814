// What became of earlier papers of the same submitter, organisation and authors: sums over recorded votes, day by day.
import type { Day } from "../../lib/clock.ts";
import { sha256Hex } from "../../lib/hash.ts";

export type Role = "submitter" | "organisation" | "author";

/** Whose a paper is. Names as the source gave them; case does not count. */
export interface Credits {
  submitter: string | null;
  organisation: string | null;
  authors: readonly string[];
}

/** A paper of an earlier day with the votes known of it; 0 when nobody voted. */
export interface PastPaper extends Credits {
  votes: number;
}

/** Of the papers of one name: how many, and the sum of what they did beyond the mean of their day, in ln(1 + votes). */
export interface Past {
  papers: number;
  beyond: number;
}

/** Papers of an average name that are thought in, so that one lucky paper says little. */
const shrinkage: Record<Role, number> = { submitter: 3, organisation: 2, author: 2 };

/** By role and name, as numbers only: who they are is not kept. 48 bits of SHA-256. */
export function pastKey(role: Role, name: string): string {
  return sha256Hex(`${role}:${name.toLowerCase()}`).slice(0, 12);
}

/**
 * The record of earlier days. A day is set as a whole, and again when more votes are known of it; the mean of a day is
 * taken out, so that generous days and sites weigh like others.
 */
export class PastVotes {
  private readonly sums: Map<string, Past>;
  private readonly days = new Map<Day, [key: string, beyond: number][]>();
  private readonly keys = new Map<string, string>();

  constructor(learned: ReadonlyMap<string, Past> = new Map()) {
    this.sums = new Map([...learned].map(([key, past]) => [key, { ...past }]));
  }

  setDay(day: Day, papers: readonly PastPaper[]): void {
    for (const [key, beyond] of this.days.get(day) ?? []) this.add(key, -1, -beyond);
    const values = papers.map(({ votes }) => Math.log1p(Math.max(0, votes)));
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const entries = papers.flatMap((paper, i) =>
      creditsOf(paper).map(([role, name]): [string, number] => [this.keyOf(role, name), values[i]! - mean]),
    );
    for (const [key, beyond] of entries) this.add(key, 1, beyond);
    this.days.set(day, entries);
  }

  /** Expected of a new paper of this name, beyond its day's mean, drawn towards 0; null when nothing is recorded. */
  expectedOf(role: Role, name: string): number | null {
    const past = this.sums.get(this.keyOf(role, name));
    return past && past.papers > 0 ? past.beyond / (past.papers + shrinkage[role]) : null;
  }

  /** The sums of all names with at least so many papers, in order of key: what a model file keeps. */
  list(least: number): [key: string, past: Past][] {
    return [...this.sums].filter(([, { papers }]) => papers >= least).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private add(key: string, papers: number, beyond: number): void {
    const past = this.sums.get(key) ?? { papers: 0, beyond: 0 };
    past.papers += papers;
    past.beyond += beyond;
    this.sums.set(key, past);
  }

  private keyOf(role: Role, name: string): string {
    const full = `${role}:${name}`;
    const known = this.keys.get(full);
    if (known !== undefined) return known;
    const key = pastKey(role, name);
    this.keys.set(full, key);
    return key;
  }
}

function creditsOf({ submitter, organisation, authors }: Credits): [Role, string][] {
  const named: [Role, string][] = [...new Set(authors)].map((name) => ["author", name]);
  if (submitter) named.push(["submitter", submitter]);
  if (organisation) named.push(["organisation", organisation]);
  return named;
}
