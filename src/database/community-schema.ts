// The tables of what people do here, as TypeScript sees them; their columns are made in community-tables.ts.

/** One an account and paper. An erased account's votes stay as counts, under a name that leads nowhere. */
export interface VotesTable {
  paper_pk: number;
  account_id: string;
  voted_at: string;
  /** 'counted' or 'held'. */
  state: string;
  /** 1: the account was new when it voted. */
  new_account: number;
}

/** A paper put forward for a day by somebody here; while it is shown it has a row in `submissions` too. */
export interface ProposalsTable {
  paper_pk: number;
  day: string;
  account_id: string;
  submitted_at: string;
  /** 'shown', 'undone', 'removed'. */
  state: string;
}

export interface ReportsTable {
  id: string;
  paper_pk: number;
  account_id: string;
  reason: string;
  reported_at: string;
  /** 'open' or 'closed'. */
  state: string;
}

/** Append-only. */
export interface ModerationLogTable {
  id: string;
  at: string;
  account_id: string;
  /** How the acting person was called then. */
  actor: string;
  action: string;
  paper_pk: number;
  reason: string;
}

export interface CommunitySchema {
  votes: VotesTable;
  proposals: ProposalsTable;
  reports: ReportsTable;
  moderation_log: ModerationLogTable;
}
