// The words of an edition: the day (or week, or month) as ranked, counted and dated. Types only; the work is in its siblings.
import type { Day, Instant } from "../lib/clock.ts";
import type { Paper } from "../papers/paper.ts";
import type { FieldName } from "../reading/field.ts";
import type { Switches } from "./baselines.ts";
import type { Estimate } from "./estimate/estimate-model.ts";

export type EditionKind = "day" | "week" | "month";

/** "2026-05-12", "2026-W20" or "2026-05". */
export type EditionKey = string;

/** Sections of the front page, by field; told by `fieldOf` in the room `reading`. */
export type Field = FieldName;

/** Type size step of the design: 1 sheet, 2 folio, 3 quarto, 4 octavo, 5 line. */
export type Step = 1 | 2 | 3 | 4 | 5;

export interface ScoreTerm {
  name: string;
  /** The recorded signal's value. */
  value: number;
  /** What it adds to the score. */
  points: number;
}

export interface EditionItem {
  rank: number;
  score: number;
  /** Part of the edition's total score, 0 to 1. */
  share: number;
  step: Step;
  terms: ScoreTerm[];
  /** What was expected of it before anybody voted, and from what; null where no estimate was recorded. */
  estimate: Estimate | null;
  /** "50 votes by 08:30 UTC", "announced in cs.CL": why it is here, in words. */
  reason: string;
  paper: Paper;
  field: Field;
  /** It was held on its day only by filling in afterwards. */
  late: boolean;
  /** Its own day, when it came after that day's edition had closed and was carried into this one; else null. */
  carriedFrom: Day | null;
  /** As of the edition's cut-off; null when nobody counted. */
  votes: number | null;
  comments: number | null;
  stars: number | null;
  repository: string | null;
  organisation: string | null;
  /** Names as the source gave them. */
  submitters: string[];
  /** First time this paper entered the edition; what "new since your visit" compares with. */
  enteredAt: Instant;
}

/** What a page "as it stood" was made from. */
export interface EditionCut {
  /** The instant asked for. */
  asOf: Instant;
  /** True when nothing of the page was held then: it shows what had been observed by then, as recorded later. */
  reconstructed: boolean;
}

/** Carried papers are none of the day's own, and counted on neither of the first two. */
export interface EditionCounts {
  /** Papers announced that day in the followed categories. */
  announced: number;
  /** Papers submitted to the day. */
  submitted: number;
  /** Different papers on the page; always items.length. */
  held: number;
}

export interface Edition {
  kind: EditionKind;
  key: EditionKey;
  from: Day;
  to: Day;
  /** n-th edition of its kind that has papers. */
  number: number;
  /** Latest observation used: the page as of this instant. */
  asOf: Instant;
  /** True when asOf rests on an estimated time of observation. */
  asOfApproximate: boolean;
  /** Asked for as of this instant the edition is the same again, whatever is recorded later: when it was made. */
  heldAt: Instant;
  formula: string;
  /** Parts of the formula that wait for data: whether they are on for this page, and from what. */
  switches: Switches;
  /** Only when the page was asked for as it stood at an instant. */
  cut: EditionCut | null;
  counts: EditionCounts;
  /** Papers of this day that came after it had closed and stand on a later page. */
  carriedOn: number;
  /** In rank order. */
  items: EditionItem[];
  /** Neighbours that have papers. */
  previous: EditionKey | null;
  next: EditionKey | null;
}

/** A day without papers: says so, with the nearest that has some. */
export interface EmptyEdition {
  kind: EditionKind;
  key: EditionKey;
  from: Day;
  to: Day;
  /** True when the period lies after today. */
  future: boolean;
  items: [];
  previous: EditionKey | null;
  next: EditionKey | null;
}
