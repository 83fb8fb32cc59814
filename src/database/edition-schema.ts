// What the editions keep so that any past page can be computed again: estimates, baselines, and what was replaced since.

/** What was expected of a paper for a day before anybody voted. Append-only: the first of (paper, day, model) stays. */
export interface EstimatesTable {
  paper_pk: number;
  day: string;
  /** "2025-12-31 3f9a…": until when the model learned, and the fingerprint of its file. */
  model: string;
  value: number;
  /** JSON: EstimatePart[] */
  parts: string;
  made_at: string;
}

/** What was usual before a day, by field and weekday. Append-only: the first of a day stays. */
export interface BaselinesTable {
  day: string;
  /** JSON: Baseline */
  value: string;
  made_at: string;
}

/** When a day was first found over, with all that had come of it by then. Append-only. */
export interface SettledDaysTable {
  day: string;
  settled_at: string;
}

/** A paper of an edition as it was held until it changed. Append-only. */
export interface PastPapersTable {
  pk: number;
  held_until: string;
  id: string;
  title: string;
  title_text: string;
  abstract: string | null;
  abstract_text: string;
  abstract_kind: string;
  authors: string;
  year: number | null;
  published_on: string | null;
  updated_on: string | null;
  venue: string | null;
  primary_category: string | null;
  withdrawn: number;
  details: string;
  change_number: number;
}

/** A submission, announcement or signal of a paper that became part of another, as it was until then. Append-only. */
export interface AbsorbedFactsTable {
  /** 'submissions', 'announcements' or 'signals'. */
  kind: string;
  /** The paper that went. */
  paper_pk: number;
  /** Null for signals. */
  day: string | null;
  /** JSON of the row. */
  fact: string;
  /** What tells the facts of a paper apart, however long they are. */
  fact_hash: string;
  recorded_at: string | null;
  absorbed_at: string;
}

export interface EditionSchema {
  estimates: EstimatesTable;
  baselines: BaselinesTable;
  settled_days: SettledDaysTable;
  past_papers: PastPapersTable;
  absorbed_facts: AbsorbedFactsTable;
}
